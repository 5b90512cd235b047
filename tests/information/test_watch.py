"""Alerts about looks at records: each threshold just reached and just not, over sliding hours, in Canberra's time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from openics.clients.models import Person
from openics.information import watch, watch_rules
from openics.information.models import Disclosure
from openics.information.watch import Found
from openics.information.watch_rules import Alert, thresholds

NOON = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
"""A Wednesday, 12:00 in Canberra."""
SINCE, UNTIL = NOON - timedelta(days=3), NOON + timedelta(days=3)
TRADER, OFFICER, PROGRAM = "clerk@meridian.example", "duty.officer@customs.example", "program BOOKING"


@pytest.fixture
def people(db: None) -> dict[str, int | None]:
    """Rows of those who look; a program has none."""
    trader = Person.objects.create_user(TRADER, name="Export Clerk")
    officer = Person.objects.create_user(OFFICER, name="Duty Officer", is_officer=True)
    return {TRADER: trader.pk, OFFICER: officer.pk, PROGRAM: None}


Times = list[datetime]


def looks(people: dict[str, int | None], who: str, times: Times, key: str = "AAAAAAAT4", **more: object) -> None:
    known: dict[str, object] = {"person_id": people[who], "actor": who, "subject_kind": "EDN", "allowed": True, **more}
    keys = [key.format(number) for number in range(len(times))]
    rows = [Disclosure(subject_key=each, at=at, **known) for each, at in zip(keys, times, strict=True)]
    Disclosure.objects.bulk_create(rows)


def spread(count: int, over: timedelta, start: datetime = NOON) -> Times:
    """So many moments, the first and the last as far apart as said."""
    return [start + over * number / (count - 1) for number in range(count)]


DAY, HOUR = timedelta(hours=24), timedelta(hours=1)


@pytest.mark.parametrize("who", [TRADER, PROGRAM])
def test_the_same_record_again_and_again(people: dict[str, int | None], who: str) -> None:
    looks(people, who, spread(20, DAY))
    assert watch.alerts(SINCE, UNTIL) == [Found(Alert.SAME_RECORD, who, "EDN AAAAAAAT4", 20, NOON, NOON + DAY)]


def test_what_does_not_reach_the_threshold(people: dict[str, int | None]) -> None:
    looks(people, TRADER, spread(19, DAY))
    looks(people, TRADER, spread(20, DAY + timedelta(minutes=20)), "AAAAAAAW7")
    looks(people, TRADER, spread(20, HOUR), "", subject_kind="MESSAGES")
    looks(people, TRADER, spread(9, DAY), allowed=False)
    looks(people, TRADER, spread(150, HOUR, NOON + timedelta(hours=5)), "A{0}")
    assert watch.alerts(SINCE, UNTIL) == []


def test_two_people_are_not_added_up(people: dict[str, int | None]) -> None:
    for who in (TRADER, PROGRAM):
        looks(people, who, spread(12, HOUR))
    assert watch.alerts(SINCE, UNTIL) == []


def test_refusals_are_counted_whatever_was_asked_for(people: dict[str, int | None]) -> None:
    looks(people, TRADER, spread(10, DAY), "{0}", subject_kind="MESSAGE", allowed=False)
    assert watch.alerts(SINCE, UNTIL) == [Found(Alert.REFUSALS, TRADER, "", 10, NOON, NOON + DAY)]


def test_a_wide_scan_counts_different_records(people: dict[str, int | None]) -> None:
    times = spread(200, timedelta(minutes=55))
    looks(people, TRADER, times, "A{0}")
    looks(people, TRADER, times[:5], "A1")
    found = watch.alerts(SINCE, UNTIL)
    assert found == [Found(Alert.SCAN, TRADER, "", 200, NOON, times[-1])]


@pytest.mark.parametrize(
    ("at", "alert"),
    [
        (datetime(2026, 3, 3, 19, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 20, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 4, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 4, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 0, 30, tzinfo=UTC), True),
    ],
)
def test_officers_out_of_hours(people: dict[str, int | None], at: datetime, alert: bool) -> None:
    for who in (OFFICER, TRADER):
        looks(people, who, [at])
    looks(people, OFFICER, [at], subject_kind="PURPOSE")
    day = at.astimezone(watch_rules.CANBERRA).date().isoformat()
    expected = [Found(Alert.OUT_OF_HOURS, OFFICER, day, 1, at, at)] if alert else []
    assert watch.alerts(SINCE, UNTIL) == expected


def test_a_burst_that_began_before_counts_and_one_that_ended_before_does_not(people: dict[str, int | None]) -> None:
    looks(people, TRADER, spread(20, HOUR, NOON - HOUR))
    assert [each.looks for each in watch.alerts(NOON, UNTIL)] == [20]
    assert watch.alerts(NOON + HOUR, UNTIL) == []
    assert watch.alerts(SINCE, NOON) == []


def test_looks_from_before_actors_were_kept_have_their_persons_address(people: dict[str, int | None]) -> None:
    looks(people, TRADER, spread(20, HOUR))
    Disclosure.objects.update(actor="")
    assert [each.actor for each in watch.alerts(SINCE, UNTIL)] == [TRADER]


def test_the_latest_come_first(people: dict[str, int | None]) -> None:
    looks(people, TRADER, spread(20, HOUR))
    looks(people, PROGRAM, spread(10, 2 * HOUR), allowed=False)
    assert [each.alert for each in watch.alerts(SINCE, UNTIL)] == [Alert.REFUSALS, Alert.SAME_RECORD]


def test_the_log_is_read_by_its_time(people: dict[str, int | None]) -> None:
    times = [NOON - timedelta(days=900) + timedelta(minutes=number) for number in range(20_000)]
    looks(people, TRADER, times, "A{0}")
    values = {"since": SINCE, "until": UNTIL, "window": DAY}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE disclosure")
        cursor.execute(f"EXPLAIN {watch._LOOKS} SELECT * FROM look", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using disclosure_at" in plan


def test_thresholds_are_those_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = watch_rules.THRESHOLDS[0]
    later = watch_rules.Thresholds(date(2026, 7, 1), 5, 5, 5, first.opens, first.closes)
    monkeypatch.setattr(watch_rules, "THRESHOLDS", (first, later))
    midnight = datetime(2026, 6, 30, 14, 0, tzinfo=UTC)
    assert [thresholds(at) for at in (midnight - timedelta(seconds=1), midnight)] == [first, later]
    assert thresholds(datetime(1999, 1, 1, tzinfo=UTC)) == first


def test_the_days_of_the_thresholds_rise() -> None:
    days = [each.since for each in watch_rules.THRESHOLDS]
    assert days == sorted(set(days))
