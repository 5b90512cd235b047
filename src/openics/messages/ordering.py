"""Putting the segments of a message into the guide's order where their order carries no meaning.

Senders write `LOC+12` before `LOC+9` as they please. Sorting neighbours of one tag by their qualifiers makes such a
message canonical, so that it is read as fast as any other. Anything else that is unusual is left for the matcher.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Final

from openics.edifact.guide import Place
from openics.messages.binding import bind
from openics.messages.document import Document, once_per_class

_LAST: Final = 1_000_000
SECTION: Final = "UNS"
"""Its order divides a message into header, detail and summary."""

Ranks = dict[str, tuple[tuple[Place, ...], dict[tuple[str, ...], int]]]
"""By tag: the places of the qualifiers, and the rank of the use that each combination of their values names."""


def in_order(document: type[Document], segments: list[str]) -> list[str]:
    """The segments with neighbours of one tag in the order of the guide; those that are alike keep theirs."""
    ranks = _ranks(document)
    ordered: list[str] = []
    for tag, run in groupby(segments, key=_tag):
        neighbours = list(run)
        if tag in ranks and len(neighbours) > 1:
            neighbours.sort(key=_rank(*ranks[tag]))
        ordered += neighbours
    return ordered


def _tag(segment: str) -> str:
    return segment[:3]


def _rank(places: tuple[Place, ...], ranks: dict[tuple[str, ...], int]) -> Callable[[str], int]:
    def rank(segment: str) -> int:
        elements = [element.split(":") for element in segment.split("+")]
        values = tuple(_value(elements, place) for place in places)
        found = (ranks[values[:size]] for size in range(len(values), 0, -1) if values[:size] in ranks)
        return next(found, _LAST)

    return rank


def _value(elements: list[list[str]], place: Place) -> str:
    element, component = place
    if element > len(elements) or component > len(elements[element - 1]):
        return ""
    return elements[element - 1][component - 1]


@once_per_class
def _ranks(document: type[Document]) -> Ranks:
    """The ranks of all tags, save those by which a repeated record starts: their order is that of the records."""
    binding = bind(document)
    triggers = {scope.group.trigger.tag for scope in binding.scope.all_scopes() if scope.field and not scope.use}
    ranks: Ranks = {}
    for number, use in enumerate(use for row in document.guide.layout.rows() for use in row.uses):
        if use.tag in triggers or use.tag == SECTION or not use.qualifiers:
            continue
        places, known = ranks.get(use.tag, ((), {}))
        ranks[use.tag] = (max(places, use.qualifiers, key=len), known)
        for values in _combinations([use.fixed.get(place, ("",)) for place in use.qualifiers]):
            known.setdefault(values, number)
    return ranks


def _combinations(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    combined: list[tuple[str, ...]] = [()]
    for values in choices:
        combined = [(*before, value) for before in combined for value in values]
    return combined
