"""What the EDIFACT benchmarks read and write: export declarations made up, and the examples of the message directory."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from openics.edifact.envelope import Header
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.registry import ALL
from openics.messages.writing import write_message
from openics.sandbox.story import current_declaration

HEADER = Header(
    sender="AAA676Y",
    owner="AAA676Y",
    recipient="AAA336C",
    date="260101",
    time="0000",
    control_reference="BENCH",
    acknowledgement_request=True,
    test=True,
)
LONG = 999
"""Lines of a long declaration."""


def declarations(count: int, lines: int = 1) -> list[ExportDeclaration]:
    """Export declarations that differ in their references, with as many lines each."""
    declaration = current_declaration("BENCH", datetime(2026, 1, 1, tzinfo=UTC))
    line = declaration.lines[0]
    many = tuple(line.replace(number=number) for number in range(1, lines + 1))
    return [declaration.replace(sender_reference=f"BENCH{number:08d}", lines=many) for number in range(count)]


def messages(documents: list[ExportDeclaration]) -> list[list[str]]:
    """Their messages, numbered."""
    return [write_message(each, str(place)) for place, each in enumerate(documents, 1)]


def interchange(documents: list[ExportDeclaration]) -> bytes:
    """All of them in one interchange."""
    return write_interchange(HEADER, messages(documents))


def reordered(written: list[list[str]]) -> bytes:
    """Messages whose neighbours of one tag stand in the opposite order."""
    return write_interchange(HEADER, [_turned(segments) for segments in written])


def _turned(segments: list[str]) -> list[str]:
    tags = [segment[:3] for segment in segments]
    first = tags.index("LOC")
    last = next(place for place in range(first, len(tags)) if tags[place] != "LOC")
    return [*segments[:first], *reversed(segments[first:last]), *segments[last:]]


def faulty(written: list[list[str]]) -> bytes:
    """Messages with one wrong value each, in the segment before the last but one."""
    return write_interchange(HEADER, [[*each[:-3], f"{each[-3]}+X+Y+Z", *each[-2:]] for each in written])


@cache
def examples() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name and segments of the largest typical example of each room."""
    return tuple(found for _, found in sorted(_largest().items()))


def _largest() -> dict[str, tuple[str, tuple[str, ...]]]:
    largest: dict[str, tuple[str, tuple[str, ...]]] = {}
    for room, name, data in _typical():
        segments = tuple(read_interchange(data).messages[0].segments)
        if room not in largest or len("".join(segments)) > len("".join(largest[room][1])):
            largest[room] = (name, segments)
    return largest


def _typical() -> Iterator[tuple[str, str, bytes]]:
    package = resources.files("openics.messages")
    for document in ALL:
        room = document.__module__.split(".")[2]
        file = package.joinpath(room, "examples", f"{document.name}.typical.edi")
        if file.is_file():
            yield room, document.name, file.read_bytes()


def repeated(segments: tuple[str, ...], size: int) -> bytes:
    """A message as often in one interchange as makes it so large, each time with a reference of its own."""
    element = segments[0].split("+")
    count = max(1, size // len("'".join(segments)))
    numbered = [
        [
            "+".join([element[0], str(number), *element[2:]]),
            *segments[1:-1],
            f"UNT+{len(segments)}+{number}",
        ]
        for number in range(1, count + 1)
    ]
    return write_interchange(HEADER, numbered)
