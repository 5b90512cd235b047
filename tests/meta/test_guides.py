"""Every guide is a legal restriction of its message of D.99B, and the directory holds nothing that no message needs."""

from collections.abc import Iterator
from typing import Final

import pytest

from meta.project import ROOT, files
from openics.edifact.contents import Contents
from openics.edifact.directory import additions, coded, codes, segment
from openics.edifact.guide import Group, Row
from openics.edifact.reader import read_interchange
from openics.edifact.standard import deviations
from openics.messages.binding import Scope, bind
from openics.messages.document import Document
from openics.messages.registry import ALL

EVERY = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)

EXPLAINED: Final[dict[str, str]] = {}
"""The deviations that stay, by key, each with the reason."""


@EVERY
def test_a_guide_is_a_restriction_of_its_message(kind: type[Document]) -> None:
    assert [each.text for each in deviations(kind.guide) if each.key not in EXPLAINED] == []


def test_every_explained_deviation_is_there() -> None:
    found = {each.key for kind in ALL for each in deviations(kind.guide)}
    assert [key for key in EXPLAINED if key not in found] == []


def rows(scope: Scope, group: Group, most: int) -> Iterator[tuple[Row, int]]:
    """The rows that fill a record, each with how often it may stand in it; `most` is how often its group may."""
    records = {each.group for each in scope.scopes if each.use is None}
    for part in group.parts:
        if isinstance(part, Row):
            yield part, most * part.repeat
        elif part not in records:
            yield from rows(scope, part, most * part.repeat)


@EVERY
def test_the_uses_of_a_row_fit_into_it(kind: type[Document]) -> None:
    whole = [each for each in bind(kind).scope.all_scopes() if each.use is None]
    found = {
        f"{scope.group.name}/{row.tag}": (sum(use.repeat for use in row.uses), most)
        for scope in whole
        for row, most in rows(scope, scope.group, 1)
        if not (scope.field and row is scope.group.trigger)
    }
    assert {place: sizes for place, sizes in found.items() if sizes[0] > sizes[1]} == {}


@EVERY
def test_a_repeated_value_is_alone_in_its_segment(kind: type[Document]) -> None:
    slots = bind(kind).slots
    mixed = [use.key for use, found in slots.items() if len(found) > 1 and any(slot.field.repeated for slot in found)]
    assert mixed == []


def filled(kind: type[Document]) -> Iterator[tuple[str, str]]:
    """The elements that a message uses, each with the codes that its guide fixes there; a field has none."""
    for use, slots in bind(kind).slots.items():
        numbers = {(value.element, value.component): value.number for value in segment(use.tag).values}
        yield from ((numbers[place], code) for place, choices in use.fixed.items() for code in choices)
        yield from ((numbers[slot.place], "") for slot in slots)


def sampled() -> Iterator[tuple[str, str]]:
    """The elements of all samples and examples, with what stands there."""
    for path in files():
        if path.suffix == ".edi":
            data = (ROOT / path).read_bytes()
            whole = data if not data.startswith(b"UNH") else b"UNB+UNOC:3+X+X+261102:0900+1'" + data + b"UNZ+1+1'"
            for raw in read_interchange(whole).messages:
                for contents in (Contents(text, raw.separators) for text in raw.segments):
                    values = {(each.element, each.component): each.number for each in segment(contents.tag).values}
                    yield from ((values[place], text) for place, text in contents.values.items())


def test_no_code_list_is_unused() -> None:
    used = {number for kind in ALL for number, _ in filled(kind)}
    assert coded() - used == set()


def test_no_addition_is_unused_or_in_its_list() -> None:
    used = {*sampled(), *(each for kind in ALL for each in filled(kind))}
    added = {(number, code) for number in coded() for code in additions(number)}
    assert added - used == set()
    assert {(number, code) for number, code in added if code in codes(number)} == set()
