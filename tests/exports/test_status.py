"""The status that conditions make, and what time does to them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from export_declarations import CLEAR, EDN, NOW, exported, stored
from openics.decision.conditions import Condition, State, next_actions
from openics.decision.outcome import Due
from openics.exports.codes import SELF_EXPIRING, ConditionName, Status
from openics.exports.status import DUE_EXPIRE, DUE_IDLE, DUE_REVOKE, Deadlines, aged, due_dates, status

MELBOURNE = ZoneInfo("Australia/Melbourne")
ALL_WELL = {
    ConditionName.NOT_WITHDRAWN: State.MET,
    ConditionName.IN_ORDER: State.MET,
    ConditionName.PERMITS: State.NOT_APPLICABLE,
    ConditionName.NOT_HELD: State.MET,
    ConditionName.EXPORTED: State.NOT_MET,
    ConditionName.NOT_IDLE: State.MET,
    ConditionName.NOT_REVOKED: State.MET,
}


def conditions(**changes: State) -> list[Condition]:
    """All conditions well but for the changes, by member name."""
    states = ALL_WELL | {ConditionName[name]: state for name, state in changes.items()}
    return [Condition(name, state) for name, state in states.items()]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Status.CLEAR),
        ({"IN_ORDER": State.NOT_MET}, Status.ERROR),
        ({"PERMITS": State.NOT_MET}, Status.ERROR),
        ({"NOT_IDLE": State.NOT_MET}, Status.IDLE),
        ({"NOT_IDLE": State.NOT_MET, "NOT_REVOKED": State.NOT_MET}, Status.REVOKED),
        ({"NOT_HELD": State.NOT_MET}, Status.HELD),
        ({"NOT_HELD": State.NOT_MET, "IN_ORDER": State.NOT_MET}, Status.HELD),
        ({"EXPORTED": State.MET}, Status.EXPIRED),
        ({"EXPORTED": State.MET, "PERMITS": State.NOT_MET}, Status.EXPIRED_ERROR),
        ({"NOT_WITHDRAWN": State.NOT_MET, "IN_ORDER": State.NOT_MET}, Status.WITHDRAWN),
    ],
)
def test_status_follows_from_the_conditions(changes: dict[str, State], expected: Status) -> None:
    assert status(conditions(**changes)) is expected


def test_deadlines_are_local_midnights() -> None:
    assert Deadlines.of(CLEAR, MELBOURNE).at == {
        DUE_IDLE: datetime(2026, 12, 10, 13, 0, tzinfo=UTC),
        DUE_REVOKE: datetime(2026, 12, 30, 13, 0, tzinfo=UTC),
    }


def test_deadlines_know_summer_time() -> None:
    winter = CLEAR.replace(intended_export_date=date(2026, 6, 1))
    assert Deadlines.of(winter, MELBOURNE).at[DUE_IDLE] == datetime(2026, 6, 10, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("goods_type", sorted(SELF_EXPIRING))
def test_goods_that_no_manifest_names_expire_by_themselves(goods_type: str) -> None:
    sent = CLEAR.replace(goods_type=goods_type)
    assert Deadlines.of(sent, MELBOURNE).at == {DUE_EXPIRE: datetime(2026, 12, 1, 13, 0, tzinfo=UTC)}


def test_without_a_date_there_are_no_deadlines() -> None:
    assert Deadlines.of(CLEAR.replace(intended_export_date=None), MELBOURNE).at == {}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(days=10, seconds=-1), Status.CLEAR),
        (timedelta(days=10), Status.IDLE),
        (timedelta(days=30, seconds=-1), Status.IDLE),
        (timedelta(days=30), Status.REVOKED),
    ],
)
def test_time_makes_a_declaration_idle_and_then_revokes_it(after: timedelta, expected: Status) -> None:
    midnight = datetime(2026, 11, 30, 13, 0, tzinfo=UTC)
    assert status(aged(stored().conditions, Deadlines.of(CLEAR, MELBOURNE), midnight + after)) is expected


def test_an_idle_declaration_says_who_must_do_what_and_since_when() -> None:
    later = datetime(2026, 12, 20, tzinfo=UTC)
    waiting = next_actions(aged(stored().conditions, Deadlines.of(CLEAR, MELBOURNE), later))
    assert [(each.name, each.who, each.since) for each in waiting] == [
        (ConditionName.EXPORTED, "forwarder or carrier", NOW),
        (ConditionName.NOT_IDLE, "reporting party", datetime(2026, 12, 10, 13, 0, tzinfo=UTC)),
    ]
    assert waiting[1].action == "amend the intended export date or withdraw the declaration"


def test_exported_goods_do_not_go_idle() -> None:
    later = datetime(2027, 6, 1, tzinfo=UTC)
    left = aged(exported(stored()).conditions, Deadlines.of(CLEAR, MELBOURNE), later)
    assert status(left) is Status.EXPIRED
    assert next_actions(left) == ()


def test_ageing_again_changes_nothing() -> None:
    later, deadlines = datetime(2026, 12, 20, tzinfo=UTC), Deadlines.of(CLEAR, MELBOURNE)
    once = aged(stored().conditions, deadlines, later)
    assert aged(once, deadlines, later) == once


def test_due_dates_that_have_passed_are_not_set_again() -> None:
    later, deadlines = datetime(2026, 12, 20, tzinfo=UTC), Deadlines.of(CLEAR, MELBOURNE)
    assert due_dates(EDN, Status.IDLE, deadlines, later) == (
        Due(DUE_IDLE, "EDN", EDN, None),
        Due(DUE_REVOKE, "EDN", EDN, datetime(2026, 12, 30, 13, 0, tzinfo=UTC)),
        Due(DUE_EXPIRE, "EDN", EDN, None),
    )


@pytest.mark.parametrize("over", [Status.WITHDRAWN, Status.EXPIRED, Status.EXPIRED_ERROR])
def test_nothing_is_due_of_what_is_over(over: Status) -> None:
    assert {each.at for each in due_dates(EDN, over, Deadlines.of(CLEAR, MELBOURNE), NOW)} == {None}


@pytest.mark.parametrize("condition", stored().conditions, ids=lambda condition: str(condition.name))
def test_conditions_survive_their_json_form(condition: Condition) -> None:
    assert Condition.from_json(condition.to_json()) == condition


def test_every_status_has_a_description() -> None:
    assert [each for each in Status if not each.description] == []
