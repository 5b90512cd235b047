"""The strict check by the directory alone: what it finds in a message that is not right, and that the samples pass it."""

from pathlib import Path

import pytest

from openics.edifact.directory import parse_format
from openics.edifact.reader import read_interchange
from openics.edifact.separators import Separators
from openics.edifact.standard import standard_message
from openics.edifact.strictness import check_message, misfit

ROOT = Path(__file__).parents[2]
SAMPLES = sorted([*ROOT.glob("tests/corpus/*.edi"), *ROOT.glob("src/openics/messages/*/examples/*.edi")])

EXPLAINED: dict[str, dict[str, str]] = {}
"""What is known to be wrong in a real sample, by its file and the sentence, with the reason why it stays so."""


def faults(*segments: str, kind: str = "GENRAL") -> list[str]:
    """What is wrong with a message whose UNH, BGM and UNT are in order."""
    whole = [f"UNH+1+{kind}:D:99B:UN", "BGM+23", *segments, f"UNT+{len(segments) + 3}+1"]
    return check_message(standard_message(kind), whole)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.parent.parent.name}/{sample.name}")
def test_a_sample_is_right_by_the_directory(sample: Path) -> None:
    data = sample.read_bytes()
    if data.startswith(b"UNH"):
        data = b"UNB+UNOC:3+X+X+261102:0900+1'" + data + b"UNZ+1+1'"
    found = [
        text
        for raw in read_interchange(data).messages
        for text in check_message(standard_message(raw.type), raw.segments, raw.separators)
    ]
    assert set(found) == EXPLAINED.get(str(sample.relative_to(ROOT)), {}).keys()


def test_what_is_right_has_no_faults() -> None:
    assert faults("DTM+137:20261102:102", "RFF+TN:A", "RFF+ABO:B?+C", "DTM+137:20261102:102", "NAD+MR+X::95") == []


@pytest.mark.parametrize(
    ("segments", "wrong"),
    [
        (["DTM+137:20261102:102"] * 2, "segment 4 (DTM) has no place here"),
        (["NAD+MR+X", "RFF+TN:A"] * 3, "segment 7 (NAD) has no place here"),
        (["LOC+9+AUMEL"], "segment 3 (LOC) has no place here"),
        (["NAD+MR+X", "COM+1:TE"], "segment 4 (COM) has no place here"),
        (["NAD"], "segment 3 (NAD): 3035 is mandatory"),
        (["RFF"], "segment 3 (RFF): C506 is mandatory"),
        (["RFF+:A"], "segment 3 (RFF): C506.1153 is mandatory"),
        (["NAD+MR+:160"], "segment 3 (NAD): C082.3039 is mandatory"),
        (["NAD+MR+"], "segment 3 (NAD): nothing follows its last element separator"),
        (["RFF+TN:A:"], "segment 3 (RFF): nothing follows the last component separator of element 2"),
        (["RFF+TN:A::::F"], "segment 3 (RFF): element 2 has 6 components; the directory has 5"),
        (["RFF+TN:" + "X" * 36], f"segment 3 (RFF): C506.1154 {'X' * 36!r} has 36 characters; its format is an..35"),
        (["RFF+TX1:A"], "segment 3 (RFF): C506.1153 'TX1' is no code of 1153"),
    ],
)
def test_each_fault_is_found(segments: list[str], wrong: str) -> None:
    assert faults(*segments) == [wrong]


def test_too_many_elements_are_found() -> None:
    assert faults("RFF+TN:A+B") == ["segment 3 (RFF): 2 elements; the directory has 1"]


def test_what_is_missing_is_named_with_its_place() -> None:
    whole = ["UNH+1+CUSDEC:D:99B:UN", "BGM+1", "CST+1", "UNT+4+1"]
    assert check_message(standard_message("CUSDEC"), whole) == [
        "UNS is missing before segment 4",
        "UNS is missing before segment 4",
    ]
    whole = ["UNH+1+CUSCAR:D:99B:UN", "BGM+1", "CNI+1", "RFF+ABO:1", "UNT+5+1"]
    assert check_message(standard_message("CUSCAR"), whole) == ["SG14 is missing before segment 5"]


def test_the_trailer_must_agree() -> None:
    text = "UNT does not tell 3 segments and the reference of UNH"
    assert check_message(standard_message("GENRAL"), ["UNH+1+GENRAL:D:99B:UN", "BGM+1", "UNT+4+1"]) == [text]
    assert check_message(standard_message("GENRAL"), ["UNH+1+GENRAL:D:99B:UN", "BGM+1", "UNT+3+2"]) == [text]


def test_a_segment_that_the_directory_does_not_have_is_named() -> None:
    assert faults("ZZZ+1") == [
        "segment 3 (ZZZ) has no place here",
        "segment 3 (ZZZ): the directory does not have it",
    ]


def test_other_service_characters_are_known() -> None:
    strange = Separators(component="|", element="*", decimal=",", release="\\", terminator="~")
    whole = ["UNH*1*CUSREP|D|99B|UN", "BGM*1", "QTY*1|1,5", "UNT*4*1"]
    assert check_message(standard_message("CUSREP"), whole, strange) == []


@pytest.mark.parametrize(
    ("text", "wanted", "wrong"),
    [
        ("-12.50", "n..4", None),
        ("12,50", "n..4", "is not a number"),
        (".5", "n..4", "is not a number"),
        ("1.", "n..4", "is not a number"),
        ("12345", "n..4", "has 5 characters; its format is n..4"),
        ("12", "n3", "has 2 characters; its format is n3"),
        ("A B", "a3", None),
        ("A1", "a..3", "holds digits"),
        ("A1B", "an..2", "has 3 characters; its format is an..2"),
    ],
)
def test_a_value_is_held_to_its_format(text: str, wanted: str, wrong: str | None) -> None:
    assert misfit(text, parse_format(wanted)) == wrong
