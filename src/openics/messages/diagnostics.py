"""What is wrong with an interchange, for people: each problem with its layer, place, item, what is allowed and its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from openics.edifact.faults import Fault
from openics.edifact.matcher import MOST_FAULTS
from openics.edifact.raw import RawMessage
from openics.edifact.reader import Interchange, read_interchange
from openics.messages.binding import Slot
from openics.messages.codes import CodeList
from openics.messages.gateway.contrl import report
from openics.messages.outline import Outline
from openics.messages.page_names import codes_page, message_page, syntax_page
from openics.messages.reading import Reading, read_carefully, read_message
from openics.messages.writing import write_message

MOST_FOUND: Final = 10_000
"""Faults of a message that are looked for, so that no message takes all memory."""
FEW_CODES: Final = 12
"""A list of so many codes is told in full; of a longer one, its name."""


class Layer(StrEnum):
    """Which check found a problem; each looks only at what the one before has passed."""

    SYNTAX = "syntax and structure"
    """Answered with CONTRL."""
    DICTIONARY = "data dictionary"
    """Lengths and characters of items; answered with ERM."""
    DOCUMENT = "document rules"
    """What the document alone shows; answered with the response of its room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    `place` is in words, `path` in groups, segments and elements. `message` counts from 0; `segments` are the positions of
    the segments concerned in it, `offset` is the byte offset of the first of them or of the item in it, `offsets` those
    of all when there are several. `line` is the line of the document (0: the header, None: not known). `page` is where
    the handbook documents the error, `pages` where it documents what is concerned.
    """

    layer: Layer
    text: str
    place: str
    offset: int
    offsets: tuple[int, ...] = ()
    path: str = ""
    message: int | None = None
    document: str = ""
    segments: tuple[int, ...] = ()
    line: int | None = None
    item: str = ""
    found: str = ""
    expected: str = ""
    rule: str = ""
    code: str = ""
    meaning: str = ""
    severity: str = "ERROR"
    page: str = ""
    pages: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The problem as JSON values; what is not known is left out."""
        form: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        form |= {name: list(value) for name, value in form.items() if isinstance(value, tuple)}
        return {name: value for name, value in form.items() if value not in (None, "", [])}


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """A message that was read, and its outline."""

    raw: RawMessage
    reading: Reading
    outline: Outline


@dataclass(frozen=True)
class Checked:
    """An interchange that was checked against syntax, structure and data dictionary."""

    data: bytes
    interchange: Interchange
    messages: tuple[CheckedMessage, ...]

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is answered with CONTRL."""
        inner = (fault for each in self.messages for fault in each.reading.faults)
        return (*self.interchange.faults, *inner)

    @cached_property
    def data_faults(self) -> tuple[Fault, ...]:
        """What is answered with ERM."""
        return tuple(fault for each in self.messages for fault in each.reading.data_faults)

    def contrl(self) -> list[str]:
        """The segments of the CONTRL that answers it; none when its header cannot be read."""
        found = report(self.interchange, self.faults)
        return write_message(found, "1") if found else []

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong, layer by layer."""
        for fault in self.faults:
            yield self._problem(fault, Layer.SYNTAX)
        for fault in self.data_faults:
            yield self._problem(fault, Layer.DICTIONARY)

    def _problem(self, fault: Fault, layer: Layer) -> Problem:
        message = None if fault.message is None else self.messages[fault.message]
        outline = message.outline if message else None
        slot = outline.slot(fault.segment, fault.element, fault.component) if outline else None
        entry = outline.entry(fault.segment) if outline else None
        path = outline.path(fault.segment, fault.tag, fault.element, fault.component) if outline else ""
        name = (message.reading.name or "") if message else ""
        return Problem(
            layer=layer,
            text=fault.text,
            place=fault.place,
            path=path or fault.tag or "",
            message=fault.message,
            document=name,
            offset=fault.offset,
            segments=(fault.segment,) if fault.segment else (),
            line=outline.line(entry) if outline and entry and entry.use else None,
            item=fault.name or (slot.field.label if slot else ""),
            found=fault.found or "",
            expected=allowed(slot, fault.expected or ""),
            rule=fault.rule or "",
            code=str(int(fault.code)),
            meaning=fault.code.meaning,
            page=syntax_page(fault.code),
            pages=pages_of(outline, slot),
        )


def check(data: bytes) -> Checked:
    """Read an interchange and every message in it against its guide; more faults are found than CONTRL and ERM name."""
    interchange = read_interchange(data)
    messages = tuple(CheckedMessage(raw, _read(raw), Outline(raw)) for raw in interchange.messages)
    return Checked(data, interchange, messages)


def _read(raw: RawMessage) -> Reading:
    reading = read_message(raw)
    found = max(len(reading.faults), len(reading.data_faults))
    return reading if found < MOST_FAULTS else read_carefully(raw, MOST_FOUND)


def allowed(slot: Slot | None, expected: str) -> str:
    """What may stand in the place of an item: its codes with their meanings when they are few, else the list's name."""
    codes = slot.field.codes if slot else None
    if codes is None or (expected and not set(expected.split(", ")) <= set(codes.meanings())):
        return expected
    return code_words(codes)


def code_words(codes: type[CodeList]) -> str:
    """The codes of a list in words: `C (containerised), B (bulk)`; of a long list, its name."""
    meanings = codes.meanings()
    if len(meanings) > FEW_CODES:
        return f"one of the {len(meanings)} codes of {codes.__name__}"
    return ", ".join(f"{code} ({meaning})" for code, meaning in meanings.items())


def pages_of(outline: Outline | None, *slots: Slot | None) -> tuple[str, ...]:
    """The pages of a message and of the code lists of items in it."""
    messages = [message_page(outline.document.name)] if outline and outline.document else []
    lists = [codes_page(slot.field.codes) for slot in slots if slot and slot.field.codes]
    return tuple(dict.fromkeys(messages + lists))
