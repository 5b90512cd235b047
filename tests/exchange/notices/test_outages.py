"""Notices on planned outages: days before, when it changes, when it is called off."""

from datetime import datetime, timedelta

import pytest

from exchange.notices.conftest import ONE, SILENT, SOUTHERN, THREE, TWO, Town
from openics.clients.models import Site
from openics.continuity.codes import Concern
from openics.continuity.outages import Outage
from openics.exchange import outage_care
from openics.exchange.care import By
from openics.exchange.models import Notice, OutboxItem
from openics.exchange.policy import CANBERRA

pytestmark = pytest.mark.django_db(transaction=True)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STARTS = datetime(2014, 5, 21, 0, 1, tzinfo=CANBERRA)
ENDS = datetime(2014, 5, 21, 4, 0, tzinfo=CANBERRA)
EARLY = STARTS - 30 * DAY
BOTH = [("it@meridian.example", (ONE, TWO)), ("it@meridian.example", (THREE,))]


def mails(step: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(step, *each) for each in BOTH]


def by(at: datetime) -> By:
    return By("duty officer", "console", at)


def announce(town: Town, at: datetime = EARLY, **changes: object) -> Outage:
    fields = {"notice_days": (7, 1), "concerns": (Concern.GATEWAY,), "words": "The gateway moves to other machines."}
    wanted = Outage(0, STARTS, ENDS, announced_at=at, **{**fields, **changes})  # type: ignore[arg-type]
    made, new = outage_care.announce(town.connection, wanted, by(at))
    assert new
    return made


def test_a_week_and_a_day_before(town: Town) -> None:
    number = announce(town).number
    assert town.run(EARLY, ENDS + DAY, HOUR) == [
        *(("2014-05-14 00:01", *each) for each in mails("7-days")),
        *(("2014-05-20 00:01", *each) for each in mails("1-days")),
    ]
    item = OutboxItem.objects.latest("id")
    assert item.subject == "Planned outage of the mail gateway: Wed 21 May 2014 00:01 AEST"
    assert item.notice == (
        "Planned outage of the mail gateway.\n\n"
        "  From:  Wed 21 May 2014 00:01 AEST\n"
        "  Until: Wed 21 May 2014 04:00 AEST\n"
        f"  Number: {number}\n\n"
        "The gateway moves to other machines.\n\n"
        f"For your EDI site {THREE}.\n\n"
        "What you lodge meanwhile is stored and not lost. It is handled and answered when the outage is over. "
        "Do not send the same again.\n\n"
        "How it stands, and a calendar file: https://ics.customs.example/status/\n\n"
        "This notice is signed by customs' gateway. It also stands on the web, under Notices.\n"
    )
    assert Notice.objects.filter(site=SILENT, owner=SOUTHERN).count() == 2
    assert town.open() == []


def test_announced_late_it_is_told_at_once(town: Town) -> None:
    announce(town, STARTS - 3 * DAY)
    assert town.sweep(STARTS - 3 * DAY) == mails("7-days")
    assert town.sweep(STARTS - DAY) == mails("1-days")
    assert town.sweep(STARTS) == []


def test_other_times_are_told_to_who_was_told(town: Town) -> None:
    made = announce(town)
    town.sweep(STARTS - 7 * DAY)
    outage_care.change(town.connection, made.number, by(STARTS - 2 * DAY), ends_at=ENDS + HOUR)
    assert town.sweep(STARTS - 2 * DAY) == mails("7-days")
    changed = OutboxItem.objects.latest("id")
    assert changed.subject == "Changed: planned outage of the mail gateway: Wed 21 May 2014 00:01 AEST"
    assert (
        "Changed: planned outage of the mail gateway. These dates replace those in earlier notices.\n" in changed.notice
    )
    assert "  Until: Wed 21 May 2014 05:00 AEST\n" in changed.notice


def test_put_off_for_long_it_is_told_at_once_and_again_in_time(town: Town) -> None:
    made = announce(town)
    town.sweep(STARTS - 7 * DAY)
    Site.objects.filter(site_id=THREE).update(active=False)
    later = {"starts_at": STARTS + 60 * DAY, "ends_at": ENDS + 60 * DAY}
    outage_care.change(town.connection, made.number, by(STARTS - 5 * DAY), **later)
    assert town.sweep(STARTS - 5 * DAY) == [("moved", *BOTH[0])]
    assert town.sweep(STARTS) == []
    assert town.sweep(STARTS + 53 * DAY) == [("7-days", *BOTH[0])]


def test_changed_before_anybody_was_told_it_is_told_as_it_is(town: Town) -> None:
    made = announce(town)
    outage_care.change(town.connection, made.number, by(EARLY + DAY), ends_at=ENDS + HOUR)
    assert town.sweep(EARLY + DAY) == []
    assert town.sweep(STARTS - 7 * DAY) == mails("7-days")
    assert OutboxItem.objects.latest("id").subject.startswith("Planned outage of")


def test_called_off_it_is_told_to_who_was_told(town: Town) -> None:
    first, second = announce(town), announce(town, words="Another one.", notice_days=(1,))
    town.sweep(STARTS - 7 * DAY)
    for made in (first, second):
        outage_care.cancel(town.connection, made.number, "not needed", by(STARTS - 2 * DAY))
    assert town.sweep(STARTS - 2 * DAY) == mails("called-off")
    item = OutboxItem.objects.latest("id")
    assert item.subject == "Called off: outage of the mail gateway, Wed 21 May 2014 00:01 AEST"
    assert item.notice == (
        "The planned outage of the mail gateway from Wed 21 May 2014 00:01 AEST does not take place.\n\n"
        "Reason: not needed\n\n"
        f"For your EDI site {THREE}. There is nothing to do.\n\n"
        "How everything stands: https://ics.customs.example/status/\n\n"
        "This notice is signed by customs' gateway. It also stands on the web, under Notices.\n"
    )
    assert town.run(STARTS - DAY, ENDS + DAY, HOUR) == []


def test_one_that_was_ended_before_its_end_is_not_called_off_afterwards(town: Town) -> None:
    made = announce(town)
    town.sweep(STARTS - DAY)
    outage_care.cancel(town.connection, made.number, "done earlier", by(STARTS + HOUR))
    assert town.sweep(STARTS + HOUR) == []
