"""Notices on the certificates of sites: a whole life of one, and what stops them."""

from datetime import UTC, datetime, timedelta

import pytest

from exchange.notices.conftest import ONE, PAUSED, SILENT, THREE, Town, certificate
from openics.clients.models import Site, SiteCertificate
from openics.exchange.models import Notice, OutboxItem
from openics.exchange.policy import CANBERRA

pytestmark = pytest.mark.django_db(transaction=True)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ENDS = datetime(2014, 10, 6, 10, 30, tzinfo=CANBERRA)
"""A day after the clocks went forward."""
LIFE = [
    ("2014-08-07 11:00", "60-days"),
    ("2014-09-06 11:00", "30-days"),
    ("2014-09-22 11:00", "14-days"),
    ("2014-10-03 11:00", "3-days"),
    ("2014-10-06 00:00", "last-day"),
    ("2014-10-06 11:00", "ended"),
]
"""Sweeps come on the hour, so what is due at half past comes then."""


def to_one(step: str) -> tuple[str, str, tuple[str, ...]]:
    return step, "it@meridian.example", (ONE,)


def test_the_life_of_a_certificate_that_nobody_renews(town: Town) -> None:
    certificate("a", ENDS)
    start = datetime(2014, 8, 1, tzinfo=CANBERRA)
    assert town.run(start, ENDS + 30 * DAY, HOUR) == [(came, *to_one(step)) for came, step in LIFE]
    assert town.open() == [("certificate", "ended", ONE)]


def test_what_the_reminders_say(town: Town) -> None:
    certificate("a", ENDS, use="signing")
    town.sweep(ENDS - 30 * DAY)
    item = OutboxItem.objects.get()
    assert item.subject == f"A certificate of site {ONE} ends in 30 days: Mon 6 Oct 2014 10:30 AEDT"
    assert item.notice == (
        f"A certificate of your EDI site {ONE} ends in 30 days, and no other one takes over from it.\n\n"
        "The certificate\n"
        f"  SHA-256 fingerprint: {':'.join(['AA'] * 16)}:\n{' ' * 23}{':'.join(['AA'] * 16)}\n"
        "  Used for:            signing\n"
        "  Ends:                Mon 6 Oct 2014 10:30 AEDT\n\n"
        "What it means\n"
        "Without a new one, mail that you sign with it will be refused.\n\n"
        "What to do by Mon 6 Oct 2014 10:30 AEDT\n"
        "1. Get a new certificate for edi@aaa676y.example from your certificate authority.\n"
        f"2. Register it: https://ics.customs.example/sites/{ONE}/renewal/\n"
        "You get no more reminders once it is registered. Both certificates count while one replaces the other.\n\n"
        "This notice is signed by customs' gateway. It also stands on the web, under Notices.\n"
    )


def test_how_the_last_ones_begin(town: Town) -> None:
    certificate("a", ENDS)
    said = []
    for at in (ENDS - DAY, ENDS - HOUR, ENDS):
        town.sweep(at)
        latest = Notice.objects.latest("id")
        said.append((latest.step, latest.subject, latest.text.partition("\n")[0]))
    end = "Mon 6 Oct 2014 10:30 AEDT"
    assert said == [
        (
            "3-days",
            f"A certificate of site {ONE} ends in 1 day: {end}",
            f"A certificate of your EDI site {ONE} ends in 1 day, and no other one takes over from it.",
        ),
        (
            "last-day",
            f"Today a certificate of site {ONE} ends: {end}",
            f"Today a certificate of your EDI site {ONE} ends, and no other one takes over from it.",
        ),
        (
            "ended",
            f"A certificate of site {ONE} has ended: {end}",
            f"A certificate of your EDI site {ONE} has ended, and no other one takes over from it.",
        ),
    ]
    assert "mail that you sign with it is refused, and answers to you wait." in Notice.objects.latest("id").text


def test_none_once_a_successor_is_registered(town: Town) -> None:
    certificate("a", ENDS)
    assert town.sweep(ENDS - 60 * DAY) == [to_one("60-days")]
    assert town.open() == [("certificate", "60-days", ONE)]
    certificate("b", ENDS + 700 * DAY)
    assert town.run(ENDS - 59 * DAY, ENDS + 2 * DAY, 12 * HOUR) == []
    assert town.open() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"use": "encryption"},
        {"removed_at": ENDS - 50 * DAY},
        {"revoked_at": ENDS - 50 * DAY},
        {"suspended_at": ENDS - 50 * DAY},
    ],
    ids=["for something else", "replaced", "revoked", "suspended"],
)
def test_what_is_no_successor(town: Town, changes: dict[str, object]) -> None:
    certificate("a", ENDS)
    certificate("b", ENDS + 700 * DAY, **changes)
    assert town.sweep(ENDS - 14 * DAY) == [to_one("14-days")]


@pytest.mark.parametrize("stopped", ["revoked_at", "removed_at"])
def test_a_certificate_that_counts_no_more_asks_for_nothing(town: Town, stopped: str) -> None:
    row = certificate("a", ENDS)
    town.sweep(ENDS - 60 * DAY)
    SiteCertificate.objects.filter(pk=row.pk).update(**{stopped: ENDS - 59 * DAY})
    assert town.run(ENDS - 58 * DAY, ENDS + DAY, DAY) == []
    assert town.open() == []


def test_who_is_told(town: Town) -> None:
    for name, site in zip("abcd", (THREE, SILENT, PAUSED, "AAA336C"), strict=True):
        certificate(name, ENDS, site)
    assert sorted(town.sweep(ENDS - 3 * DAY)) == [
        ("3-days", "it@meridian.example", (THREE,)),
        ("3-days", "it@southern.example", (PAUSED,)),
    ]
    assert sorted(Notice.objects.values_list("site", flat=True)) == sorted([THREE, SILENT, PAUSED])


def test_a_certificate_that_ended_long_ago_is_left_alone_on_the_first_day(town: Town) -> None:
    certificate("a", ENDS)
    certificate("b", ENDS, THREE)
    Site.objects.filter(site_id=THREE).update(administrator_address="three@southern.example")
    assert town.sweep(ENDS + 14 * DAY) == []
    assert Notice.objects.count() == 0
    certificate("c", ENDS + 10 * DAY, THREE)
    assert town.sweep(ENDS + 14 * DAY + HOUR) == [("ended", "three@southern.example", (THREE,))]


def test_it_comes_at_the_minute_and_not_before(town: Town) -> None:
    certificate("a", ENDS)
    due = datetime(2014, 8, 7, 0, 30, tzinfo=UTC)
    assert town.sweep(due - timedelta(minutes=4)) == []
    assert town.sweep(due - timedelta(seconds=1)) == []
    assert town.sweep(due) == [to_one("60-days")]
