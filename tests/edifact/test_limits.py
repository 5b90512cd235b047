"""Reading is bounded: in what it accepts, in the memory it takes and in the work it does."""

import sys
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from types import FrameType

import pytest

from edifact_interchanges import HEADER, MESSAGE, UNB, UNZ, interchange
from openics.edifact.faults import SyntaxCode
from openics.edifact.limits import Limits
from openics.edifact.reader import InterchangeReader, read_interchange
from openics.edifact.writer import write_interchange

TEN_MEGABYTES = 10_000_000
HEAD = b"UNH+1+CUSDEC:D:99B:UN'"
TAIL = b"UNT+3+1'"


def numbered(count: int, body: bytes = b"BGM+830:::EXD+1:1+9'") -> bytes:
    """An interchange of so many messages, each with its own reference."""
    messages = [b"UNH+%d+CUSDEC:D:99B:UN'%bUNT+%d+%d'" % (n, body, body.count(b"'") + 2, n) for n in range(count)]
    return interchange(*messages, count=count)


def one_message(segments: int, segment: bytes = b"MEA+WT++KG:10'") -> bytes:
    """An interchange of one message with so many segments between UNH and UNT."""
    return interchange(HEAD, segment * segments, b"UNT+%d+1'" % (segments + 2))


ADVERSARIES: dict[str, Callable[[int], bytes]] = {
    "messages": lambda size: numbered(size // 50),
    "one message": lambda size: one_message(size // 14),
    "empty segments outside messages": lambda size: interchange(MESSAGE, b"'" * size),
    "empty segments in a message": lambda size: interchange(HEAD, b"'" * size, TAIL),
    "release characters": lambda size: interchange(HEAD, b"?" * size, TAIL),
    "released terminators": lambda size: interchange(HEAD, b"?'" * (size // 2), TAIL),
    "released terminators in short segments": lambda size: interchange(
        HEAD, (b"A?'?'?''" + b"?'" * 3000) * (size // 6008), TAIL
    ),
    "headers without trailers": lambda size: UNB + HEAD * (size // 22),
    "trailers without headers": lambda size: UNB + TAIL * (size // 8),
    "tags inside data": lambda size: interchange(HEAD, b"FTX+UNH+UNT+UNZ+'" * (size // 17), TAIL),
    "line ends": lambda size: UNB + b"\r\n" * (size // 2) + MESSAGE + b"\n" * 9 + UNZ,
    "line ends inside data": lambda size: interchange(HEAD, b"A\nB'" * (size // 4), TAIL),
    "line ends other than the first": lambda size: (
        UNB + b"\r\n" + numbered(size // 50).replace(b"'", b"'\n")[len(UNB) + 1 :]
    ),
    "released line ends": lambda size: interchange(HEAD, b"A?'\n'" * (size // 5), TAIL),
    "strange characters": lambda size: interchange(HEAD, b"A+\x00+B'" * (size // 6), TAIL),
    "strange characters in a few messages": lambda size: numbered(size // 50).replace(b"EXD", b"\x01", 90),
    "one element": lambda size: interchange(HEAD, b"FTX+" + b"A" * size + b"'", TAIL),
    "one element of components": lambda size: interchange(HEAD, b"FTX+" + b":" * size + b"'", TAIL),
    "elements in the header": lambda size: UNB[:-1] + b"+" * size + b"'" + UNZ,
    "groups": lambda size: UNB + b"UNG+1'" * (size // 6),
    "no terminator": lambda size: UNB + HEAD[:-1] + b"+" * size,
    "rubbish": lambda size: b"\xff" * size,
}


@pytest.mark.parametrize("name", ADVERSARIES)
def test_faults_are_few_whatever_comes(name: str) -> None:
    data = ADVERSARIES[name](200_000)
    read = read_interchange(data, Limits(faults=10))
    assert len(read.faults) <= 10
    assert all(0 <= fault.offset <= len(data) for fault in read.faults)


class Meter(bytes):
    """Bytes that count how many of them are looked at by searches and copies."""

    looked_at = 0

    def _search(self, found: int, start: int, end: int | None) -> int:
        Meter.looked_at += abs((found if found >= 0 else (len(self) if end is None else end)) - start)
        return found

    def find(self, sub, start=0, end=None):
        return self._search(super().find(sub, start, len(self) if end is None else end), start, end)

    def rfind(self, sub, start=0, end=None):
        found = super().rfind(sub, start, len(self) if end is None else end)
        Meter.looked_at += (len(self) if end is None else end) - max(found, start)
        return found

    def count(self, sub, start=0, end=None):
        Meter.looked_at += (len(self) if end is None else end) - start
        return super().count(sub, start, len(self) if end is None else end)

    def __getitem__(self, key):
        part = super().__getitem__(key)
        Meter.looked_at += len(part) if isinstance(part, bytes) else 1
        return part


def work(data: bytes) -> int:
    """Lines of Python that run, plus bytes that are searched or copied, while `data` is read."""
    lines = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
        nonlocal lines
        lines += event == "line"
        return trace

    Meter.looked_at = 0
    metered, before = Meter(data), sys.gettrace()
    sys.settrace(trace)
    try:
        for _ in InterchangeReader(metered, Limits(faults=10, segment_length=2_000)):
            pass
    finally:
        sys.settrace(before)
    return lines * 10 + Meter.looked_at


@pytest.mark.parametrize("name", ADVERSARIES)
def test_work_grows_no_faster_than_the_input(name: str) -> None:
    small, large = ADVERSARIES[name](30_000), ADVERSARIES[name](240_000)
    assert work(large) / work(small) <= 1.25 * len(large) / len(small)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("many messages", numbered(19_990, b"FTX+AAA+++GOODS DESCRIPTION'" * 15)),
        ("small messages", numbered(15_000, b"MEA+WT++KG:10'" * 40)),
        ("one message", one_message(TEN_MEGABYTES // 14 - 20)),
        ("empty segments", interchange(HEAD, b"'" * (TEN_MEGABYTES - 200), TAIL)),
        ("strange characters", interchange(HEAD, b"A+\x00+B'" * (TEN_MEGABYTES // 6 - 200), TAIL)),
        ("one element", interchange(HEAD, b"FTX+" + b"A" * (TEN_MEGABYTES - 200) + b"'", TAIL)),
        ("released terminators", interchange(HEAD, b"A+?'?'?''" * (TEN_MEGABYTES // 9 - 20), TAIL)),
    ],
)
def test_reading_takes_at_most_three_times_the_input(name: str, data: bytes) -> None:
    assert 0.85 * TEN_MEGABYTES < len(data) <= TEN_MEGABYTES
    tracemalloc.start()
    try:
        read = read_interchange(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read.header == HEADER
    assert len(data) + peak <= 3 * len(data)


def test_messages_cut_one_at_a_time_take_the_room_of_one() -> None:
    data = numbered(3_000, b"FTX+AAA+++GOODS DESCRIPTION'" * 100)
    tracemalloc.start()
    try:
        segments = sum(len(raw.segments) for raw in InterchangeReader(data))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert segments == 3_000 * 102
    assert peak < 0.15 * len(data)


def test_an_interchange_of_the_largest_size_is_read_and_one_byte_more_is_not() -> None:
    data = one_message(100)
    assert read_interchange(data, Limits(bytes=len(data))).faults == []
    read = read_interchange(data, Limits(bytes=len(data) - 1))
    assert (read.header, read.messages) == (HEADER, [])
    (fault,) = read.faults
    assert (fault.code, fault.offset) == (SyntaxCode.UNSPECIFIED, len(data) - 1)


def test_a_stream_is_read_no_further_than_one_byte_beyond_the_limit() -> None:
    stream = BytesIO(one_message(20_000))
    assert list(InterchangeReader(stream, Limits(bytes=100_000))) == []
    assert stream.tell() == 100_001


def test_the_message_beyond_the_limit_is_not_read() -> None:
    read = read_interchange(numbered(5), Limits(messages=3))
    (fault,) = read.faults
    assert [raw.reference for raw in read.messages] == ["0", "1", "2"]
    assert (fault.code, fault.rule) == (SyntaxCode.UNSPECIFIED, "limit: messages")
    assert read_interchange(numbered(5), Limits(messages=5)).faults == []


def test_reading_stops_with_the_message_that_has_too_many_segments() -> None:
    read = read_interchange(numbered(5), Limits(segments=7))
    (fault,) = read.faults
    assert [raw.reference for raw in read.messages] == ["0", "1", "2"]
    assert (fault.code, fault.message, fault.offset) == (35, 2, read.messages[2].offset)
    assert read_interchange(numbered(5), Limits(segments=15)).faults == []


def test_a_segment_longer_than_the_limit_is_one_fault() -> None:
    data = interchange(HEAD, b"FTX+AAA+++" + b"A" * 1_000_000 + b"'", TAIL)
    (fault,) = read_interchange(data).faults
    assert (fault.code, fault.message, fault.tag, fault.segment) == (SyntaxCode.TOO_LONG, 0, "FTX", 2)
    assert fault.offset == len(UNB) + len(HEAD)


def test_a_million_empty_segments_are_one_fault_in_a_message_and_outside() -> None:
    run = b"'" * 900_000
    inside = read_interchange(interchange(HEAD, run, b"UNT+900002+1'"))
    outside = read_interchange(interchange(MESSAGE, run))
    assert [(fault.code, fault.segment) for fault in inside.faults] == [(SyntaxCode.MISSING, 2)]
    assert [fault.code for fault in outside.faults] == [SyntaxCode.INVALID_OCCURRENCE_OUTSIDE]


def test_segment_positions_count_on_across_the_sound_part_of_a_message() -> None:
    body = [f"FTX+{number}" for number in range(5_000)]
    body[4_000] = "FTX+\x00"
    text = "'".join(["UNH+1+A:B", *body, "UNT+5002+1", ""]).encode()
    data = interchange(text)
    (fault,) = read_interchange(data).faults
    assert (fault.segment, fault.element, fault.offset) == (4_002, 2, data.index(b"\x00"))
    with pytest.raises(ValueError, match="repertoire"):
        write_interchange(HEADER, [["UNH+1+A:B", *body, "UNT+5002+1"]])
