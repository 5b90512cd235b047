"""The tables of items of a message's page: place, format, use, codes, evidence."""

from collections.abc import Iterator
from typing import Final

from openics.edifact.guide import Group
from openics.handbook.declared import name_of_list, parts_of
from openics.handbook.markup import EVIDENCE, USE, code, link, literal, source, table, words
from openics.messages.document import Document, Part
from openics.messages.fields import Field, Kind

HEAD: Final = ("Item", "Field", "Place", "Format", "Use", "Codes", "Evidence")


def item_sections(document: type[Document], page: str) -> Iterator[str]:
    """The lines of the tables: the items of the message, then those of each kind of record."""
    for part in parts_of(document):
        if part is document:
            yield from ("## Items", "")
        else:
            yield from (f"## Items: {words(part.__name__)}", "", *_introduction(document, part))
        yield from table(HEAD, [item_row(field, page) for field in part.fields()])


def _introduction(document: type[Document], part: type[Part]) -> Iterator[str]:
    """What a record is, and where records of this kind stand."""
    if part.__doc__:
        yield from (literal(" ".join(part.__doc__.split())), "")
    for outer in parts_of(document):
        for field in outer.fields():
            if field.kind is Kind.PART and field.part is part:
                name = "the message" if outer is document else words(outer.__name__)
                yield from (f"{literal(field.label)} of {name}: {code(field.path)}, {_repeats(document, field)}.", "")


def _repeats(document: type[Document], field: Field) -> str:
    try:
        found = document.guide.layout.find(field.path)
    except ValueError:
        return "repeated"
    times = found.repeat if isinstance(found, Group) else found[1].repeat
    return f"at most {times} {'times' if times > 1 else 'time'}"


def item_row(field: Field, page: str) -> tuple[str, ...]:
    """The cells of one item."""
    use = USE[field.use] + (f": {literal(field.condition)}" if field.condition else "")
    codes = _codes(field, page) if field.codes else ""
    evidence = EVIDENCE[field.evidence] + (f" ({source(field.source)})" if field.source else "")
    return (literal(field.label), code(field.name), code(field.path), form(field), use, codes, evidence)


def form(field: Field) -> str:
    """The kind of a value with its format: `text an..35`, `list of decimal`, `records of export line`."""
    if field.kind is Kind.PART:
        return f"records: {words(field.part.__name__)}"
    kind = f"list of {field.kind.value}" if field.repeated else field.kind.value
    return " ".join(filter(None, (kind, field.length)))


def _codes(field: Field, page: str) -> str:
    assert field.codes is not None  # noqa: S101 - asked by the caller
    others = "" if field.closed else " (others are passed on)"
    return link(words(field.codes.__name__), page, f"codes/{name_of_list(field.codes)}.md") + others
