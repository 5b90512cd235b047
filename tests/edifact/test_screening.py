"""The sweep over the bytes misses no malformed segment."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.edifact.charset import REPERTOIRES
from openics.edifact.faults import Fault
from openics.edifact.screening import Screen, inspect, suspicious
from openics.edifact.segments import walk_segments
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

NEWLINES = ("", "\n", "\r\n", "\r")
PIECES = ["A", "BGM+1", "'", "'", "'\n", "'\r\n", "?", "?'", "\n", "\r", "\x00", "C" * 12, "\x80", " "]


def faults(data: bytes, view: Screen) -> list[Fault]:
    return list(inspect(data, 0, len(data), view))


def screen(newline: str = "", length: int = 10, marks: Separators = DEFAULT_SEPARATORS, syntax: str = "UNOC") -> Screen:
    return Screen(REPERTOIRES[syntax], marks, newline, length)


@pytest.mark.parametrize("newline", NEWLINES)
def test_well_formed_segments_raise_no_suspicion(newline: str) -> None:
    line = "'" + newline
    data = (line.join(["UNB+1", "BGM+?'X", "FTX+A?+??B", "UNZ+1"]) + line).encode()
    assert suspicious(data, 0, screen(newline, length=12)) == []


@pytest.mark.parametrize(
    ("middle", "newline"),
    [
        (b"''", ""),
        (b"\x00'", ""),
        (b"ABCDEFGHIJK'", ""),
        (b"A\nB'", ""),
        (b"A\nB'", "\n"),
        (b"A?'\nB'", "\n"),
        (b"\n'", "\n"),
        (b"A\rB'", "\r\n"),
    ],
)
def test_a_malformed_segment_lies_in_a_suspicious_range(middle: bytes, newline: str) -> None:
    line = b"'" + newline.encode()
    data = b"BGM+1" + line + b"BGM+2" + line + middle + line[1:] + b"BGM+3" + line
    start = data.index(middle)
    (fault, *_) = inspect(data, 0, len(data), screen(newline))
    assert any(first <= fault.offset <= last and first <= start for first, last in suspicious(data, 0, screen(newline)))


def test_ranges_that_touch_are_one() -> None:
    assert suspicious(b"\x00\x00\x00\x00\x00\x00\x00\x00\x00'" * 5, 0, screen()) == [(0, 50)]


def test_service_characters_are_permitted_wherever_they_are() -> None:
    marks = Separators("\x1f", "\x1d", ".", "?", " ", "\x1c")
    assert suspicious(b"A\x1dB\x1fC\x1c" * 3, 0, screen(marks=marks, syntax="UNOA")) == []
    assert faults(b"A\x1dB\x1fC\x1c" * 3, screen(marks=marks, syntax="UNOA")) == []


def test_length_is_that_of_the_segment_without_line_end_and_terminator() -> None:
    assert faults(b"ABCDEFGHIJ'\r\nABCDEFGHIJ'", screen("\r\n")) == []
    (fault,) = faults(b"A'\nABCDEFGHIJK'", screen("\n"))
    assert (fault.offset, fault.segment, fault.tag) == (3, 2, "ABC")
    assert fault.text == "the segment has 11 characters; at most 10 are read"


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(NEWLINES))
def test_the_suspicious_ranges_hold_every_fault(text: str, newline: str) -> None:
    view = screen(newline)
    data = b"UNA'" + text.encode("latin-1")
    ranges = suspicious(data, 4, view)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
    found = [fault for first, last in ranges for fault in inspect(data, first, last, view)]
    assert [(fault.code, fault.offset) for fault in found] == [
        (fault.code, fault.offset) for fault in faults(data, view)
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_segments_are_counted_as_they_are_cut(text: str) -> None:
    view = screen(length=4)
    long = [(fault.segment, fault.offset) for fault in faults(text.encode("latin-1"), view) if fault.code == 39]
    assert long == [
        (position, offset)
        for position, (offset, segment) in enumerate(walk_segments(text), start=1)
        if len(segment) > 4
    ]
