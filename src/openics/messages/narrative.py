"""An interchange in plain words: its envelope, then each message segment by segment and item by item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Final

from openics.edifact.envelope import Header
from openics.edifact.faults import Fault
from openics.messages.binding import Slot
from openics.messages.diagnostics import Checked, CheckedMessage
from openics.messages.fields import Kind
from openics.messages.outline import Entry, Record
from openics.messages.page_names import syntax_page
from openics.messages.values import DataError, parse_value


class Manner(Enum):
    """What a line of the narrative is."""

    TITLE = "title"
    TEXT = "text"
    RECORD = "record"
    ITEM = "item"
    RAW = "raw"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Told:
    """One line: `depth` counts records, `tag` is the segment that begins here, `label` the business name of the item."""

    manner: Manner
    text: str
    label: str = ""
    tag: str = ""
    depth: int = 0


_SILENT: Final = frozenset({"UNH", "UNT"})
"""Segments whose content stands in the title of the message."""
_SECTIONS: Final = {"D": "the lines begin", "S": "the summary begins"}
_AMOUNT, _CURRENCY = "C516.5004", "C516.6345"
_MEASURE, _UNIT = "C174.6314", "C174.6411"
_BESIDE: Final = {_AMOUNT: _CURRENCY, _MEASURE: _UNIT}
"""The element that says what a number counts, by the element of the number."""


def narrate(checked: Checked) -> Iterator[Told]:
    """Everything an interchange says, with its faults where they are."""
    header = checked.interchange.header
    if header:
        yield from _envelope(header)
    yield from (_fault(fault) for fault in checked.interchange.faults if fault.message is None)
    for message in checked.messages:
        yield from _message(message, checked)


def _envelope(header: Header) -> Iterator[Told]:
    owner = f", for {header.owner}" if header.owner not in ("", header.sender) else ""
    yield Told(
        Manner.TITLE, f"Interchange {header.control_reference} from {header.sender}{owner} to {header.recipient}"
    )
    when = header.prepared_at(None)  # type: ignore[arg-type]  # the sender's own clock, without zone
    prepared = f"{day(when)}, {when:%H:%M} by the sender's clock" if when else f"{header.date} {header.time}"
    yield Told(Manner.TEXT, f"Prepared {prepared}.")
    asked = "A receipt (CONTRL) is asked for." if header.acknowledgement_request else "No receipt is asked for."
    yield Told(Manner.TEXT, f"{asked} {'It is a test.' if header.test else 'It is not a test.'}")


def _message(message: CheckedMessage, checked: Checked) -> Iterator[Told]:
    outline, raw = message.outline, message.raw
    number = f"message {raw.index + 1} of {len(checked.messages)}, reference {raw.reference}"
    if outline.document:
        guide = outline.document.guide
        yield Told(Manner.TITLE, f"{guide.name}: {guide.title} ({guide.type}), {number}")
        yield Told(Manner.TEXT, f"{guide.purpose.partition('. ')[0].rstrip('.')}.")
    else:
        yield Told(Manner.TITLE, f"{message.reading.name or raw.type or 'A message'}, not known, {number}")
    faults = [fault for fault in checked.interchange.faults if fault.message == raw.index]
    faults += [*message.reading.faults, *message.reading.data_faults]
    told: Record = ()
    for entry in outline.entries:
        yield from _records(told, entry, outline.labels)
        told = entry.record if entry.use else told
        yield from _segment(entry, raw.separators.decimal)
        yield from (_fault(fault, len(entry.record)) for fault in faults if (fault.segment or 1) == entry.position)
    yield from (_fault(fault) for fault in faults if (fault.segment or 1) > len(outline.entries))


def _records(before: Record, entry: Entry, labels: Mapping[tuple[str, ...], str]) -> Iterator[Told]:
    """A heading for each record that begins with this segment."""
    for depth in range(len(entry.record)):
        if before[: depth + 1] != entry.record[: depth + 1]:
            names = tuple(name for name, _ in entry.record[: depth + 1])
            yield Told(Manner.RECORD, f"{labels[names]} {entry.record[depth][1]}", depth=depth)


def _segment(entry: Entry, mark: str) -> Iterator[Told]:
    depth = len(entry.record)
    if entry.tag in _SILENT:
        return
    if entry.tag == "UNS":
        section = entry.text[-1:]
        yield Told(Manner.TEXT, _SECTIONS.get(section, entry.text), tag="UNS", depth=depth)
        return
    if entry.use is None or not entry.items:
        yield Told(Manner.RAW, entry.text, tag=entry.tag, depth=depth)
        return
    beside = {slot.field.path.rpartition("/")[2]: text for slot, text in entry.items}
    for number, (slot, text) in enumerate(entry.items):
        words = in_words(slot, text, mark)
        unit = beside.get(_BESIDE.get(slot.field.path.rpartition("/")[2], ""), "")
        shown = f"{words} {unit}".rstrip()
        yield Told(Manner.ITEM, shown, slot.field.label, "" if number else entry.tag, depth)


def _fault(fault: Fault, depth: int = 0) -> Told:
    expected = f"; allowed: {fault.expected}" if fault.expected else ""
    return Told(Manner.FAULT, f"{fault.place}: {fault.text}{expected} (see {syntax_page(fault.code)})", depth=depth)


def in_words(slot: Slot, text: str, mark: str = ".") -> str:
    """The value of an item in words; as it stands when it is not understood."""
    meaning = slot.field.codes.meanings().get(text) if slot.field.codes else None
    if meaning:
        return f"{text} ({meaning})"
    try:
        value = parse_value(slot, text, mark)
    except DataError:
        return text
    return _said(value) if slot.field.kind is not Kind.TEXT else text


def _said(value: object) -> str:
    if isinstance(value, datetime):
        moment = f"{day(value)}, {value:%H:%M:%S}"
        return f"{moment} UTC" if value.tzinfo else f"{moment}{f'.{value:%f}'.rstrip('0').rstrip('.')} local time"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)


def day(value: date) -> str:
    """A date written out, `28 January 2003`."""
    return f"{value.day} {value:%B} {value.year}"
