"""UNA and UNB: what they say and what is wrong with them, to the byte."""

from zoneinfo import ZoneInfo

import pytest

from edifact_interchanges import HEADER, MESSAGE, UNB, UNZ
from openics.edifact.envelope import Header, parse_header
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.limits import DEFAULT_LIMITS, Limits
from openics.edifact.opening import read_header, read_opening
from openics.edifact.reader import read_interchange
from openics.edifact.separators import Separators

GOOD = "UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+040127:0730+200401270001++++1++1"


def places(faults: list[Fault]) -> list[tuple[int, int, int | None, int | None]]:
    return [(fault.code, fault.offset, fault.element, fault.component) for fault in faults]


def test_a_header_is_read_in_full() -> None:
    header, faults = parse_header("UNB+UNOB:3+S:1:O+R:2:T+991231:2359+REF+PW:AA+APP+P+1+AGREED+1")
    assert faults == []
    assert header == Header(
        syntax_id="UNOB",
        sender="S",
        sender_qualifier="1",
        owner="O",
        recipient="R",
        recipient_qualifier="2",
        recipient_routing="T",
        date="991231",
        time="2359",
        control_reference="REF",
        password="PW",
        password_qualifier="AA",
        application_reference="APP",
        priority="P",
        acknowledgement_request=True,
        agreement="AGREED",
        test=True,
    )


def test_header_alone_is_read_without_the_rest() -> None:
    assert read_header(UNB) == HEADER
    assert read_header(b"UNA:+.? '\r\n" + UNB + b"what'ever") == HEADER
    assert read_header(b"hello") is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("UNOC:3", "UNOY:3", (2, 4, 2, 1)),
        ("UNOC:3", "UNOC:4", (2, 9, 2, 2)),
        ("UNOC:3", "UNOC", (13, 8, 2, 2)),
        ("UNOC:3", ":3", (13, 4, 2, 1)),
        ("AAA676Y::AAA676Y", "::AAA676Y", (13, 11, 3, 1)),
        ("AAA676Y::AAA676Y", "AAA676Y::123456789012345", (39, 20, 3, 3)),
        ("AAA676Y::AAA676Y", "AAA676Y::A:B", (16, 22, 3, 4)),
        ("AAA336C", "", (13, 28, 4, 1)),
        ("AAA336C", "A" * 36, (39, 28, 4, 1)),
        ("040127:0730", "040127", (13, 42, 5, 2)),
        ("040127:0730", "04012:0730", (40, 36, 5, 1)),
        ("040127:0730", "040127:073O", (37, 43, 5, 2)),
        ("040127:0730", "041327:0730", (12, 36, 5, 1)),
        ("040127:0730", "040127:2460", (12, 36, 5, 1)),
        ("200401270001", "", (13, 48, 6, None)),
        ("200401270001", "123456789012345", (39, 48, 6, None)),
        ("200401270001", "2004:1", (16, 53, 6, 2)),
        ("++++1++1", "++++0++1", (12, 64, 10, None)),
        ("++++1++1", "++++1++2", (12, 67, 12, None)),
        ("++++1++1", "++++1++1+X", (16, 69, 13, None)),
        ("++++1++1", "+:A+++1++1", (40, 62, 7, 2)),
    ],
)
def test_each_fault_of_a_header_has_its_code_and_place(old: str, new: str, expected: tuple[int, ...]) -> None:
    _, faults = parse_header(GOOD.replace(old, new))
    assert places(faults) == [expected]
    assert faults[0].tag == "UNB"
    assert faults[0].rule == "ISO 9735 version 3, UNB"


def test_a_fault_of_the_header_names_the_item_and_what_stands_there() -> None:
    _, (fault,) = parse_header(GOOD.replace("0730", "730"), offset=9)
    assert (fault.name, fault.found, fault.offset) == ("time", "730", 9 + 43)
    assert fault.text == "UNB S004/0019 has 3 characters; at least 4 are needed"


def test_preparation_time_is_in_the_zone_of_the_sender() -> None:
    prepared = HEADER.prepared_at(ZoneInfo("Australia/Sydney"))
    assert prepared is not None
    assert prepared.isoformat() == "2004-01-27T07:30:00+11:00"


