"""A message that waits to be cut."""

import pytest

from openics.edifact.raw import RawMessage

TEXT = "UNH+1+CUSDEC:D:99B:UN'BGM+830'UNT+3+1'"
SEGMENTS = ["UNH+1+CUSDEC:D:99B:UN", "BGM+830", "UNT+3+1"]


def test_text_is_cut_once_when_segments_are_asked_for() -> None:
    raw = RawMessage(text=TEXT)
    assert raw.segments == SEGMENTS
    assert raw.segments is raw.segments


def test_header_values_need_no_cutting() -> None:
    for raw in (RawMessage(text=TEXT), RawMessage(SEGMENTS)):
        assert (raw.type, raw.reference, raw.header(3, 3)) == ("CUSDEC", "1", "99B")
    assert (RawMessage().type, RawMessage([]).reference) == ("", "")


def test_messages_are_equal_by_value_and_not_hashable() -> None:
    assert RawMessage(text=TEXT) == RawMessage(list(SEGMENTS), text=TEXT)
    assert RawMessage(text=TEXT) != RawMessage(text=TEXT, index=1)
    assert RawMessage(text=TEXT) != TEXT
    with pytest.raises(TypeError):
        hash(RawMessage(text=TEXT))


def test_its_representation_names_it() -> None:
    assert repr(RawMessage(text=TEXT, offset=9)) == "RawMessage(index=0, offset=9, type='CUSDEC', reference='1')"
