"""CONTRL: the report on an interchange, level by level."""

from pathlib import Path

import pytest

from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.reader import Interchange, read_interchange
from openics.messages.gateway.contrl import SyntaxReport, report
from openics.messages.reading import read_message
from openics.messages.writing import write_message

UNB = "UNB+UNOC:3+AAR399A::AAR399A+AAA336C+230627:1357+23062700000008++++1++1'"
REQUEST = "UNH+{0}+GENRAL:D:99B:UN'BGM+23:::STREQ+R{0}:1+13'RFF+TN:AAAAAAAT4'UNT+4+{0}'"


def interchange(*messages: str, end: str = "") -> Interchange:
    return read_interchange(
        (UNB + "".join(messages) + (end or f"UNZ+{len(messages)}+23062700000008'")).encode("latin-1")
    )


def segments(read: Interchange, *more: Fault, rejected: tuple[int, ...] = ()) -> list[str]:
    faults = [*read.faults, *more]
    for raw in read.messages:
        faults += read_message(raw).faults
    found = report(read, faults, rejected_messages=rejected)
    assert found is not None
    return write_message(found, "1")[1:-1]


UCI = "UCI+23062700000008+AAR399A::AAR399A+AAA336C"


def test_all_is_well() -> None:
    assert segments(interchange(REQUEST.format(1), REQUEST.format(2))) == [
        f"{UCI}+7",
        "UCM+1+GENRAL:D:99B:UN+7",
        "UCM+2+GENRAL:D:99B:UN+7",
    ]


def test_the_published_samples_have_the_same_form(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "contrl_rejected.edi").read_bytes()).messages
    sample = read_message(raw).document
    assert isinstance(sample, SyntaxReport)
    line = f"FTX+CAT+MO++:{'4' * 520}+AU"
    clreg = (
        f"UNH+1+CUSCAR:D:99B:UN'BGM+101:::CLREG+R:1+9'RFF+ABN:51824753556'FTX+CNP+++A'CNI+1'RFF+1'GID+1'{line}'UNT+9+1'"
    )
    found = segments(interchange(clreg))
    assert found == [f"{UCI}+4", "UCM+1+CUSCAR:D:99B:UN+4+18", "UCS+8+18", "UCD+13+5:1", "UCD+39+5:2", "UCD+15+6"]
    assert [segment[:3] for segment in found] == ["UCI", "UCM", "UCS", "UCD", "UCD", "UCD"]
    assert [segment[:3] for segment in write_message(sample, "1")[1:-1]] == ["UCI", "UCM", "UCS", "UCD", "UCD"]


def test_one_bad_message_leaves_the_others_accepted() -> None:
    bad = REQUEST.format(2).replace("RFF+TN:", "RFF+XX:")
    assert segments(interchange(REQUEST.format(1), bad)) == [
        f"{UCI}+7",
        "UCM+1+GENRAL:D:99B:UN+7",
        "UCM+2+GENRAL:D:99B:UN+4+18",
        "UCS+3+18",
        "UCD+14+2:1",
    ]


def test_all_messages_bad_refuse_the_interchange() -> None:
    bad = REQUEST.format(1).replace("RFF+TN:", "XYZ+TN:")
    assert segments(interchange(bad)) == [f"{UCI}+4", "UCM+1+GENRAL:D:99B:UN+4+18", "UCS+3+15"]


def test_an_unknown_message_is_refused_at_its_header() -> None:
    unknown = "UNH+1+IFTMIN:D:99B:UN'BGM+1'UNT+3+1'"
    assert segments(interchange(unknown)) == [f"{UCI}+4", "UCM+1+IFTMIN:D:99B:UN+4+14+UNH+3:1"]


def test_an_unknown_name_is_refused_at_bgm() -> None:
    unknown = "UNH+1+CUSDEC:D:99B:UN'BGM+830:::NOPE+1:1+9'UNT+3+1'"
    assert segments(interchange(unknown)) == [
        f"{UCI}+4",
        "UCM+1+CUSDEC:D:99B:UN+4+18",
        "UCS+2+18",
        "UCD+14+2:4",
    ]


def test_a_wrong_count_is_told_at_the_trailer() -> None:
    wrong = REQUEST.format(1).replace("UNT+4", "UNT+5")
    assert segments(interchange(wrong)) == [f"{UCI}+4", "UCM+1+GENRAL:D:99B:UN+4+29+UNT+2"]


def test_a_fault_of_the_interchange_refuses_all_of_it() -> None:
    assert segments(interchange(REQUEST.format(1), end="UNZ+2+23062700000008'")) == [f"{UCI}+4+29+UNZ+2"]
    duplicate = Fault(SyntaxCode.DUPLICATE, "used before", 0, tag="UNB", element=6)
    assert segments(interchange(REQUEST.format(1)), duplicate) == [f"{UCI}+4+26+UNB+6"]
    unknown = Fault(SyntaxCode.UNKNOWN_SENDER, "no such site", 0)
    assert segments(interchange(REQUEST.format(1)), unknown) == [f"{UCI}+4+23"]


def test_messages_may_be_refused_for_another_reason() -> None:
    assert segments(interchange(REQUEST.format(1), REQUEST.format(2)), rejected=(1,)) == [
        f"{UCI}+7",
        "UCM+1+GENRAL:D:99B:UN+7",
        "UCM+2+GENRAL:D:99B:UN+4+18",
    ]


def test_a_missing_segment_stands_beside_the_elements_of_the_one_before() -> None:
    exd = "UNH+1+CUSDEC:D:99B:UN'BGM+830:::EXD+R:1+9'MOA+63:.5'CST+1'UNS+S'UNT+6+1'"
    assert segments(interchange(exd)) == [
        f"{UCI}+4",
        "UCM+1+CUSDEC:D:99B:UN+4+18",
        "UCS+3+18",
        "UCD+38+2:2",
        "UCS+3+13",
    ]


def test_nobody_is_answered_without_a_header() -> None:
    assert report(read_interchange(b"nonsense")) is None


@pytest.mark.parametrize("header", ["UNH+" + "9" * 40 + "+" + "X" * 30 + ":YYYY:ZZZZ:WWWW'", "UNH'"])
def test_a_report_can_always_be_written(header: str) -> None:
    read = interchange(header + "BGM+1'UNT+3+1'")
    found = report(read, [*read.faults, *read_message(read.messages[0]).faults])
    assert found is not None
    assert found.messages[0].action == "4"
    assert write_message(found, "1")[1] == f"{UCI}+4"
