"""The segments around a place of an interchange, as text with a caret under the place."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from openics.edifact.opening import UNA_LENGTH
from openics.edifact.places import walk_components
from openics.edifact.reader import Interchange
from openics.edifact.segments import walk_segments

WIDTH: Final = 120
"""Characters of a segment that are shown."""
MOST_CARETS: Final = 40
_BEFORE: Final = 80


class Excerpts:
    """The segments of an interchange by the offset at which they start."""

    def __init__(self, data: bytes, interchange: Interchange) -> None:
        self._terminator = interchange.separators.terminator
        self._separators = interchange.separators
        text = data.decode(interchange.charset, "replace")
        start = UNA_LENGTH if interchange.una else 0
        self._segments = [(0, text[:start])] if start else []
        for at, segment in walk_segments(text[start:], self._separators):
            self._segments.append((start + at, segment + self._terminator))
        self._starts = [at for at, _ in self._segments]

    def around(self, offset: int) -> Iterator[str]:
        """The segment at an offset with carets under what stands there, between its neighbours."""
        number = self._number(offset)
        if number is None:
            return
        if number:
            yield visible(self._segments[number - 1][1])
        yield from self._marked(number, (offset,))
        for _, after in self._segments[number + 1 : number + 2]:
            yield visible(after)

    def at(self, offsets: Sequence[int]) -> Iterator[str]:
        """The segments at some offsets, each with carets; none under the tag of a segment meant as a whole."""
        numbered = [(number, each) for each in sorted(offsets) if (number := self._number(each)) is not None]
        for number, found in groupby(numbered, key=lambda pair: pair[0]):
            start = self._starts[number]
            places = [offset for _, offset in found if offset != start]
            yield from self._marked(number, places) if places else [visible(self._segments[number][1])]

    def _number(self, offset: int) -> int | None:
        return bisect_right(self._starts, offset) - 1 if self._starts and offset >= self._starts[0] else None

    def _marked(self, number: int, offsets: Sequence[int]) -> Iterator[str]:
        start, text = self._segments[number]
        columns = [min(offset - start, len(text)) for offset in offsets]
        first = max(0, min(columns) - _BEFORE)
        yield visible(text[first : first + WIDTH])
        carets = ""
        for column in sorted(set(columns)):
            carets = carets.ljust(column - first) + "^" * min(self._length(text, column), MOST_CARETS)
        yield carets[: WIDTH + MOST_CARETS]

    def _length(self, segment: str, column: int) -> int:
        """How many characters the value at a column has; 1 where there is none."""
        for _, _, start, value in walk_components(segment[:-1], self._separators):
            if start == column and value:
                return len(value)
        return 1


def visible(text: str) -> str:
    """Text in which what cannot be printed is a dot, at most as long as an excerpt."""
    return "".join(character if character.isprintable() else "·" for character in text[:WIDTH])
