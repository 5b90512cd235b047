"""Finding the few segments of an interchange that need a closer look, without touching the others one by one.

`suspicious` sweeps over the bytes window by window with bulk operations and names the windows that may hold a fault;
`inspect` then looks at each segment of such a place and says exactly what is wrong where.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openics.edifact.charset import Repertoire
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.places import walk_components
from openics.edifact.segments import LINE_END_BYTES, is_released, split_elements
from openics.edifact.separators import Separators

_TAG = 4


@dataclass(frozen=True, slots=True)
class Screen:
    """What an interchange may hold: its characters, its service characters, its line end, its longest segment."""

    repertoire: Repertoire
    separators: Separators
    newline: str
    segment_length: int

    @property
    def known(self) -> bytes:
        """Every byte that a segment may hold: the repertoire, and service characters even from outside of it."""
        return self.repertoire.characters + (self.separators.dividing + self.separators.decimal).encode("latin-1")

    @property
    def ending(self) -> bytes:
        """The terminator."""
        return self.separators.terminator.encode("latin-1")

    @property
    def release(self) -> int:
        """The byte that releases; -1 if none does."""
        return ord(self.separators.release) if self.separators.releases else -1


def suspicious(data: bytes, start: int, screen: Screen) -> list[tuple[int, int]]:
    """Ranges of `data`, ascending and apart from each other, outside of which each segment is well-formed.

    A segment is well-formed if it is not empty, not too long, and made of known characters only. What stands at `start` must
    be no terminator, and what stands before it, if anything, the terminator of UNA.
    """
    clean = _Sieve(screen)
    terminator, release = screen.ending, screen.release
    ranges: list[tuple[int, int]] = []
    while start < len(data):
        stop = min(start + screen.segment_length + 1, len(data))
        end = _last_terminator(data, start, stop, terminator, release)
        if end < 0 and LINE_END_BYTES.fullmatch(data, start):
            break
        if end < 0:
            end = _next_terminator(data, start, stop, terminator, release) or len(data)
            _add(ranges, start, end)
        elif not clean(data[max(start - 1, 0) : end]):
            _add(ranges, start, end)
        start = end
    return ranges


def _add(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    if ranges and ranges[-1][1] == start:
        start = ranges.pop()[0]
    ranges.append((start, end))


def _last_terminator(data: bytes, start: int, stop: int, terminator: bytes, release: int) -> int:
    """The index after the last unreleased terminator in the range, -1 if there is none."""
    at = data.rfind(terminator, start, stop)
    while at >= 0 and is_released(data, at, release, start):
        at = data.rfind(terminator, start, at)
    return at + 1 or -1


def _next_terminator(data: bytes, start: int, at: int, terminator: bytes, release: int) -> int:
    """The index after the first unreleased terminator from `at` on, 0 if there is none."""
    at = data.find(terminator, at)
    while at >= 0 and is_released(data, at, release, start):
        at = data.find(terminator, at + 1)
    return at + 1


class _Sieve:
    """Whether a window, which begins with the terminator before it, certainly holds no malformed segment."""

    def __init__(self, screen: Screen) -> None:
        terminator = screen.ending
        self._newline = screen.newline.encode()
        self._line = terminator + self._newline
        self._release = screen.separators.release.encode("latin-1")
        self._released_line = self._release + self._line
        self._empty = terminator * 2
        self._empty_line = self._line + terminator
        self._known = screen.known

    def __call__(self, window: bytes) -> bool:
        strange = window.translate(None, self._known)
        if self._empty in window:
            return False
        if not strange:
            return True
        lines = window.count(self._line)
        if strange != self._newline * lines or self._empty_line in window:
            return False
        return self._release not in window or self._released_line not in window


def inspect(data: bytes, start: int, end: int, screen: Screen) -> Iterator[Fault]:
    """The faults of the segments in `data[start:end]`; positions count from 1 at `start`.

    Of a run of empty segments only the first is a fault: a run of terminators is one mistake.
    """
    known = screen.known
    empty_run = re.compile(rb"[\r\n" + re.escape(screen.ending) + rb"]*")
    position = 0
    while start < end:
        position += 1
        first, last, after = _bounds(data, start, end, screen)
        if last == end == first:
            return
        if first == last:
            yield _empty(first, position)
            after = empty_run.match(data, first, end).end()  # type: ignore[union-attr]  # matches anything
            position += data.count(screen.ending, first, after) - 1
        elif last - first > screen.segment_length:
            yield _too_long(first, last, position, data, screen)
        elif data[first:last].translate(None, known):
            yield from _strange(first, position, data[first:last].decode("latin-1"), screen)
        start = after


def _bounds(data: bytes, start: int, end: int, screen: Screen) -> tuple[int, int, int]:
    """Where the segment at `start` begins, line ends skipped, where it ends, and where the next one starts."""
    after = _next_terminator(data, start, start, screen.ending, screen.release) or end + 1
    last = min(after - 1, end)
    first = LINE_END_BYTES.match(data, start).end()  # type: ignore[union-attr]  # matches anything
    return min(first, last), last, after


def _empty(offset: int, position: int) -> Fault:
    text = "the segment is empty; remove the terminator that follows directly upon another one"
    return Fault(SyntaxCode.MISSING, text, offset, segment=position, element=1, rule="ISO 9735 version 3, segment tag")


def _too_long(first: int, last: int, position: int, data: bytes, screen: Screen) -> Fault:
    text = f"the segment has {last - first} characters; at most {screen.segment_length} are read"
    tag = _tag(data[first : first + _TAG].decode("latin-1"), screen.separators)
    return Fault(SyntaxCode.TOO_LONG, text, first, tag=tag, segment=position, rule="limit: segment length")


def _strange(offset: int, position: int, segment: str, screen: Screen) -> Iterator[Fault]:
    tag = _tag(segment, screen.separators)
    for element, component, start, value in walk_components(segment, screen.separators):
        strange = value.encode("latin-1").translate(None, screen.known).decode("latin-1")
        if not strange:
            continue
        at = start + value.index(strange[0])
        name = screen.repertoire.syntax_id
        yield Fault(
            SyntaxCode.INVALID_CHARACTERS,
            f"character {strange[0]!r} (hexadecimal {ord(strange[0]):02X}) is not in the repertoire {name}; remove it",
            offset + at,
            tag=tag,
            segment=position,
            element=element,
            component=component,
            found=strange,
            rule=f"ISO 9735 version 3, character repertoire {name}",
        )


def _tag(segment: str, separators: Separators) -> str:
    return split_elements(segment, separators)[0][:3]
