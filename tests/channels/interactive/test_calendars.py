"""Calendar files: read again with the library, the same UIDs for ever, sequence numbers that rise."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from icalendar import Calendar, Component

from channels.interactive.conftest import Browse
from openics.channels.interactive import calendars
from openics.channels.interactive.calendars import Entry
from openics.channels.interactive.database import raw_connection
from openics.clients.models import SiteCertificate
from openics.continuity.codes import Concern
from openics.continuity.outages import Outage
from openics.exchange import certificate_care, outage_care
from openics.exchange.care import By
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import GatewayKey, gateway_key
from openics.pki.identity import Identity
from openics.pki.key_changes import moved
from web.sample import Sample
from web.sample_sites import SITE, add_certificates

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
GATEWAY, OUTAGES, OWN = "/certificates/gateway/calendar.ics", "/status/outages.ics", "/sites/calendar.ics"


def read(browser: Browser, address: str) -> dict[str, Component]:
    """The entries of a calendar by UID, after reading it again strictly."""
    answer = browser.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"\r\n" in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    found = Calendar.from_ical(answer.content)
    assert (str(found["version"]), str(found["method"]), found.errors) == ("2.0", "PUBLISH", [])
    assert found.to_ical() == answer.content
    entries = {str(each["uid"]): each for each in found.walk("VEVENT")}
    assert len(entries) == len(found.walk("VEVENT"))
    assert all(each.errors == [] and each["dtstamp"] is not None for each in entries.values())
    return entries


def facts(entries: dict[str, Component]) -> list[tuple[datetime, str, int, str]]:
    return [
        (each.decoded("dtstart"), str(each["summary"]), int(each["sequence"]), str(each["status"]))
        for each in entries.values()
    ]


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> list[GatewayKey]:
    made = []
    for number, at in ((1, NOW - 100 * DAY), (2, NOW + 20 * DAY)):
        identity = Identity.generate("CCF", "ccf@customs.example", at=NOW - 101 * DAY)
        made.append(gateway_key(f"gateway-{number}", identity, at, NOW + number * 40 * DAY))
        made[-1].save(tmp_path)
        os.utime(tmp_path / f"gateway-{number}.json", (NOW.timestamp(), NOW.timestamp()))
    settings.GATEWAY_DIRECTORY = tmp_path
    return made


def test_the_dates_of_the_gateways_certificates(keys: list[GatewayKey], tmp_path: Path) -> None:
    before = read(Browser(), GATEWAY)
    sequence = int((NOW - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds())
    old, new = keys
    assert facts(before) == [
        (old.encrypt_from, "The gateway's new certificate may be encrypted to", sequence, "CONFIRMED"),
        (old.sign_from, "The gateway signs with its new certificate", sequence, "CONFIRMED"),
        (new.encrypt_from, "The gateway's new certificate may be encrypted to", sequence, "CONFIRMED"),
        (new.sign_from, "The gateway signs with its new certificate", sequence, "CONFIRMED"),
        (old.retire_at, "The gateway's old certificate is used no more", sequence, "CONFIRMED"),
        (new.retire_at, "The gateway's old certificate is used no more", sequence, "CONFIRMED"),
    ]
    moved(new, sign_from=NOW + 25 * DAY).save_dates(tmp_path)
    later = NOW.timestamp() + 60
    os.utime(tmp_path / "gateway-2.json", (later, later))
    after = read(Browser(), GATEWAY)
    assert set(after) == set(before)
    uid = f"gateway-{fingerprint(new.certificate)[:16]}-sign@localhost"
    assert (after[uid].decoded("dtstart"), int(after[uid]["sequence"])) == (NOW + 25 * DAY, sequence + 60)


def test_without_keys_the_calendar_is_empty(settings: Any, tmp_path: Path) -> None:
    settings.GATEWAY_DIRECTORY = tmp_path / "none"
    assert read(Browser(), GATEWAY) == {}


@pytest.mark.django_db(transaction=True)
def test_planned_outages() -> None:
    wanted = Outage(0, NOW + DAY, NOW + DAY * 2, (Concern.WEB,), "Comma, semicolon; and é", (7, 1), NOW)
    by = By("officer", "web", NOW)
    number = outage_care.announce(raw_connection(), wanted, by)[0].number
    uid = f"outage-{number}@localhost"
    (entry,) = read(Browser(), OUTAGES).values()
    assert str(entry["uid"]) == uid
    assert facts({uid: entry}) == [(NOW + DAY, "Planned outage of these web pages", 0, "CONFIRMED")]
    assert entry.decoded("dtend") == NOW + 2 * DAY
    assert str(entry["description"]).startswith("Comma, semicolon; and é What you lodge meanwhile")
    outage_care.change(raw_connection(), number, By("officer", "web", NOW + DAY / 24), starts_at=NOW + DAY * 1.5)
    entry = read(Browser(), OUTAGES)[uid]
    assert facts({uid: entry}) == [(NOW + DAY * 1.5, "Planned outage of these web pages", 1, "CONFIRMED")]
    assert entry.decoded("last-modified") == NOW + DAY / 24
    outage_care.cancel(raw_connection(), number, "no need", by)
    assert facts(read(Browser(), OUTAGES)) == [(NOW + DAY * 1.5, "Planned outage of these web pages", 2, "CANCELLED")]


def test_ends_of_ones_own_certificates(sample: Sample, browse: Browse) -> None:
    add_certificates()
    browser = browse(sample.trader)
    entries = read(browser, OWN)
    assert sorted(entries) == [f"certificate-{name * 16}@localhost" for name in "abc"]
    assert [(summary, number, status) for _, summary, number, status in facts(entries)] == [
        (f"A certificate of EDI site {SITE} ends", 0, "CONFIRMED"),
        (f"A certificate of EDI site {SITE} ends", 0, "CONFIRMED"),
        (f"A certificate of EDI site {SITE} ends", 0, "CANCELLED"),
    ]
    by = By("officer", "web", NOW)
    certificate_care.suspend(raw_connection(), "a" * 64, "lost", by)
    certificate_care.resume(raw_connection(), "a" * 64, by)
    certificate_care.revoke(raw_connection(), "a" * 64, "stolen", by)
    changed = read(browser, OWN)["certificate-aaaaaaaaaaaaaaaa@localhost"]
    assert (int(changed["sequence"]), str(changed["status"])) == (2, "CANCELLED")
    assert changed.decoded("dtstart") == SiteCertificate.objects.get(fingerprint="a" * 64).not_after.replace(
        microsecond=0
    )


def test_whose_certificates_they_are(sample: Sample, browse: Browse) -> None:
    add_certificates()
    assert list(read(browse(sample.stranger), OWN)) == [f"certificate-{'f' * 16}@localhost"]
    assert browse(None).get(OWN).status_code == 302
    assert browse(sample.officer, "Case 7").get(OWN).status_code == 403


def test_dates_do_not_depend_on_daylight_saving() -> None:
    spring = datetime(2026, 10, 3, 16, 0, tzinfo=UTC)
    written = calendars.calendar("Name", [Entry("x", spring, "At the change", "", NOW)], "ics.example")
    assert b"DTSTART:20261003T160000Z\r\n" in written
    assert b"UID:x@ics.example\r\n" in written
