"""When which notice is due, with the edges of daylight saving in Canberra."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from openics.exchange.canberra import days_before, days_until, in_canberra, start_of_day
from openics.exchange.notices.steps import (
    RollOver,
    Step,
    certificate_steps,
    following,
    latest,
    outage_steps,
    roll_overs,
)
from openics.exchange.policy import CANBERRA
from openics.pki.key_ring import Dated

DAY = timedelta(days=1)


@dataclass
class Key(Dated):
    """Dates without a certificate: steps look at nothing else."""

    name: str
    encrypt_from: datetime
    sign_from: datetime | None
    retire_at: datetime
    dated: bool = True
    certificate: Any = None


def local(*parts: int) -> datetime:
    """A time of day in Canberra."""
    return datetime(*parts, tzinfo=CANBERRA)  # type: ignore[misc,arg-type]


SWITCH = local(2014, 5, 21, 4, 0)
OLD = Key("gateway-1", local(2012, 6, 1), local(2012, 6, 1), local(2014, 5, 28, 4, 0))
NEW = Key("gateway-2", local(2014, 5, 8), SWITCH, local(2016, 4, 14))


def named(steps: list[Step]) -> list[tuple[str, str]]:
    return [(step.name, in_canberra(step.at)) for step in steps]


def test_the_roll_over_of_2014() -> None:
    (roll,) = roll_overs([OLD, NEW], local(2014, 4, 14))
    assert (roll.new, roll.old, roll.dates) == (NEW, OLD, "2014-05-20T18:00:00+00:00")
    assert named(roll.steps) == [
        ("14-days", "Wed 7 May 2014 04:00 AEST"),
        ("start", "Thu 8 May 2014 00:00 AEST"),
        ("3-days", "Sun 18 May 2014 04:00 AEST"),
        ("day", "Wed 21 May 2014 00:00 AEST"),
        ("done", "Wed 21 May 2014 04:00 AEST"),
    ]
    assert roll.told_until == SWITCH + 14 * DAY
    assert roll_overs([OLD, NEW], roll.told_until) == []


def test_fourteen_days_before_and_the_start_are_one_notice() -> None:
    roll = RollOver(Key("new", SWITCH - 14 * DAY, SWITCH, SWITCH + 99 * DAY), OLD, SWITCH)
    assert [step.name for step in roll.steps] == ["start", "3-days", "day", "done"]
    at_once = RollOver(Key("new", SWITCH, SWITCH, SWITCH + 99 * DAY), OLD, SWITCH)
    assert latest(at_once.steps, SWITCH) == Step("done", SWITCH)
    at_midnight = RollOver(NEW, OLD, local(2014, 5, 21))
    assert latest(at_midnight.steps, at_midnight.begins) == Step("done", at_midnight.begins)


def test_what_is_no_roll_over() -> None:
    first = Key("first", local(2014, 1, 1), local(2014, 1, 1), local(2016, 1, 1))
    assert roll_overs([first], local(2014, 1, 2)) == []
    back = Key("back", NEW.encrypt_from, None, NEW.retire_at)
    assert roll_overs([OLD, back], local(2014, 5, 9)) == []
    undated = Key("plain", local(2012, 1, 1), local(2012, 1, 1), local(2015, 1, 1), dated=False)
    assert roll_overs([undated], local(2014, 1, 1)) == []
    (roll,) = roll_overs([undated, NEW], local(2014, 5, 9))
    assert (roll.new, roll.old) == (NEW, undated)


def test_the_last_step_that_has_come_counts() -> None:
    steps = [Step("a", SWITCH), Step("b", SWITCH + DAY), Step("c", SWITCH + DAY)]
    assert latest(steps, SWITCH - DAY) is None
    assert latest(steps, SWITCH) == steps[0]
    assert latest(steps, SWITCH + 9 * DAY) == steps[2]
    assert following(steps, SWITCH) == SWITCH + DAY
    assert following(steps, SWITCH + DAY) is None


@pytest.mark.parametrize(
    ("at", "days", "before"),
    [
        (local(2026, 10, 5, 4, 0), 3, "Fri 2 Oct 2026 04:00 AEST"),
        (local(2026, 4, 6, 4, 0), 3, "Fri 3 Apr 2026 04:00 AEDT"),
        (local(2026, 10, 7, 2, 30), 3, "Sun 4 Oct 2026 03:30 AEDT"),
        (local(2026, 4, 8, 2, 30), 3, "Sun 5 Apr 2026 02:30 AEDT"),
        (local(2026, 1, 1, 0, 0), 1, "Wed 31 Dec 2025 00:00 AEDT"),
    ],
)
def test_days_before_keep_the_time_of_day(at: datetime, days: int, before: str) -> None:
    found = days_before(at, days)
    assert (in_canberra(found), found.tzinfo) == (before, UTC)


def test_days_that_have_23_or_25_hours() -> None:
    spring, autumn = local(2026, 10, 4, 12, 0), local(2026, 4, 5, 12, 0)
    assert [in_canberra(start_of_day(at)) for at in (spring, autumn)] == [
        "Sun 4 Oct 2026 00:00 AEST",
        "Sun 5 Apr 2026 00:00 AEDT",
    ]
    assert start_of_day(spring + DAY) - start_of_day(spring) == timedelta(hours=23)
    assert start_of_day(autumn + DAY) - start_of_day(autumn) == timedelta(hours=25)
    assert [days_until(at + 60 * DAY, at) for at in (spring, autumn)] == [60, 60]


def test_a_certificate_that_ends_on_the_day_the_clocks_change() -> None:
    steps = certificate_steps(local(2026, 10, 4, 10, 0).astimezone(UTC), (60, 30, 14, 3))
    assert named(steps) == [
        ("60-days", "Wed 5 Aug 2026 10:00 AEST"),
        ("30-days", "Fri 4 Sep 2026 10:00 AEST"),
        ("14-days", "Sun 20 Sep 2026 10:00 AEST"),
        ("3-days", "Thu 1 Oct 2026 10:00 AEST"),
        ("last-day", "Sun 4 Oct 2026 00:00 AEST"),
        ("ended", "Sun 4 Oct 2026 10:00 AEDT"),
    ]


def test_a_planned_outage() -> None:
    assert named(outage_steps(local(2026, 4, 5, 1, 0), (1, 7))) == [
        ("7-days", "Sun 29 Mar 2026 01:00 AEDT"),
        ("1-days", "Sat 4 Apr 2026 01:00 AEDT"),
    ]
