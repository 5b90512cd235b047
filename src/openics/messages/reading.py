"""From a message as received to its document, or to everything that is wrong with it."""

import re
from dataclasses import dataclass, replace
from typing import Final

from openics.edifact.contents import Contents
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.filling import Entry, Filling, fill_records
from openics.edifact.glance import Placed
from openics.edifact.guide import Use
from openics.edifact.matcher import MOST_FAULTS, Match
from openics.edifact.places import offset_of
from openics.edifact.raw import RawMessage
from openics.edifact.separators import DEFAULT_SEPARATORS
from openics.messages.binding import Binding, Slot, bind
from openics.messages.canonical import canonical_reader
from openics.messages.document import Document, once_per_class
from openics.messages.registry import by_wire, known_names, known_types
from openics.messages.values import DataError, entry_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a message.

    `faults` break syntax or guide: the message is refused by CONTRL and there is no document. `data_faults` break only the
    data dictionary: the message is answered with ERM; the document is given, without the fields at fault. With
    neither the document is whole. `name` is the ICS short name as it stands in the message, None if it has none.
    """

    name: str | None
    document: Document | None
    faults: tuple[Fault, ...] = ()
    data_faults: tuple[Fault, ...] = ()


_OPENING: Final = re.compile(
    r"UNH\+[^+:'?]{1,14}\+(([A-Z]{6}):D:(?:99B|3):UN)'(?:BGM\+[^+:'?]{0,3}:[^+:'?]{0,3}:[^+:'?]{0,3}:([^+:'?]{1,35})\+)?"
)
"""The beginning of a message in canonical form: its UNH S009, its type and the ICS short name."""


def read_message(raw: RawMessage) -> Reading:
    """Read one message; never raises on what it holds.

    A message in canonical form (segments in the guide's order, default service characters, nothing wrong) is read in one go
    by a reader made for it; any other by the matcher, which says what is wrong. Both give the same document.
    """
    if raw.separators == DEFAULT_SEPARATORS:
        text = raw.text
        if not text or "\n" in text or "\r" in text:
            text = "'".join([*raw.segments, ""])
        name, known = _opened(text)
        document = canonical_reader(known)(text) if known else None
        if document:
            return Reading(name, document)
    return read_carefully(raw)


def _opened(text: str) -> tuple[str | None, type[Document] | None]:
    """Name and class of a message that begins in canonical form; no class if nothing is known of it."""
    opening = _OPENING.match(text)
    if opening is None:
        return None, None
    header, kind, name = opening.groups()
    known = by_wire(kind, name or kind)
    return (known.name, known) if known and ":".join(known.guide.header) == header else (None, None)


def read_carefully(raw: RawMessage, most: int = MOST_FAULTS) -> Reading:
    """Read one message segment by segment, in whatever form it is; `most` limits the faults of each kind."""
    if not raw.segments:
        return Reading(None, None, (_fault(raw, 1, SyntaxCode.MISSING, "the message is empty", "UNH"),))
    plain = raw.separators == DEFAULT_SEPARATORS
    name, known = _opened("'".join([*raw.segments[:2], ""])) if plain else (None, None)
    if known is None:
        name = message_name(raw)
        refused = _wrong_header(raw)
        if refused:
            return Reading(name, None, (refused,))
        known = by_wire(raw.type, name or "")
    if known is None:
        return Reading(name, None, (_unknown_name(raw, name),))
    binding = bind(known)
    match = binding.matcher.match(raw, most)
    if match.faults:
        return Reading(name, None, tuple(match.faults))
    document, data_faults = _assemble(binding, match, raw, most)
    return Reading(name, document, (), tuple(data_faults))


def message_name(raw: RawMessage) -> str | None:
    """The ICS short name: BGM C002/1000, or `CONTRL`, which has no BGM. None if it cannot be seen."""
    if raw.type == "CONTRL":
        return "CONTRL"
    if len(raw.segments) < 2:
        return None
    opening = Contents(raw.segments[1], raw.separators)
    return opening.values.get((2, 4)) if opening.tag == "BGM" else None


def _wrong_header(raw: RawMessage) -> Fault | None:
    """What is wrong with UNH, beyond what the reader of the interchange has said."""
    if len(raw.reference) > 14:
        fault = _fault(
            raw, 1, SyntaxCode.TOO_LONG, "the message reference has more than 14 characters", "UNH", (2, None)
        )
        return replace(fault, found=raw.reference, expected="an..14")
    header = [raw.header(3, component) for component in (1, 2, 3, 4)]
    if header[0] not in known_types():
        code = SyntaxCode.VALUE_NOT_SUPPORTED_HERE if header[0] else SyntaxCode.MISSING
        fault = _fault(raw, 1, code, f"message type {header[0]!r} is not known", "UNH", (3, 1))
        return replace(fault, found=header[0] or None, expected=", ".join(sorted(known_types())))
    wanted = known_types()[header[0]]
    for component, (found, expected) in enumerate(zip(header, wanted, strict=True), start=1):
        if found != expected:
            text = f"{header[0]} is of {':'.join(header[1:])}; only {':'.join(wanted[1:])} is known"
            fault = _fault(raw, 1, SyntaxCode.VALUE_NOT_SUPPORTED_HERE, text, "UNH", (3, component))
            return replace(fault, found=found or None, expected=expected)
    return None


def _unknown_name(raw: RawMessage, name: str | None) -> Fault:
    expected = ", ".join(known_names(raw.type))
    if name:
        text = f"message not known: {name} as {raw.type}"
        fault = _fault(raw, 2, SyntaxCode.VALUE_NOT_SUPPORTED_HERE, text, "BGM", (2, 4))
        return replace(fault, name="Document Name", found=name, expected=expected)
    if len(raw.segments) > 1 and Contents(raw.segments[1], raw.separators).tag == "BGM":
        text = "BGM does not say which message this is"
        fault = _fault(raw, 2, SyntaxCode.MISSING, text, "BGM", (2, 4))
        return replace(fault, name="Document Name", expected=expected)
    return _fault(raw, 1, SyntaxCode.MISSING, "BGM is missing; it must follow UNH and say which message this is", "BGM")


def _fault(
    raw: RawMessage, segment: int, code: SyntaxCode, text: str, tag: str, place: tuple[int, int | None] | None = None
) -> Fault:
    element, component = place or (None, None)
    offset = offset_of(raw, segment, element, component)
    return Fault(code, text, offset, raw.index, tag, segment, element, component, rule="message directory")


@once_per_class
def fillings_of(document: type[Document]) -> dict[Use, Filling]:
    binding = bind(document)
    outer = {inner: scope for scope in binding.scope.all_scopes() for inner in scope.scopes}
    rows = {use: row for row in document.guide.layout.rows() for use in row.uses}
    fillings = {}
    for use, scope in binding.homes.items():
        starts = None if scope.field is None else rows[use] if scope.use else scope.group.trigger
        entries = tuple(entry_of(slot) for slot in binding.slots[use])
        name = scope.field.name if scope.field else ""
        fillings[use] = Filling(scope, outer.get(scope), starts, entries, scope.part, name)
    return fillings


def _assemble(binding: Binding, match: Match, raw: RawMessage, most: int) -> tuple[Document, list[Fault]]:
    """The document of placed segments, and where the data dictionary is broken."""
    faults: list[Fault] = []

    def report(entry: Entry, text: str, placed: Placed, error: DataError) -> None:
        if len(faults) < most:
            faults.append(_data_fault(entry.slot, text, raw, placed, error))

    document = object.__new__(binding.document)
    root = (binding.scope, document.__dict__)
    fillings, mark = fillings_of(binding.document), raw.separators.decimal
    fill_records(match.placed, fillings, root, mark, report, DataError, binding.matcher.core)
    return document, faults


def _data_fault(slot: Slot, text: str, raw: RawMessage, placed: Placed, error: DataError) -> Fault:
    element, component = slot.place
    return Fault(
        error.code,
        str(error),
        offset_of(raw, placed.position, element, component),
        raw.index,
        placed.row.tag,
        placed.position,
        element,
        component,
        name=slot.field.label,
        found=text,
        expected=error.expected or None,
        rule="data dictionary",
    )
