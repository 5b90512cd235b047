"""From positions to bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edifact_interchanges import DEFAULT_SEPARATORS, MESSAGE, UNB, interchange, messages, separators
from openics.edifact.places import offset_of, place_in_segment, walk_components
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.segments import split_elements, split_raw_components
from openics.edifact.separators import Separators

BODY = len(UNB)
RAW = read_interchange(interchange(MESSAGE)).messages[0]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ((1,), b"UNH+1"),
        ((2, 1), b"BGM+8"),
        ((2, 2), b"830::"),
        ((2, 2, 4), b"EXD+1"),
        ((2, 3, 2), b"1+9'U"),
        ((2, 4), b"9'UNT"),
        ((3, 3), b"1'"),
        ((2, 5), b"'UNT+"),
        ((2, 2, 5), b"+1:1+"),
        ((4,), b""),
    ],
)
def test_offset_of_what_is_there_and_of_what_is_missing(place: tuple[int, ...], found: bytes) -> None:
    data = UNB + MESSAGE
    assert data[offset_of(RAW, *place) :][: len(found) or 1] == found


def test_released_characters_and_line_ends_are_counted_as_bytes() -> None:
    text = "UNH+1+A:B'\r\nFTX+?'?+:B'\n\nBGM+1'"
    raw = RawMessage(None, 0, 100, text)
    assert offset_of(raw, 2, 2, 2) == 100 + text.index("B'\n")
    assert offset_of(raw, 3, 2) == 100 + text.index("1'", 20)


def test_a_message_of_segments_only_is_placed_as_if_written() -> None:
    assert offset_of(RawMessage(["UNH+1+A:B", "BGM+1", "UNT+3+1"], offset=7), 3, 2) == 7 + 10 + 6 + 4


@pytest.mark.parametrize(
    ("element", "component", "place"), [(1, None, 0), (2, 1, 4), (2, 2, 7), (3, 1, 9), (3, 3, 10), (9, 1, 10)]
)
def test_place_in_a_segment(element: int, component: int | None, place: int) -> None:
    assert place_in_segment("ABC+?::D+E", element, component) == place


def test_components_are_walked_with_their_places() -> None:
    assert list(walk_components("BGM+?:A:B++9")) == [
        (1, None, 0, "BGM"),
        (2, 1, 4, "?:A"),
        (2, 2, 8, "B"),
        (3, None, 10, ""),
        (4, None, 11, "9"),
    ]


@given(st.data(), separators())
def test_every_component_is_found_at_its_offset(data: st.DataObject, marks: Separators) -> None:
    segments = data.draw(messages(marks, "1"))
    text = marks.terminator.join([*segments, ""])
    raw = RawMessage(None, 0, 0, text, marks)
    for position, segment in enumerate(segments, start=1):
        assert text.startswith(segment, offset_of(raw, position))
        for element, value in enumerate(split_elements(segment, marks), start=1):
            for component, part in enumerate(split_raw_components(value, marks), start=1):
                assert text.startswith(part, offset_of(raw, position, element, component))


@given(messages(DEFAULT_SEPARATORS, "1"))
def test_walked_components_are_those_of_the_places(segments: list[str]) -> None:
    for segment in segments:
        for element, component, start, value in walk_components(segment):
            assert start == place_in_segment(segment, element, component)
            assert segment.startswith(value, start)
