"""The entries of responses."""

import pytest

from openics.decision.answers import entries, error_count, listed
from openics.decision.findings import Finding, Severity
from openics.messages.response import ResponseEntry

ERROR = Finding(Severity.ERROR, "EX0001", "WRONG", 3, "R1")
ADVICE = Finding(Severity.ADVICE, "EX0002", "STRANGE")


def test_nothing_to_say_is_no_entry() -> None:
    assert entries([], accepted=True) == ()


def test_the_outcome_stands_first() -> None:
    assert entries([ADVICE, ERROR], accepted=False) == (
        ResponseEntry(line=0, severity="ADVICE", error="MS5201", text="THIS TRANSACTION WAS REJECTED"),
        ResponseEntry(line=0, severity="ADVICE", error="EX0002", text="STRANGE"),
        ResponseEntry(line=3, severity="ERROR", error="EX0001", text="WRONG"),
    )
    assert [entry.error for entry in entries([ADVICE], accepted=True)] == ["MS5202", "EX0002"]


def test_findings_can_be_listed_without_an_outcome() -> None:
    assert listed([ADVICE]) == (ResponseEntry(line=0, severity="ADVICE", error="EX0002", text="STRANGE"),)


@pytest.mark.parametrize(
    ("errors", "advices", "kept"), [(0, 60, 0), (50, 0, 50), (51, 0, 50), (30, 30, 30), (60, 9, 50)]
)
def test_at_most_50_are_listed_errors_before_advices(errors: int, advices: int, kept: int) -> None:
    given = entries([ADVICE] * advices + [ERROR] * errors, accepted=False)
    assert len(given) == min(errors + advices, 50) + 1
    assert error_count(given) == kept
