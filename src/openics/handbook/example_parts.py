"""Examples of a message, read in plain words segment by segment."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from openics.edifact.contents import Contents
from openics.edifact.directory import segment
from openics.edifact.envelope import Header
from openics.edifact.guide import Place, Use
from openics.edifact.raw import RawMessage
from openics.edifact.reader import Interchange, read_interchange
from openics.handbook.markup import code, fenced, link, literal, table
from openics.handbook.segment_table import meaning_of, segment_name
from openics.messages.binding import Slot, bind
from openics.messages.document import Document
from openics.messages.examples import examples_of
from openics.messages.fields import Kind
from openics.messages.reading import message_name, read_message
from openics.messages.values import DataError, parse_value

KINDS: Final = {
    "smallest": "Smallest: only what must be there",
    "typical": "Typical",
    "every-item": "Every item at least once",
}
"""The kinds of example in the order in which they are shown, each with its heading."""

_ENVELOPE: Final = frozenset({"UNH", "UNT"})


def kinds_of(document: type[Document]) -> list[str]:
    """The kinds of example that there are of a message, in the order in which they are shown."""
    found = examples_of(document)
    return sorted(found, key=lambda kind: (list(KINDS).index(kind) if kind in KINDS else len(KINDS), kind))


def documents_in(content: bytes) -> list[Document]:
    """The documents of an interchange, those that break their guide left out."""
    found = [read_message(raw).document for raw in read_interchange(content).messages]
    return [each for each in found if each]


def typical_document(document: type[Document]) -> Document | None:
    """The document of the typical example; of another one where there is none."""
    found = examples_of(document)
    kind = next((kind for kind in ("typical", *found) if kind in found), None)
    inside = documents_in(found[kind]) if kind else []
    return next((each for each in inside if each.name == document.name), None)


def example_sections(document: type[Document], page: str) -> Iterator[str]:
    """The lines of all examples: the interchange, and what each of its segments says."""
    for kind in kinds_of(document):
        content = examples_of(document)[kind]
        files = f"examples/{document.name}/{kind}"
        yield from (f"### {KINDS.get(kind, kind)}", "")
        yield from (f"Files: {link('EDIFACT', page, f'{files}.edi')}, {link('JSON', page, f'{files}.json')}.", "")
        yield from fenced(content.decode("latin-1"))
        yield from table(("Segment", "What it says"), _reading(document, read_interchange(content)))


def _reading(document: type[Document], interchange: Interchange) -> Iterator[tuple[str, str]]:
    if interchange.header:
        yield code("UNB"), _header(interchange.header)
    for raw in interchange.messages:
        if message_name(raw) == document.name:
            yield from _message(document, raw)


def _header(header: Header) -> str:
    owner = f" for site {header.owner}" if header.owner and header.owner != header.sender else ""
    test = ", test" if header.test else ""
    return literal(
        f"interchange {header.control_reference} from site {header.sender}{owner} to site {header.recipient}, "
        f"{_moment(header)}{test}"
    )


def _moment(header: Header) -> str:
    date, time = header.date, header.time
    return f"20{date[:2]}-{date[2:4]}-{date[4:]} {time[:2]}:{time[2:]}"


def _message(document: type[Document], raw: RawMessage) -> Iterator[tuple[str, str]]:
    binding = bind(document)
    for placed in binding.matcher.match(raw).placed:
        text = raw.segments[placed.position - 1]
        if placed.row.tag not in _ENVELOPE:
            said = says(placed.use, binding.slots[placed.use], Contents(text, raw.separators).values)
            yield code(f"{text}'"), said or segment_name(placed.row.tag)


def says(use: Use, slots: tuple[Slot, ...], values: Mapping[Place, str]) -> str:
    """What a segment says: its items with their values, or else what its qualifier means."""
    said = [
        f"{literal(slot.field.label)}: {_value(slot, values[slot.place])}" for slot in slots if slot.place in values
    ]
    return "; ".join(said) or _qualified(use, values)


def _value(slot: Slot, text: str) -> str:
    try:
        value = parse_value(slot, text)
    except DataError:
        value = text
    meaning = slot.field.codes.meanings().get(str(value), "") if slot.field.codes else ""
    return f"**{literal(_shown(slot, value))}**" + (f" ({literal(meaning)})" if meaning else "")


def _shown(slot: Slot, value: Any) -> str:
    if slot.field.kind is Kind.TIME:
        return f"{value:%Y-%m-%d %H:%M:%S} UTC" if not isinstance(value, str) else value
    if slot.field.kind is Kind.CLOCK and not isinstance(value, str):
        return f"{value:%H:%M}"
    return format(value, "f") if slot.field.kind is Kind.DECIMAL and not isinstance(value, str) else str(value)


def _qualified(use: Use, values: Mapping[Place, str]) -> str:
    for value in segment(use.tag).values:
        place = (value.element, value.component)
        meaning = meaning_of(value.number, values.get(place, "")) if place in use.qualifiers else ""
        if meaning:
            return f"{segment_name(use.tag)}: {literal(meaning)}"
    return segment_name(use.tag)
