"""Putting the segments of a message into the guide's order where their order carries no meaning.

Senders write `LOC+12` before `LOC+9` as they please. Sorting neighbours of one tag by their uses makes such a message
canonical, so that it is read as fast as any other. Only neighbours that the matcher would place in one row, in whatever
order they stand, are sorted; anything else that is unusual is left for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from openics.edifact.guide import Place, Row, Use
from openics.edifact.matcher import Matcher
from openics.messages.binding import bind
from openics.messages.document import Document, once_per_class

SECTION: Final = "UNS"
"""Its order divides a message into header, detail and summary."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of the uses of a row: the places by which they are told apart, and the uses."""

    places: tuple[Place, ...]
    uses: tuple[Use, ...]

    def rank(self, segment: str) -> int:
        """The number of the use that a segment is, in the order of the guide; unknown ones go last."""
        elements = [element.split(":") for element in segment.split("+")]
        values = {place: _value(elements, place) for place in self.places}
        return next((number for number, use in enumerate(self.uses) if use.fits(values)), len(self.uses))


def in_order(document: type[Document], segments: list[str]) -> list[str]:
    """The segments with neighbours of one tag in the order of the guide; those that are alike keep theirs."""
    rankings = _rankings(document)
    ordered: list[str] = []
    before = ""
    for tag, run in groupby(segments, key=_tag):
        neighbours = list(run)
        if len(neighbours) > 1 and (before, tag) in rankings:
            neighbours.sort(key=rankings[before, tag].rank)
        ordered += neighbours
        before = tag
    return ordered


def _tag(segment: str) -> str:
    return segment[:3]


def _value(elements: list[list[str]], place: Place) -> str:
    element, component = place
    if element > len(elements) or component > len(elements[element - 1]):
        return ""
    return elements[element - 1][component - 1]


@once_per_class
def _rankings(document: type[Document]) -> dict[tuple[str, str], Ranking]:
    """The order of neighbours, by the tag before them and their own."""
    binding = bind(document)
    layout = list(document.guide.layout.rows())
    starts = {scope.group.trigger for scope in binding.scope.all_scopes() if scope.field and not scope.use}
    settled: dict[tuple[str, str], list[Row]] = {}
    unsettled: set[tuple[str, str]] = set()
    for row in layout:
        for tag in {each.tag for each in layout}:
            rows = [move.row for move in binding.matcher.moves(row, tag)]
            settled.setdefault((row.tag, tag), []).extend(rows)
            if len(rows) > 1 or any(each in starts or not _stays(binding.matcher, each) for each in rows):
                unsettled.add((row.tag, tag))
    found = {key: _joined(rows) for key, rows in settled.items() if key not in unsettled}
    return {key: ranking for key, ranking in found.items() if ranking}


def _stays(matcher: Matcher, row: Row) -> bool:
    """Whether neighbours of a row's tag all stand in that row."""
    return row.tag != SECTION and all(move.row is row for move in matcher.moves(row, row.tag))


def _joined(rows: Iterable[Row]) -> Ranking | None:
    """The order that serves every row, if there is one: neighbours stand in one of them, whichever it is."""
    joined: dict[str, Use] = {}
    for row in rows:
        keys, at = list(joined), 0
        for use in row.uses:
            if use.key not in joined:
                keys.insert(at, use.key)
            at = keys.index(use.key) + 1
        joined = {key: joined.get(key) or next(use for use in row.uses if use.key == key) for key in keys}
    keys = list(joined)
    if len(keys) < 2 or any(_places(row, keys) != sorted(_places(row, keys)) for row in rows):
        return None
    places = tuple(dict.fromkeys(place for use in joined.values() for place in use.qualifiers))
    return Ranking(places, tuple(joined.values()))


def _places(row: Row, keys: list[str]) -> list[int]:
    return [keys.index(use.key) for use in row.uses]
