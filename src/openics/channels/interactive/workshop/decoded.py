"""An interchange as the workshop shows it: every segment with its items, and what is wrong in its place (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openics.edifact.reader import read_interchange
from openics.exchange.diagnosis import diagnose
from openics.messages.diagnostics import CheckedMessage, Problem
from openics.messages.document import Document
from openics.messages.outline import Entry, Outline, Record

MOST_SEGMENTS: Final = 1_000
"""Segments of one message that are shown; all are checked."""

_HEADER: Final = (
    ("sender", "From"),
    ("owner", "On behalf of"),
    ("recipient", "To"),
    ("control_reference", "Control reference"),
    ("date", "Date"),
    ("time", "Time"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A business item: what it is called, its value, what a code means."""

    label: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its anchor on the page, its text in pieces (those to mark are True), items and problems.

    `heading` names the record that begins with it (`Line 2`), `depth` counts the records around it.
    """

    anchor: str
    pieces: tuple[tuple[str, bool], ...]
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    heading: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its place in the interchange, what it is, its segments, how many more there are, whether it is a form."""

    number: int
    name: str
    reference: str
    document: type[Document] | None
    segments: tuple[Segment, ...]
    more: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """The interchange: its header in words, its messages, all problems, and those of no segment."""

    header: tuple[tuple[str, str], ...]
    test: bool
    messages: tuple[Message, ...]
    problems: tuple[Problem, ...]
    general: tuple[Problem, ...]
    contrl: str
    title: str
    readable: bool

    @property
    def verdict(self) -> str:
        """In a sentence, whether anything is wrong."""
        errors = sum(each.severity == "ERROR" for each in self.problems)
        advices = len(self.problems) - errors
        if not self.problems:
            return "Nothing is wrong with it as far as its bytes tell; what the register knows is not looked at here."
        counts = [_counted(errors, "error"), _counted(advices, "advice")]
        place = "in its place" if len(self.problems) == 1 else "each in its place"
        return f"{' and '.join(filter(None, counts))}, {place} below."


def decode(data: bytes) -> Decoded:
    """Read, check and lay out an interchange, or messages alone; whatever is wrong is among the problems."""
    alone = data[:3] == b"UNH"
    checked, problems = diagnose(_enveloped(data) if alone else data)
    messages = tuple(_message(number, each, problems) for number, each in enumerate(checked.messages))
    header = None if alone else checked.interchange.header
    named = ((words, str(getattr(header, name))) for name, words in _HEADER) if header else ()
    placed = {each.anchor for message in messages for each in message.segments}
    return Decoded(
        header=tuple((words, value) for words, value in named if value),
        test=bool(header and header.test),
        messages=messages,
        problems=tuple(problems),
        general=tuple(each for each in problems if anchor_of(each) not in placed),
        contrl="" if alone else "\n".join(f"{segment}'" for segment in checked.contrl()),
        title=f"Interchange {header.control_reference}" if header else "Messages without an interchange",
        readable=alone or header is not None,
    )


def _enveloped(data: bytes) -> bytes:
    """Messages that stand alone in an interchange that says nothing of its own."""
    opened = b"UNB+UNOC:3+X+X+000101:0000+1'" + data
    count = len(read_interchange(opened).messages)
    return b"%sUNZ+%d+1'" % (opened, count)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}" if count else ""


def anchor_of(problem: Problem) -> str:
    """The anchor of the segment that a problem belongs to; empty when it belongs to none."""
    if problem.message is None or not problem.segments:
        return ""
    return _anchor(problem.message, problem.segments[0])


def _anchor(message: int, position: int) -> str:
    return f"message-{message + 1}-segment-{position}"


def _message(number: int, checked: CheckedMessage, problems: Sequence[Problem]) -> Message:
    outline, reading = checked.outline, checked.reading
    own = [each for each in problems if each.message == number]
    shown = outline.entries[:MOST_SEGMENTS]
    return Message(
        number=number,
        name=reading.name or checked.raw.type or "unknown message",
        reference=checked.raw.reference,
        document=outline.document,
        segments=tuple(_segments(number, outline, shown, own)),
        more=len(outline.entries) - len(shown),
        whole=reading.document is not None and not reading.data_faults,
    )


def _segments(number: int, outline: Outline, entries: Sequence[Entry], own: Sequence[Problem]) -> Iterator[Segment]:
    before: Record = ()
    for entry in entries:
        here = tuple(each for each in own if each.segments[:1] == (entry.position,))
        yield Segment(
            anchor=_anchor(number, entry.position),
            pieces=tuple(_pieces(entry.text, [_marked(each, outline.offset(entry)) for each in here])),
            items=tuple(_items(entry)),
            problems=here,
            heading=_heading(outline, entry.record)
            if entry.record and entry.record != before[: len(entry.record)]
            else "",
            depth=len(entry.record),
        )
        before = entry.record


def _items(entry: Entry) -> Iterator[Item]:
    for slot, text in entry.items:
        codes = slot.field.codes.meanings() if slot.field.codes else {}
        yield Item(slot.field.label, text, codes.get(text, ""))


def _heading(outline: Outline, record: Record) -> str:
    """What the innermost record is called, with its number: `Line 2`."""
    part = outline.document
    label = ""
    for name, _ in record:
        field = next(each for each in part.fields() if each.name == name) if part else None
        part, label = (field.part, field.single) if field else (None, name)
    return f"{label} {record[-1][1]}"


def _marked(problem: Problem, start: int) -> tuple[int, int]:
    """Where in the segment the problem lies; nothing is marked when a value is missing."""
    at = problem.offset - start
    return (at, at + len(problem.found)) if at >= 0 and problem.found else (0, 0)


def _pieces(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text cut where marks begin and end; the terminator is put back."""
    at = 0
    for begin, end in sorted(mark for mark in marks if mark[1] > mark[0]):
        if begin >= at and end <= len(text):
            yield text[at:begin], False
            yield text[begin:end], True
            at = end
    yield f"{text[at:]}'", False
