"""Reading an interchange: its header, its messages and everything that is wrong with its envelope."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from openics.edifact.envelope import Header
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.limits import DEFAULT_LIMITS, Limits
from openics.edifact.opening import read_header, read_opening
from openics.edifact.raw import RawMessage
from openics.edifact.screening import Screen
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.walk import Walk

__all__ = ["Interchange", "InterchangeReader", "read_header", "read_interchange"]

_STREAM_PART = 1 << 16


@dataclass(slots=True)
class Interchange:
    """A read interchange; `header` is None if nothing in it could be read.

    `messages` are all messages in order, also those with faults. `una` tells whether it began with UNA, `newline` the
    line end after UNB, `charset` the Python codec of its text.
    """

    header: Header | None
    messages: list[RawMessage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    separators: Separators = DEFAULT_SEPARATORS
    charset: str = "latin-1"
    una: bool = False
    newline: str = ""


def read_interchange(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Interchange:
    """Read a whole interchange; whatever is wrong with it becomes a `Fault`, never an exception."""
    reader = InterchangeReader(data, limits)
    messages = list(reader)
    return Interchange(
        header=reader.header,
        messages=messages,
        faults=reader.faults,
        separators=reader.separators,
        charset=reader.charset,
        una=reader.una,
        newline=reader.newline,
    )


class InterchangeReader:
    """The messages of an interchange one at a time.

    The header and what UNA and UNB say is known at once; `faults` grows while messages are taken and is complete when
    there are no more. Beside the bytes of the interchange only the message in hand takes room. It can be iterated once.
    """

    def __init__(self, source: bytes | BinaryIO, limits: Limits = DEFAULT_LIMITS) -> None:
        data = _bounded(source, limits)
        opening = read_opening(data, limits)
        self.header = opening.header
        self.separators = opening.separators
        self.una = opening.una
        self.newline = opening.newline
        self.faults = opening.faults[: limits.faults]
        repertoire = opening.repertoire
        self.charset = repertoire.codec if repertoire else "latin-1"
        self._messages: Iterator[RawMessage] = iter(())
        if len(data) > limits.bytes:
            self.faults.append(_too_large(limits))
        elif repertoire and opening.header:
            screen = Screen(repertoire, opening.separators, opening.newline, limits.segment_length)
            walk = Walk(data, opening.header, screen, limits, self.faults)
            self._messages = walk.messages(opening)

    def __iter__(self) -> Iterator[RawMessage]:
        return self._messages


def _bounded(source: bytes | BinaryIO, limits: Limits) -> bytes:
    """The bytes of `source`; of a stream no more than one beyond the limit are taken."""
    if isinstance(source, bytes):
        return source
    parts: list[bytes] = []
    wanted = limits.bytes + 1
    while wanted > 0:
        part = source.read(min(wanted, _STREAM_PART))
        if not part:
            break
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _too_large(limits: Limits) -> Fault:
    text = f"the interchange has more than {limits.bytes} bytes; divide its messages over several interchanges"
    return Fault(SyntaxCode.UNSPECIFIED, text, limits.bytes, rule="limit: size of an interchange")
