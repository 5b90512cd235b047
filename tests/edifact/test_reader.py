"""The envelope of an interchange: messages, counts, references, strays, cuts."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edifact_interchanges import HEADER, MESSAGE, UNB, UNZ, corpus_interchanges, interchange
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.limits import Limits
from openics.edifact.places import offset_of
from openics.edifact.reader import InterchangeReader, read_interchange

BODY = len(UNB)
SECOND = MESSAGE.replace(b"UNH+1", b"UNH+2").replace(b"+3+1'", b"+3+2'")


def place(fault: Fault) -> tuple[int, int, int | None, str | None, int | None, int | None, int | None]:
    return (fault.code, fault.offset, fault.message, fault.tag, fault.segment, fault.element, fault.component)


def test_a_good_interchange() -> None:
    read = read_interchange(interchange(MESSAGE, SECOND, count=2))
    assert read.header == HEADER
    assert read.faults == []
    assert (read.una, read.newline, read.charset) == (False, "", "latin-1")
    assert [(raw.index, raw.offset, raw.reference, raw.type) for raw in read.messages] == [
        (0, BODY, "1", "CUSDEC"),
        (1, BODY + len(MESSAGE), "2", "CUSDEC"),
    ]
    assert read.messages[0].segments == ["UNH+1+CUSDEC:D:99B:UN", "BGM+830:::EXD+1:1+9", "UNT+3+1"]
    assert read.messages[0].text.encode() == MESSAGE
    assert read.messages[0].header(3, 3) == "99B"
    assert read.messages[0].header(3, 9) == read.messages[0].header(9, 1) == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_after_terminators_are_ignored(newline: str) -> None:
    data = interchange(MESSAGE, SECOND, count=2).replace(b"'", b"'" + newline.encode())
    read = read_interchange(data)
    assert (read.faults, read.newline) == ([], newline)
    assert [raw.segments for raw in read.messages] == [
        raw.segments for raw in read_interchange(interchange(MESSAGE, SECOND, count=2)).messages
    ]
    assert [data[raw.offset :][:5] for raw in read.messages] == [b"UNH+1", b"UNH+2"]


def test_line_ends_may_differ_from_segment_to_segment() -> None:
    data = UNB + b"\n" + MESSAGE + b"\r\n\n" + UNZ + b"\r\n\r\n"
    read = read_interchange(data)
    assert (read.faults, read.newline, len(read.messages)) == ([], "\n", 1)


def test_the_last_line_end_of_una_is_ignored_too() -> None:
    read = read_interchange(b"UNA:+.? '\r\n" + interchange(MESSAGE))
    assert (read.faults, read.una, read.newline, read.messages[0].offset) == ([], True, "", 11 + BODY)


@pytest.mark.parametrize(
    ("unt", "expected"),
    [
        (b"UNT+4+1'", (29, 4, 2)),
        (b"UNT+2+1'", (29, 4, 2)),
        (b"UNT+3+2'", (28, 6, 3)),
        (b"UNT++1'", (13, 4, 2)),
        (b"UNT+3'", (13, 5, 3)),
        (b"UNT+x+1'", (37, 4, 2)),
        (b"UNT+\xb3+1'", (37, 4, 2)),
        (b"UNT+0000003+1'", (39, 4, 2)),
        (b"UNT+3+1+5'", (16, 8, 4)),
    ],
)
def test_faults_of_a_message_trailer(unt: bytes, expected: tuple[int, int, int]) -> None:
    code, offset, element = expected
    (fault,) = read_interchange(interchange(MESSAGE.replace(b"UNT+3+1'", unt))).faults
    trailer = BODY + MESSAGE.index(b"UNT")
    assert place(fault) == (code, trailer + offset, 0, "UNT", 3, element, None)


def test_counts_may_have_leading_zeros() -> None:
    message = MESSAGE.replace(b"UNT+3", b"UNT+000003")
    assert read_interchange(UNB + message + UNZ.replace(b"UNZ+1", b"UNZ+01")).faults == []


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537])
def test_released_terminators_do_not_count_as_segments(size: int) -> None:
    body = b"FTX+" + b"?" * (2 * size) + b"'" + b"FTX+O?'B?'???'??'" + b"?'" * size + b"'"
    message = b"UNH+1+CUSDEC:D:99B:UN'" + body + b"UNT+5+1'"
    read = read_interchange(interchange(message), Limits(segment_length=200_000))
    assert [len(segment) for segment in read.messages[0].segments] == [21, 4 + 2 * size, 16, 2 * size, 7]
    assert read.faults == []


@pytest.mark.parametrize(
    ("unz", "expected"),
    [
        (b"UNZ+2+200401270001'", (29, 4, 2)),
        (b"UNZ+1+200401270002'", (28, 6, 3)),
        (b"UNZ+1'", (13, 5, 3)),
        (b"UNZ++200401270001'", (13, 4, 2)),
        (b"UNZ+one+200401270001'", (37, 4, 2)),
        (b"UNZ+1+200401270001+1'", (16, 19, 4)),
    ],
)
def test_faults_of_the_interchange_trailer(unz: bytes, expected: tuple[int, int, int]) -> None:
    code, offset, element = expected
    read = read_interchange(UNB + MESSAGE + unz)
    assert [place(fault) for fault in read.faults] == [
        (code, BODY + len(MESSAGE) + offset, None, "UNZ", None, element, None)
    ]
    assert len(read.messages) == 1


def test_a_fault_of_count_says_what_stands_there_and_what_should() -> None:
    (fault,) = read_interchange(interchange(MESSAGE, count=3)).faults
    assert fault.text == "UNZ counts 3 messages; there are 1"
    assert (fault.found, fault.expected) == ("3", "1")


def test_an_interchange_without_trailer() -> None:
    data = UNB + MESSAGE
    read = read_interchange(data)
    assert [place(fault) for fault in read.faults] == [(13, len(data), None, "UNZ", None, None, None)]
    assert len(read.messages) == 1


def test_a_trailer_without_terminator() -> None:
    data = UNB + MESSAGE + UNZ[:-1]
    assert [place(fault) for fault in read_interchange(data).faults] == [(13, len(data), None, "UNZ", None, None, None)]


@pytest.mark.parametrize("kept", [b"UNH+1+CUSDEC:D:99B:UN'", b"UNH+1+CUSDEC:D:99B:UN'BGM+830'"])
def test_a_message_without_trailer_ends_where_the_next_thing_begins(kept: bytes) -> None:
    end = BODY + len(kept)
    position = kept.count(b"'") + 1
    missing = (13, end, 0, "UNT", position, None, None)
    for rest, count in ((UNZ, 1), (SECOND + UNZ.replace(b"+1+", b"+2+"), 2)):
        read = read_interchange(UNB + kept + rest)
        assert [place(fault) for fault in read.faults] == [missing]
        assert len(read.messages) == count
        assert read.messages[0].text.encode() == kept
    read = read_interchange(UNB + kept)
    assert [place(fault) for fault in read.faults] == [missing, (13, end, None, "UNZ", None, None, None)]


def test_a_message_trailer_cut_in_its_middle() -> None:
    data = UNB + MESSAGE[:-1]
    read = read_interchange(data)
    assert [place(fault) for fault in read.faults] == [
        (13, len(data), 0, "UNT", 3, None, None),
        (13, len(data), None, "UNZ", None, None, None),
    ]
    assert read.messages[0].segments[-1] == "UNT+3+1"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"UNH++CUSDEC:D:99B:UN'UNT+2+'", [("UNH", 4, 1, 2, None), ("UNT", 27, 2, 3, None)]),
        (b"UNH+1+:D:99B:UN'UNT+2+1'", [("UNH", 6, 1, 3, 1)]),
        (b"UNH+1'UNT+2+1'", [("UNH", 5, 1, 3, 1)]),
        (b"UNH'UNT+2+1'", [("UNH", 3, 1, 2, None), ("UNH", 3, 1, 3, 1), ("UNT", 10, 2, 3, None)]),
    ],
)
def test_what_a_message_header_must_have(message: bytes, expected: list[tuple[str, int, int, int, int | None]]) -> None:
    faults = read_interchange(interchange(message)).faults
    found = [(fault.tag, fault.offset - BODY, fault.segment, fault.element, fault.component) for fault in faults]
    codes = [fault.code for fault in faults]
    if message.startswith(b"UNH'"):
        assert codes.pop() is SyntaxCode.REFERENCES_DO_NOT_MATCH
    assert found == expected
    assert set(codes) == {SyntaxCode.MISSING}


def test_two_messages_with_one_reference() -> None:
    (fault,) = read_interchange(interchange(MESSAGE, MESSAGE, count=2)).faults
    assert place(fault) == (26, BODY + len(MESSAGE) + 4, 1, "UNH", 1, 2, None)
    assert fault.found == "1"


def test_an_interchange_without_messages() -> None:
    assert [place(fault) for fault in read_interchange(interchange(count=0)).faults] == [
        (32, BODY, None, "UNZ", None, None, None)
    ]


@pytest.mark.parametrize(
    ("parts", "offset", "length"),
    [
        ((b"BGM+1'", MESSAGE), 0, 6),
        ((MESSAGE, b"BGM+1'FTX'"), len(MESSAGE), 10),
        ((MESSAGE, b"UNT+3+1'"), len(MESSAGE), 8),
        ((MESSAGE, b"\n\n", b"UNH"), len(MESSAGE) + 2, 3),
        ((MESSAGE, b"'" * 1000), len(MESSAGE), 1000),
        ((UNB, MESSAGE), 0, len(UNB)),
        ((MESSAGE, b"FTX+UNH+'"), len(MESSAGE), 9),
    ],
)
def test_data_outside_messages_is_one_fault(parts: tuple[bytes, ...], offset: int, length: int) -> None:
    read = read_interchange(interchange(*parts))
    codes = [fault.code for fault in read.faults if fault.code is SyntaxCode.INVALID_OCCURRENCE_OUTSIDE]
    stray = read.faults[0]
    assert codes == [SyntaxCode.INVALID_OCCURRENCE_OUTSIDE]
    assert stray.offset == BODY + offset
    assert len(read.messages) == 1
    if parts[-1] != b"UNH":
        assert [stray] == read.faults
        assert stray.text == f"{length} bytes stand outside messages; put it between UNH and UNT"


def test_data_after_the_trailer() -> None:
    data = interchange(MESSAGE)
    for stray in (data, b"x", b" ", b"'"):
        (fault,) = read_interchange(data + stray).faults
        assert place(fault) == (33, len(data), None, None, None, None, None)
        assert fault.found == stray[:20].decode()


def test_functional_groups_are_refused_and_their_messages_named() -> None:
    group = b"UNG+CUSDEC+A+B+040127:0730+1+UN+D:99B'"
    read = read_interchange(interchange(group, MESSAGE, b"UNE+1+1'"))
    assert [place(fault) for fault in read.faults] == [
        (15, BODY, None, "UNG", None, None, None),
        (15, BODY + len(group) + len(MESSAGE), None, "UNE", None, None, None),
    ]
    assert len(read.messages) == 1


def test_tags_inside_data_open_and_close_nothing() -> None:
    message = MESSAGE.replace(b"EXD", b"UNZ?+UNT?+UNH").replace(b"1:1", b"?'UNT+3+1:1")
    read = read_interchange(interchange(message))
    assert read.faults == []
    assert read.messages[0].segments[1] == "BGM+830:::UNZ?+UNT?+UNH+?'UNT+3+1:1+9"


def test_a_released_reference_is_compared_as_text() -> None:
    message = MESSAGE.replace(b"UNH+1", b"UNH+?+?'").replace(b"+3+1'", b"+3+?+?''")
    read = read_interchange(interchange(message))
    assert (read.faults, read.messages[0].reference) == ([], "+'")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"EXD", b"E\tD", (1, 2, 4, 2, "\t")),
        (b"+9'", b"+\x80\x81'", (0, 4, None, 2, "\x80\x81")),
        (b"BGM", b"B\x00M", (1, 1, None, 2, "\x00")),
        (b"EXD", b"E\nD", (1, 2, 4, 2, "\n")),
        (b"EXD", b"?'\nD", (2, 2, 4, 2, "\n")),
    ],
)
def test_characters_outside_the_repertoire(old: bytes, new: bytes, expected: tuple[int, int, int, int, str]) -> None:
    message = MESSAGE.replace(old, new)
    data = interchange(message)
    (fault,) = read_interchange(data).faults
    found = expected[4]
    element, component = {b"EXD": (2, 4), b"+9'": (4, None), b"BGM": (1, None)}[old]
    assert place(fault)[2:] == (0, new.decode("latin-1") if old == b"BGM" else "BGM", 2, element, component)
    assert fault.code is SyntaxCode.INVALID_CHARACTERS
    assert fault.offset == data.index(found.encode("latin-1"))
    assert fault.found == found


@pytest.mark.parametrize(
    ("syntax", "good", "bad"),
    [(b"UNOA", b"AZ09 !*;", b"a"), (b"UNOB", b"AZaz", b"_"), (b"UNOC", b"_@\xa0\xff", b"\x9f")],
)
def test_each_syntax_identifier_has_its_repertoire(syntax: bytes, good: bytes, bad: bytes) -> None:
    data = interchange(MESSAGE).replace(b"UNOC", syntax)
    assert read_interchange(data.replace(b"EXD", good)).faults == []
    (fault,) = read_interchange(data.replace(b"EXD", bad)).faults
    assert (fault.code, fault.offset) == (SyntaxCode.INVALID_CHARACTERS, data.index(b"EXD"))
    assert fault.rule == f"ISO 9735 version 3, character repertoire {syntax.decode()}"


def test_strange_characters_in_the_envelope() -> None:
    data = interchange(MESSAGE).replace(b"AAA336C", b"AAA\x07").replace(b"UNZ+1", b"UNZ+1\x07")
    faults = read_interchange(data).faults
    assert [(fault.code, fault.tag, fault.offset, fault.message, fault.segment) for fault in faults] == [
        (SyntaxCode.INVALID_CHARACTERS, "UNB", data.index(b"\x07"), None, None),
        (SyntaxCode.INVALID_CHARACTER_TYPE, "UNZ", data.rindex(b"1\x07"), None, None),
        (SyntaxCode.INVALID_CHARACTERS, "UNZ", data.rindex(b"\x07"), None, None),
    ]


def test_empty_segments_in_a_message_are_one_fault_for_each_run() -> None:
    message = MESSAGE.replace(b"9'", b"9''''FTX''").replace(b"UNT+3", b"UNT+8")
    faults = read_interchange(interchange(message)).faults
    run = BODY + message.index(b"''") + 1
    assert [place(fault) for fault in faults] == [
        (13, run, 0, None, 3, 1, None),
        (13, BODY + message.index(b"FTX") + 4, 0, None, 7, 1, None),
    ]


def test_a_reader_takes_streams() -> None:
    data = interchange(MESSAGE, SECOND, count=2)
    reader = InterchangeReader(BytesIO(data))
    assert reader.header == HEADER
    assert list(reader) == read_interchange(data).messages
    assert list(reader) == []
    assert reader.faults == []


def test_faults_appear_as_messages_are_taken() -> None:
    reader = InterchangeReader(interchange(MESSAGE, SECOND, count=3))
    messages = iter(reader)
    next(messages)
    assert reader.faults == []
    assert [raw.reference for raw in messages] == ["2"]
    assert [fault.code for fault in reader.faults] == [SyntaxCode.CONTROL_COUNT_DOES_NOT_MATCH]


@pytest.mark.parametrize("path", corpus_interchanges(), ids=lambda path: path.stem)
def test_samples_are_faultless(path) -> None:
    read = read_interchange(path.read_bytes())
    assert read.faults == []
    assert (len(read.messages), read.newline) == (1, "\n")


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    read = read_interchange(data)
    assert read.header is not None or read.faults != []


@given(
    st.lists(
        st.sampled_from([b"UNH+1+A:B'", b"UNT+3+1'", b"UNZ+1+1'", b"'", b"?", b"\n", b"BGM+1'", b"\x00", b"UNG'", UNB]),
        max_size=25,
    )
)
def test_faults_lie_where_they_say(parts: list[bytes]) -> None:
    data = UNB + b"".join(parts)
    read = read_interchange(data)
    assert all(0 <= fault.offset <= len(data) for fault in read.faults)
    for fault in read.faults:
        if fault.code is SyntaxCode.INVALID_CHARACTERS:
            assert data[fault.offset] in b"\x00\n"
        if fault.segment and fault.message is not None and fault.element and fault.tag != "UNT":
            place = offset_of(read.messages[fault.message], fault.segment, fault.element, fault.component)
            assert place <= fault.offset
    for raw in read.messages:
        assert data.startswith(raw.text.encode("latin-1"), raw.offset)


@given(st.data())
def test_a_changed_byte_never_goes_wrong(data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(corpus_interchanges())).read_bytes()
    at = data.draw(st.integers(0, len(original) - 1))
    changed = original[:at] + data.draw(st.binary(max_size=3)) + original[at + data.draw(st.integers(0, 3)) :]
    read = read_interchange(changed, Limits(segment_length=60))
    assert all(0 <= fault.offset <= len(changed) for fault in read.faults)
