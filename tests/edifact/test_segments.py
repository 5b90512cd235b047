"""Cutting at service characters agrees with a reading character by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edifact_interchanges import TEXT, separators
from openics.edifact.segments import (
    is_released,
    segment_end,
    split_components,
    split_elements,
    split_raw_components,
    split_segments,
    unescape,
    walk_segments,
)
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import escape

NO_RELEASE = Separators(release=" ")
DIVIDED = st.text("?':+A \n", max_size=40) | st.lists(st.sampled_from(["A", "'\n", "'\r\n", "'"])).map("".join)


def naive_split(text: str, mark: str, release: str) -> list[str]:
    """The definition: the character after a release character means nothing."""
    parts, held, released = [], "", False
    for character in text:
        if character == mark and not released:
            parts.append(held)
            held = ""
            continue
        held += character
        released = character == release and not released
    return [*parts, held]


def naive_unescape(text: str, release: str) -> str:
    plain, released = "", False
    for character in text:
        released = character == release and not released
        if not released:
            plain += character
    return plain


@pytest.mark.parametrize(
    ("segment", "elements"),
    [
        ("BGM+830+1", ["BGM", "830", "1"]),
        ("FTX+A?+B+C", ["FTX", "A?+B", "C"]),
        ("FTX+A??+B", ["FTX", "A??", "B"]),
        ("FTX+A???+B", ["FTX", "A???+B"]),
        ("FTX+?", ["FTX", "?"]),
        ("FTX++", ["FTX", "", ""]),
        ("", [""]),
    ],
)
def test_elements(segment: str, elements: list[str]) -> None:
    assert split_elements(segment) == elements


@pytest.mark.parametrize(
    ("element", "components"),
    [
        ("830:::EXD", ["830", "", "", "EXD"]),
        ("HTTPS?://", ["HTTPS://"]),
        ("A??:B", ["A?", "B"]),
        ("?+61:?'", ["+61", "'"]),
        ("A?", ["A"]),
        ("", [""]),
    ],
)
def test_components_come_without_release_characters(element: str, components: list[str]) -> None:
    assert split_components(element) == components


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("A'B'", ["A", "B"]),
        ("A'B", ["A", "B"]),
        ("A'\r\nB'\n", ["A", "B"]),
        ("A?'B'", ["A?'B"]),
        ("A??'B'", ["A??", "B"]),
        ("A'\n\r\n\nB'", ["A", "B"]),
        ("A\nB'", ["A\nB"]),
        ("A?'\nB'\nC'", ["A?'\nB", "C"]),
        ("A''B'", ["A", "", "B"]),
        ("'", [""]),
        ("", []),
    ],
)
def test_segments(text: str, segments: list[str]) -> None:
    assert split_segments(text) == segments
    assert [segment for _, segment in walk_segments(text)] == segments


def test_walking_tells_where_each_segment_starts() -> None:
    assert list(walk_segments("A'\r\nB?'C'D")) == [(0, "A"), (4, "B?'C"), (9, "D")]


def test_without_release_character_a_space_is_a_space() -> None:
    assert split_segments("A 'B'", NO_RELEASE) == ["A ", "B"]
    assert split_elements("A +B", NO_RELEASE) == ["A ", "B"]
    assert split_components("A :B?", NO_RELEASE) == ["A ", "B?"]
    assert segment_end("A 'B'", 0, NO_RELEASE) == 2


@pytest.mark.parametrize(("text", "released"), [("'", False), ("?'", True), ("??'", False), ("A???'", True)])
def test_an_odd_run_of_release_characters_releases(text: str, *, released: bool) -> None:
    assert is_released(text, len(text) - 1, "?") is released
    assert is_released(text.encode(), len(text) - 1, ord("?")) is released


def test_a_release_character_before_the_segment_does_not_count() -> None:
    assert is_released("?'", 1, "?", 1) is False


@given(DIVIDED)
def test_segments_agree_with_the_definition(text: str) -> None:
    parts = naive_split(text, "'", "?")
    expected = [part.lstrip("\r\n") for part in parts]
    if not expected[-1]:
        expected.pop()
    assert split_segments(text) == expected
    assert [segment for _, segment in walk_segments(text)] == expected


@given(DIVIDED)
def test_walked_offsets_point_at_the_segments(text: str) -> None:
    assert all(text.startswith(segment, offset) for offset, segment in walk_segments(text))


@given(DIVIDED)
def test_elements_and_components_agree_with_the_definition(text: str) -> None:
    assert split_elements(text) == naive_split(text, "+", "?")
    assert split_raw_components(text) == naive_split(text, ":", "?")
    assert split_components(text) == [naive_unescape(part, "?") for part in naive_split(text, ":", "?")]


@given(TEXT, separators())
def test_unescape_takes_back_escape(text: str, marks: Separators) -> None:
    assert unescape(escape(text, marks), marks) == text


@given(st.lists(TEXT, min_size=1, max_size=6), separators())
def test_escaped_values_are_never_divided(values: list[str], marks: Separators) -> None:
    escaped = [escape(value, marks) for value in values]
    assert split_elements(marks.element.join(escaped), marks) == escaped
    assert split_components(marks.component.join(escaped), marks) == values


def test_default_separators_are_those_of_level_a() -> None:
    assert DEFAULT_SEPARATORS.una() == "UNA:+.? '"
    assert DEFAULT_SEPARATORS.dividing == "?'+:"
    assert NO_RELEASE.dividing == "'+:"
