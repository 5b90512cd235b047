"""The guards: what is refused, and what is only suspected."""

from datetime import date, timedelta

import pytest

from openics.reference.facts import Entry
from openics.reference.guards import (
    Arriving,
    Difference,
    LastLoad,
    apply,
    clock_gone_back,
    difference,
    too_large,
    wrong_order,
)
from openics.reference.rows import Rows
from reference.reference_files import MONDAY, TUESDAY, airline, airlines

LAST = LastLoad("monday.csv", "main", MONDAY, "digest", MONDAY)
SAMPLE = LastLoad("samples", "sample", TUESDAY, "digest", TUESDAY)
QANTAS, LATER = airline("QF", date(2000, 1, 1), date(2019, 12, 31)), airline("QF", date(2020, 1, 1))


def test_the_difference_of_two_states() -> None:
    ended, new = airline("NZ", last=date(2026, 1, 1)), airline("SQ")
    assert difference([QANTAS, airline("NZ")], [new, ended]) == Difference((new,), (QANTAS,), ((airline("NZ"), ended),))
    assert difference([QANTAS], [QANTAS]).is_empty is True
    assert difference([QANTAS], [LATER]).is_empty is False


@pytest.mark.parametrize(
    ("file", "last", "told"),
    [
        (Arriving("f", "Q1", TUESDAY, "new"), LAST, []),
        (Arriving("f", "Q1", MONDAY, "digest"), LAST, []),
        (Arriving("f", "Q1", MONDAY, "new"), None, []),
        (Arriving("f", "Q1", MONDAY, "new"), SAMPLE, []),
        (
            Arriving("f", "P1", TUESDAY, "new"),
            LAST,
            ["f: it is a file of environment P1, and this system is Q1; fetch the file of Q1"],
        ),
        (
            Arriving("f", "Q1", MONDAY - timedelta(minutes=1), "new"),
            LAST,
            ["f: it is older than monday.csv, which is loaded; fetch the newest file; what is loaded is not put back"],
        ),
        (
            Arriving("f", "Q1", MONDAY, "new"),
            LAST,
            [
                "f: monday.csv of the same minute is loaded, with other content; "
                "ask who made the files which one is right, and give it a later stamp"
            ],
        ),
        (
            Arriving("f", "Q1", TUESDAY + timedelta(days=1, minutes=1), "new"),
            LAST,
            ["f: its stamp 2026-11-25 02:01 UTC lies in the future; check the stamp and this clock"],
        ),
    ],
)
def test_the_order_of_files(file: Arriving, last: LastLoad | None, told: list[str]) -> None:
    found = list(wrong_order(file, last, "Q1", TUESDAY))
    assert [str(each) for each in found] == told
    assert [each for each in found if each.may_force] == []


def test_a_clock_that_goes_back_is_noticed() -> None:
    assert list(clock_gone_back("f", LAST, MONDAY)) == []
    assert list(clock_gone_back("f", None, MONDAY)) == []
    (found,) = clock_gone_back("f", LAST, MONDAY - timedelta(hours=1))
    assert found.cause == "the clock shows 2026-11-23 01:00 UTC, before the last load at 2026-11-23 02:00 UTC"
    assert found.may_force is False


@pytest.mark.parametrize(
    ("before", "after", "causes"),
    [
        (airlines(20), airlines(18), []),
        (
            airlines(20),
            airlines(17),
            ["the set would fall from 20 rows to 17", "3 of 20 codes would be gone"],
        ),
        (airlines(20), [airline(f"Z{number}") for number in range(10)] + airlines(15), ["5 of 20 codes would be gone"]),
        (airlines(1), airlines(200), []),
        ([], airlines(1), []),
    ],
)
def test_a_set_that_shrinks_is_suspected(before: list[Entry], after: list[Entry], causes: list[str]) -> None:
    found = list(too_large("f", before, after, LAST))
    assert [each.cause for each in found] == causes
    assert {each.may_force for each in found} <= {True}
    assert list(too_large("f", before, after, SAMPLE)) == []


def test_an_empty_set_is_refused_even_in_place_of_samples() -> None:
    (found,) = too_large("f", airlines(3), [], SAMPLE)
    assert (found.cause, found.may_force) == ("it leaves the set without any entry", False)


def changes(*rows: tuple[Entry, str]) -> Rows:
    """Rows of a change file."""
    places = [f"f, line {number}" for number in range(1, len(rows) + 1)]
    return Rows([entry for entry, _ in rows], places, [action for _, action in rows])


def test_changes_are_applied_in_their_order() -> None:
    rows = changes((LATER, "I"), (airline("NZ"), "D"), (airline("NZ", prefix="086"), "I"), (QANTAS, "U"))
    after, problems = apply(rows, [airline("QF"), airline("NZ")])
    assert problems == []
    assert sorted(after, key=str) == sorted([QANTAS, LATER, airline("NZ", prefix="086")], key=str)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ((QANTAS, "I"), "QF from 2000-01-01 is there already"),
        ((LATER, "U"), "QF from 2020-01-01 is not there"),
        ((LATER, "D"), "QF from 2020-01-01 is not there"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(row: tuple[Entry, str], cause: str) -> None:
    after, problems = apply(changes(row), [QANTAS])
    assert after == [QANTAS]
    assert [str(each) for each in problems] == [
        f"f, line 1: {cause}; load the complete file (EDMAIN), then the changes after it"
    ]