@pytest.mark.parametrize(
    ("date", "time"), [("041327", "0730"), ("0401", "270730"), ("04012x", "0730"), ("", ""), ("²40127", "0730")]
)
def test_what_is_no_date_has_no_preparation_time(date: str, time: str) -> None:
    header = Header(sender="A", recipient="B", date=date, time=time, control_reference="1")
    assert header.prepared_at(ZoneInfo("UTC")) is None


def test_una_gives_the_service_characters() -> None:
    data = b"UNA|*,! ~" + UNB.translate(bytes.maketrans(b":+'", b"|*~"))
    opening = read_opening(data, DEFAULT_LIMITS)
    assert opening.separators == Separators("|", "*", ",", "!", " ", "~")
    assert opening.header == HEADER
    assert (opening.faults, opening.una, opening.start) == ([], True, 9)


def test_a_space_means_no_release_character() -> None:
    opening = read_opening(b"UNA:+.  '" + UNB.replace(b"+2004", b"+20?4"), DEFAULT_LIMITS)
    assert opening.separators.releases is False
    assert opening.header is not None
    assert opening.header.control_reference == "20?401270001"


@pytest.mark.parametrize(
    ("una", "code", "offset", "header"),
    [
        (b"UNA:+x? '", SyntaxCode.INVALID_AS_SERVICE_CHARACTER, 5, HEADER),
        (b"UNA:+.?:'", SyntaxCode.INVALID_AS_SERVICE_CHARACTER, 7, HEADER),
        (b"UNA:+.R '", SyntaxCode.INVALID_AS_SERVICE_CHARACTER, 6, HEADER),
        (b"UNA:+.?", SyntaxCode.INVALID_SERVICE_CHARACTERS, 3, None),
    ],
)
def test_faulty_service_characters(una: bytes, code: SyntaxCode, offset: int, header: Header | None) -> None:
    data = una + (UNB + MESSAGE + UNZ if len(una) == 9 else b"")
    read = read_interchange(data)
    assert [(fault.code, fault.offset, fault.tag) for fault in read.faults] == [(code, offset, "UNA")]
    assert read.header == header


@pytest.mark.parametrize("una", [b"UNA++.? '", b"UNA:+.' '", b"UNA:+.?'+", b"UNA:+.? \n"])
def test_one_character_with_two_meanings_cannot_be_read(una: bytes) -> None:
    read = read_interchange(una + UNB + MESSAGE + UNZ)
    assert read.header is None
    assert read.messages == []
    assert read.faults[-1].code is SyntaxCode.INVALID_SERVICE_CHARACTERS


def test_a_wrong_decimal_mark_leaves_the_full_stop() -> None:
    assert read_interchange(b"UNA:+x? '" + UNB + MESSAGE + UNZ).messages[0].separators.decimal == "."


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"", 0),
        (b"<xml/>", 0),
        (b"\x00\xff", 0),
        (b"UNH+1'", 0),
        (b"\xef\xbb\xbf" + UNB, 0),
        (b"UNA:+.? 'UNH+1'", 9),
        (b"UNA:+.? '\nUNX", 10),
    ],
)
def test_what_is_no_interchange_has_no_header(data: bytes, offset: int) -> None:
    read = read_interchange(data)
    assert (read.header, read.messages) == (None, [])
    assert places(read.faults) == [(13, offset, None, None)]


def test_a_header_cut_off_is_no_header() -> None:
    read = read_interchange(UNB[:-1])
    assert read.header is None
    assert places(read.faults) == [(13, len(UNB) - 1, None, None)]
    assert read.faults[0].text == "UNB has no terminator; the interchange is cut off"


def test_a_header_longer_than_any_segment_may_be_is_not_searched_to_the_end() -> None:
    read = read_interchange(b"UNB+" + b"A" * 200 + b"'", Limits(segment_length=100))
    assert read.header is None
    assert places(read.faults) == [(39, 0, None, None)]


@pytest.mark.parametrize("header", [UNB.replace(b"UNOC", b"UNOD"), UNB.replace(b"C:3", b"C:4")])
def test_nothing_after_a_header_of_another_syntax_is_read(header: bytes) -> None:
    read = read_interchange(header + MESSAGE + b"rubbish")
    assert read.header is not None
    assert read.header.sender == "AAA676Y"
    assert read.messages == []
    assert [fault.code for fault in read.faults] == [SyntaxCode.VERSION_NOT_SUPPORTED]
