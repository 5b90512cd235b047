"""What `openics messages` prints."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from openics.decision.usage import OWN_RULES
from openics.edifact.guide import Group, Row
from openics.exchange.document_rules import RULES
from openics.messages.codes import CodeList
from openics.messages.diagnostics import FEW_CODES
from openics.messages.document import Document, Part
from openics.messages.examples import examples_of
from openics.messages.fields import Field, Kind
from openics.messages.page_names import codes_page, message_page
from openics.messages.registry import ALL

DIRECTIONS: Final = {"in": "to customs", "out": "from customs", "both": "either way"}
EVIDENCE: Final = {"D": "documented", "S": "seen in traffic", "I": "inferred", "U": "unverified"}
_WIDEST: Final = 200
USES: Final = {"M": "mandatory", "C": "conditional", "O": "optional"}


def summaries() -> list[dict[str, Any]]:
    """A record for each message, in the order of the registry."""
    return [_summary(each) for each in ALL]


def print_list() -> None:
    """A table of all messages."""
    rows = [
        (
            each["name"],
            each["type"],
            DIRECTIONS[each["direction"]],
            EVIDENCE[each["evidence"]],
            str(each["items"]),
            str(each["rules"]),
            str(len(each["examples"])),
            each["title"],
        )
        for each in summaries()
    ]
    headings = ("Message", "Type", "Direction", "Evidence", "Items", "Rules", "Examples", "Title")
    _print_table(headings, rows, right=(4, 5, 6))


def described(document: type[Document]) -> dict[str, Any]:
    """Everything about one message."""
    guide = document.guide
    return _summary(document) | {
        "purpose": guide.purpose,
        "parties": guide.parties,
        "answer": guide.answer,
        "source": guide.source,
        "version": guide.version,
        "segments": [
            {"depth": depth, "name": name, "mandatory": part.mandatory, "times": part.repeat, "uses": uses}
            for depth, name, part, uses in _rows(guide.layout, 0)
        ],
        "parts": [
            {"name": part.__name__, "title": title, "items": [_item(field) for field in part.fields()]}
            for part, title in _parts(document, "")
        ],
        "page": message_page(document.name),
    }


def print_message(document: type[Document]) -> None:
    """One message in full."""
    console = _console()
    for line in _heading(document):
        console.print(line)
    _print_table(("Segment", "M/C", "Times", "Uses"), list(_segments(document)))
    for part, title in _parts(document, ""):
        console.print()
        console.print(Text(title or "Items", style="bold"))
        for field in part.fields():
            for line in _told(field):
                console.print(line)


def _console() -> Console:
    """Lines are as long as they are; a terminal that is narrower breaks them."""
    return Console(highlight=False, width=_WIDEST, soft_wrap=True)


def _summary(document: type[Document]) -> dict[str, Any]:
    guide = document.guide
    return {
        "name": guide.name,
        "type": guide.type,
        "title": guide.title,
        "direction": guide.direction,
        "evidence": guide.evidence,
        "items": sum(1 for part, _ in _parts(document, "") for field in part.fields() if field.kind is not Kind.PART),
        "rules": len(RULES.get(document.name, ())),
        "examples": list(examples_of(document)),
    }


def _parts(part: type[Part], title: str) -> Iterator[tuple[type[Part], str]]:
    """A document and the records in it, each with the labels of those around it."""
    yield part, title
    for field in part.fields():
        if field.kind is Kind.PART:
            yield from _parts(field.part, f"{title} / {field.label}" if title else field.label)


def _rows(group: Group, depth: int) -> Iterator[tuple[int, str, Row | Group, list[str]]]:
    for part in group.parts:
        if isinstance(part, Row):
            yield depth, part.tag, part, [use.key for use in part.uses]
        else:
            yield depth, part.name, part, []
            yield from _rows(part, depth + 1)


def _item(field: Field) -> dict[str, Any]:
    form = {
        "name": field.name,
        "label": field.label,
        "place": field.path,
        "kind": field.kind.value,
        "repeated": field.repeated,
        "length": field.length,
        "use": field.use,
        "condition": field.condition,
        "evidence": field.evidence,
        "codes": codes_page(field.codes) if field.codes else "",
        "closed": field.closed if field.codes else None,
    }
    return {name: value for name, value in form.items() if value not in ("", None)}


def _heading(document: type[Document]) -> Iterator[Text]:
    guide = document.guide
    yield Text(f"{guide.name}: {guide.title}", style="bold")
    yield Text(guide.purpose)
    yield Text()
    facts = {
        "Type": ":".join(guide.header),
        "Direction": DIRECTIONS[guide.direction],
        "Parties": guide.parties,
        "Answered by": guide.answer,
        "Evidence": EVIDENCE[guide.evidence],
        "Version": guide.version,
        "Source": guide.source,
        "Rules": ", ".join(rule.id for rule in RULES.get(document.name, ())),
        "Usage": OWN_RULES.get(document.name, ""),
        "Examples": ", ".join(examples_of(document)),
        "Page": message_page(document.name),
    }
    for label, value in facts.items():
        if value:
            yield Text.assemble((f"{label:<12}", "dim"), value)
    yield Text()


def _segments(document: type[Document]) -> Iterator[tuple[str, ...]]:
    for depth, name, part, uses in _rows(document.guide.layout, 0):
        yield "  " * depth + name, "M" if part.mandatory else "C", str(part.repeat), "  ".join(uses)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Columns as wide as they must be; nothing at the end of a line."""
    console = _console()
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for number, row in enumerate((headings, *rows)):
        cells = [
            text.rjust(width) if place in right else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        console.print(Text("  ".join(cells).rstrip(), style="" if number else "bold"))


def _told(field: Field) -> Iterator[Text]:
    """An item: what it is, where it stands, when it is needed, and its codes when they are few."""
    form = " ".join(filter(None, ("list of" if field.repeated else "", field.kind.value, field.length)))
    use = USES[field.use] + (f": {field.condition}" if field.condition else "")
    evidence = f" [{EVIDENCE[field.evidence]}]" if field.evidence in "IU" else ""
    yield Text.assemble(f"  {field.label}  ", (f"{field.path}  {form}; {use}{evidence}", "dim"))
    if field.codes:
        yield from (Text(f"      {line}") for line in _codes(field.codes, field.closed))


def _codes(codes: type[CodeList], closed: bool) -> Iterator[str]:
    meanings = codes.meanings()
    others = "" if closed else ", others possible"
    if len(meanings) > FEW_CODES:
        yield f"{len(meanings)} codes{others}: {codes_page(codes)}"
        return
    yield from (f"{code}  {meaning}" for code, meaning in meanings.items())
    if others:
        yield f"others possible: {codes_page(codes)}"
