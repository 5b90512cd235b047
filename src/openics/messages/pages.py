"""Reference pages of the messages in Markdown, made from their declarations."""

from collections.abc import Iterator
from typing import Final

from openics.edifact.guide import Group, Row
from openics.messages.codes import CodeList
from openics.messages.document import Document, Part
from openics.messages.fields import Field, Kind

_EVIDENCE: Final = {"D": "documented", "S": "seen in traffic", "I": "inferred", "U": "unverified"}
_USE: Final = {"M": "mandatory", "C": "conditional", "O": "optional"}
_DIRECTIONS: Final = {"in": "from a trader to customs", "out": "from customs to a trader", "both": "either way"}


def reference_page(document: type[Document], example: str = "") -> str:
    """The page of a message: purpose, segment table, items, code lists; `example` is an interchange to show."""
    guide = document.guide
    lines = [f"# {guide.name}: {guide.title[0].lower()}{guide.title[1:]}", "", guide.purpose, ""]
    lines += [f"- Direction: {_DIRECTIONS[guide.direction]}"]
    lines += [f"- UN/EDIFACT message: `{':'.join(guide.header)}`"]
    lines += [f"- Answered by: {guide.answer}"] if guide.answer else []
    lines += [f"- Guideline version: {guide.version}"] if guide.version else []
    lines += [f"- Source: {guide.source}", "", "## Segments", "", *_segment_table(guide.layout), ""]
    for part in _parts(document):
        heading = "Items" if part is document else f"Items: {_words(part.__name__)}"
        lines += [f"## {heading}", "", *_item_table(part), ""]
    lines += list(_code_lists(document))
    lines += ["## Example", "", "```edifact", example.strip(), "```", ""] if example else []
    return "\n".join(lines)


def _words(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _segment_table(layout: Group) -> list[str]:
    rows = ["| Segment | M/C | Times | Uses |", "|---|---|---|---|"]
    return [*rows, *_segment_rows(layout, "")]


def _segment_rows(group: Group, indent: str) -> Iterator[str]:
    for part in group.parts:
        status = f"{'M' if part.mandatory else 'C'} | {part.repeat}"
        if isinstance(part, Row):
            yield f"| {indent}{part.tag} | {status} | {', '.join(f'`{use.key}`' for use in part.uses)} |"
        else:
            yield f"| {indent}**{part.name}** | {status} | |"
            yield from _segment_rows(part, f"{indent}&emsp;")


def _parts(document: type[Part]) -> Iterator[type[Part]]:
    yield document
    for field in document.fields():
        if field.kind is Kind.PART:
            yield from _parts(field.part)


def _item_table(part: type[Part]) -> list[str]:
    head = ["| Item | Field | Place | Format | Use | Evidence |", "|---|---|---|---|---|---|"]
    return [*head, *[_item_row(field) for field in part.fields()]]


def _item_row(field: Field) -> str:
    use = _USE[field.use] + (f": {field.condition}" if field.condition else "")
    kind = f"list of {field.kind.value}" if field.repeated else field.kind.value
    form = " ".join(filter(None, (kind, field.length)))
    evidence = _EVIDENCE[field.evidence] + (f" ({field.source})" if field.source else "")
    place = field.path.replace("|", "\\|")
    return f"| {field.label} | `{field.name}` | `{place}` | {form} | {use} | {evidence} |"


def _code_lists(document: type[Document]) -> Iterator[str]:
    shown: set[type[CodeList]] = set()
    for part in _parts(document):
        for field in part.fields():
            if field.codes and field.codes not in shown:
                shown.add(field.codes)
                yield from _code_list(field.codes, field.closed)


def _code_list(codes: type[CodeList], closed: bool) -> Iterator[str]:
    yield from (f"## Codes: {_words(codes.__name__)}", "", codes.heading(), "")
    if not closed:
        yield from ("Other codes are passed on; whether they are accepted is a rule of the application.", "")
    yield from ("| Code | Meaning |", "|---|---|")
    yield from (f"| `{code}` | {meaning} |" for code, meaning in codes.meanings().items())
    yield ""
