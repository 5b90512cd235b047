"""Delegations: who may give what to whom, for which days, and when they are in force."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as each_of
from hypothesis import strategies as st

from openics.clients import delegation_rules
from openics.clients.access_codes import Application, Level
from openics.clients.access_levels import LICENSED_BROKERAGE
from openics.clients.delegation_rules import LONGEST, Delegation, Party
from openics.clients.register_errors import RegisterError

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PRINCIPAL = Party("51824753556", frozenset({"IMPORTER"}))
BROKER = Party("53004085616", frozenset({LICENSED_BROKERAGE}))
LODGES = (Application.IMPORTS, Level.LODGE)


def give(**changes: Any) -> Delegation:
    known: dict[str, Any] = {"principal": PRINCIPAL, "delegate": BROKER, "grant": LODGES, "first_day": TODAY}
    known |= {"last_day": TODAY + timedelta(days=30), "today": TODAY}
    return delegation_rules.given(**{**known, **changes})


GIVEN = Delegation("51824753556", "53004085616", LODGES, TODAY, TODAY + timedelta(days=30))


def test_a_delegation_is_given() -> None:
    assert give() == GIVEN
    assert give(last_day=TODAY) == Delegation("51824753556", "53004085616", LODGES, TODAY, TODAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"delegate": None}, "unknown-delegate"),
        ({"delegate": Party("53004085616", BROKER.roles, active=False)}, "unknown-delegate"),
        ({"delegate": PRINCIPAL}, "own-delegate"),
        ({"grant": (Application.SITES, Level.AMEND)}, "not-delegable"),
        ({"grant": (Application.REGISTER, Level.READ)}, "not-delegable"),
        ({"delegate": Party("53004085616", frozenset({"EXPORTER"}))}, "role-needed"),
        ({"principal": Party("51824753556", frozenset({"EXPORTER"}))}, "role-needed"),
        ({"last_day": TODAY - timedelta(days=1)}, "days-swapped"),
        ({"first_day": TODAY - timedelta(days=1)}, "day-past"),
        ({"last_day": TODAY + LONGEST + timedelta(days=1)}, "too-long"),
        ({"others": (GIVEN,)}, "delegated-already"),
    ],
)
def test_what_may_not_be_given(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RegisterError) as found:
        give(**changes)
    assert found.value.code == code


@pytest.mark.parametrize(
    "other",
    [
        Delegation("51824753556", "53004085616", LODGES, TODAY, TODAY, ended_at=NOW),
        Delegation("51824753556", "53004085616", (Application.IMPORTS, Level.READ), TODAY, TODAY),
        Delegation("51824753556", "80000000001", LODGES, TODAY, TODAY),
        Delegation("51824753556", "53004085616", LODGES, TODAY + timedelta(days=31), TODAY + timedelta(days=40)),
    ],
)
def test_what_does_not_stand_in_the_way(other: Delegation) -> None:
    assert give(others=(other,)) == GIVEN


def test_the_days_it_is_in_force() -> None:
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=30), TODAY + timedelta(days=31)]
    assert [GIVEN.holds_on(day) for day in days] == [False, True, True, False]
    assert [GIVEN.is_over(day) for day in days] == [False, False, False, True]


def test_ending() -> None:
    ended = delegation_rules.ended(GIVEN, NOW, TODAY)
    assert ended == Delegation("51824753556", "53004085616", LODGES, GIVEN.first_day, GIVEN.last_day, NOW)
    assert delegation_rules.ended(ended, NOW, TODAY) is None
    assert delegation_rules.ended(GIVEN, NOW, TODAY + timedelta(days=31)) is None
    assert [ended.holds_on(TODAY), ended.is_over(TODAY)] == [False, True]


DAYS = st.integers(0, 40).map(lambda days: TODAY + timedelta(days=days))


@each_of(DAYS, DAYS, DAYS, DAYS, DAYS)
def test_delegations_overlap_where_both_are_in_force(
    first: date, last: date, other: date, end: date, day: date
) -> None:
    one = Delegation("a", "b", LODGES, min(first, last), max(first, last))
    two = Delegation("a", "b", LODGES, min(other, end), max(other, end))
    assert one.overlaps(two) is two.overlaps(one)
    assert not (one.holds_on(day) and two.holds_on(day)) or one.overlaps(two)
