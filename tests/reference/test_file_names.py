"""Names of reference files."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.reference.file_names import FileName, Format, environment_code, parse
from openics.reference.problems import ReferenceFileError


def test_a_documented_name_is_taken_apart() -> None:
    assert parse("XCHGRATE-P1-EDMAIN-2002220144.txt") == FileName(
        "XCHGRATE", "P1", "EDMAIN", datetime(2020, 2, 21, 14, 44, tzinfo=UTC), Format.TXT
    )


def test_twelve_digits_say_the_same_as_ten() -> None:
    assert parse("PORT-Q1-EDCHNG-202607150144.csv") == parse("PORT-Q1-EDCHNG-2607150144.csv")
    assert parse("PORT-Q1-EDCHNG-2607150144.csv").stamp == datetime(2026, 7, 14, 15, 44, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "change"), [("EDMAIN", False), ("EDCHNG", True), ("ABCDEF", False)])
def test_any_six_letters_name_a_kind(kind: str, change: bool) -> None:
    assert parse(f"PORT-P1-{kind}-2607150144.txt").is_change is change


@pytest.mark.parametrize(
    "name",
    [
        "port.csv",
        "port-P1-EDMAIN-2607150144.txt",
        "PORTSPORT-P1-EDMAIN-2607150144.txt",
        "PORT-T1-EDMAIN-2607150144.txt",
        "PORT-P1-MAIN-2607150144.txt",
        "PORT-P1-EDMAIN-26071501.txt",
        "PORT-P1-EDMAIN-2607150144.xlsx",
        "PORT-P1-EDMAIN-2607150144.txt\n",
        "",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ReferenceFileError) as refused:
        parse(name)
    assert str(refused.value) == (
        f"{name}: the name is not one of a reference file; name it CODE-P1-EDMAIN-YYMMDDHHMM.txt "
        "(Q1 for industry test, EDCHNG for changes, or .csv or .json)"
    )


@pytest.mark.parametrize("stamp", ["2613150144", "2602300144", "2602012460", "000002010144"])
def test_a_stamp_that_is_no_moment_is_refused(stamp: str) -> None:
    with pytest.raises(ReferenceFileError) as refused:
        parse(f"PORT-P1-EDMAIN-{stamp}.txt")
    assert [each.cause for each in refused.value.problems] == [f"its stamp {stamp} is not a moment"]


@given(st.integers(10**9, 4 * 10**9), st.sampled_from(Format), st.booleans())
def test_a_name_that_is_written_is_read_again(seconds: int, form: Format, test: bool) -> None:
    written = FileName("ESTABMNT", environment_code(test=test), "EDMAIN", datetime.fromtimestamp(seconds, UTC), form)
    assert str(parse(str(written))) == str(written)
