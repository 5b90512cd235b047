"""Notices on the gateway's certificate, through the timetable of 2014 and what may come between."""

from datetime import timedelta

import pytest

from exchange.notices.conftest import (
    MERIDIAN,
    ONE,
    OPEN,
    PAUSED,
    RENEWED,
    RETIRED,
    SILENT,
    SOUTHERN,
    SWITCH,
    THREE,
    TWO,
    Town,
    announce,
    site,
)
from openics.clients.models import Client, Site
from openics.exchange.models import Evidence, GatewayKeyConfirmation, Intake, Notice, OutboxItem
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import read_keys
from openics.pki.identity import Identity
from openics.pki.key_changes import moved, put_away, rolled_back

pytestmark = pytest.mark.django_db(transaction=True)
Identities = tuple[Identity, Identity]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOTH = [("it@meridian.example", (ONE, TWO)), ("it@meridian.example", (THREE,))]
"""Each step's mails: one for each client and address."""


def mails(step: str, came: str = "") -> list[tuple[str, ...]]:
    """The mails of a step, with the minute in which they came."""
    return [(*([came] if came else []), step, *each) for each in BOTH]  # type: ignore[misc]


def test_the_timetable_of_2014(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    assert town.run(RENEWED, RETIRED + 20 * DAY, HOUR) == [
        *mails("14-days", "2014-05-07 04:00"),
        *mails("start", "2014-05-08 00:00"),
        *mails("3-days", "2014-05-18 04:00"),
        *mails("day", "2014-05-21 00:00"),
        *mails("done", "2014-05-21 04:00"),
    ]
    told = Notice.objects.filter(site=SILENT).order_by("id").values_list("step", "owner", "recipient", "outbox_item")
    assert list(told) == [(step, SOUTHERN, "", None) for step in ("14-days", "start", "3-days", "day", "done")]
    assert {name for (name,) in Notice.objects.values_list("site")} == {ONE, TWO, THREE, SILENT}
    assert set(OutboxItem.objects.values_list("state", "wants_confirmation", "site")) == {
        ("waiting", False, ONE),
        ("waiting", False, THREE),
    }


def test_what_the_first_notice_says(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(OPEN)
    old, new = (each.certificate for each in gateway_identities)
    item = OutboxItem.objects.earliest("id")
    assert item.subject == "The gateway signs with a new certificate from Wed 21 May 2014 04:00 AEST"
    assert item.notice == (
        "Customs' gateway gets a new certificate. It signs with it from Wed 21 May 2014 04:00 AEST.\n\n"
        f"For your EDI sites {ONE}, {TWO}.\n\n"
        "The new certificate\n"
        f"  SHA-256 fingerprint: {pairs(fingerprint(new))}\n"
        f"  Serial number:       {new.serial_number:x}\n"
        "  Valid until:         Wed 13 Apr 2016 09:00 AEST\n"
        "  Download:            https://ics.customs.example/certificates/gateway/\n\n"
        "The old certificate\n"
        f"  SHA-256 fingerprint: {pairs(fingerprint(old))}\n"
        f"  Serial number:       {old.serial_number:x}\n"
        "  Valid until:         Sun 1 Jun 2014 00:00 AEST\n\n"
        "The dates, in Canberra's time\n"
        "  Thu 8 May 2014 00:00 AEST   you may encrypt to the new certificate\n"
        "  Wed 21 May 2014 04:00 AEST  customs signs with the new certificate, and no more with the old one\n"
        "  Wed 28 May 2014 04:00 AEST  the old certificate is used no more: mail encrypted to it is refused\n\n"
        "What to do\n"
        "1. Before Wed 21 May 2014 04:00 AEST, download the new certificate, compare its fingerprint with the one\n"
        "   above, and install it beside the old one.\n"
        "2. Encrypt to it: from now on you may, and do so by Wed 28 May 2014 04:00 AEST.\n"
        "3. Say that you have switched: https://ics.customs.example/sites/\n"
        "   A mail that is encrypted to the new certificate says so too.\n"
        "Keep the old certificate until it is used no more.\n\n"
        "This notice is signed by customs' gateway. It also stands on the web, under Notices.\n"
    )


def pairs(name: str) -> str:
    """A fingerprint as notices write it, on two lines."""
    found = ":".join(name.upper()[at : at + 2] for at in range(0, 64, 2))
    return f"{found[:48]}\n{' ' * 23}{found[48:]}"


def test_how_the_steps_begin(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    said = {}
    for at in (SWITCH - 14 * DAY, OPEN, SWITCH - 3 * DAY, SWITCH - 4 * HOUR, SWITCH):
        town.sweep(at)
        latest = Notice.objects.latest("id")
        said[latest.step] = (latest.subject, latest.text.partition("\n")[0], latest.text.count("may encrypt"))
    later = "Customs' gateway gets a new certificate. It signs with it from Wed 21 May 2014 04:00 AEST."
    subject = "The gateway signs with a new certificate from Wed 21 May 2014 04:00 AEST"
    assert said == {
        "14-days": (subject, later, 1),
        "start": (subject, later, 1),
        "3-days": (subject, later, 1),
        "day": (
            "Today the gateway changes its certificate: Wed 21 May 2014 04:00 AEST",
            "Today customs' gateway changes its certificate: it signs with the new one from Wed 21 May 2014 04:00 AEST.",
            1,
        ),
        "done": (
            "The gateway has changed its certificate: Wed 21 May 2014 04:00 AEST",
            "Customs' gateway has changed its certificate: it has signed with the new one since "
            "Wed 21 May 2014 04:00 AEST.",
            1,
        ),
    }
    assert "2. Encrypt to it: from Thu 8 May 2014 00:00 AEST you may" in Notice.objects.filter(step="14-days")[0].text
    assert "1. If answers of customs are refused by your software" in Notice.objects.filter(step="done")[0].text


def test_after_a_week_of_standing_still_only_the_last_step_is_told(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    assert town.sweep(SWITCH - 2 * DAY) == mails("3-days")
    assert town.sweep(SWITCH + 2 * DAY) == mails("done")
    assert town.sweep(SWITCH + 3 * DAY) == []


def test_a_roll_over_of_long_ago_is_told_to_nobody(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    assert town.sweep(SWITCH + 14 * DAY) == []
    assert town.run(SWITCH + 15 * DAY, SWITCH + 40 * DAY, DAY) == []


def test_a_site_that_comes_later_is_told_what_counts_then(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(OPEN)
    site("AAA337J", Client.objects.get(client_id=MERIDIAN), "new@meridian.example")
    Site.objects.filter(site_id=PAUSED).update(active=True)
    assert town.sweep(OPEN + HOUR) == [
        ("start", "new@meridian.example", ("AAA337J",)),
        ("start", "it@southern.example", (PAUSED,)),
    ]


def used_key(site: str, identity: Identity) -> None:
    """A mail of the site that was accepted."""
    kept = Evidence.objects.create(direction="in", channel="mail", digest=site.encode(), content=b"mail")
    Intake.objects.create(
        evidence=kept, channel="mail", lane=1, state="done", site=site, gateway_key=fingerprint(identity.certificate)
    )


def test_who_has_switched_need_not_act(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(OPEN)
    start = [("gateway", "start", each) for each in sorted((ONE, TWO, THREE, SILENT))]
    assert town.open() == start
    used_key(ONE, gateway_identities[1])
    used_key(THREE, gateway_identities[0])
    GatewayKeyConfirmation.objects.create(
        site=TWO, gateway_key=fingerprint(gateway_identities[1].certificate), actor="it", at=OPEN
    )
    town.sweep(OPEN + HOUR)
    assert town.open() == [each for each in start if each[2] in {THREE, SILENT}]
    town.sweep(SWITCH - 3 * DAY)
    assert town.open() == [("gateway", "3-days", each) for each in sorted((THREE, SILENT))]
    assert set(Notice.objects.values_list("act_until", flat=True)) == {RETIRED}


def roll_back(town: Town) -> None:
    for key in rolled_back(read_keys(town.keys), town.now):
        key.save_dates(town.keys)


def test_a_change_that_is_called_off_is_taken_back_once(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(SWITCH - 3 * DAY)
    roll_back(town)
    assert town.sweep(SWITCH - 2 * DAY) == mails("rolled-back")
    assert town.run(SWITCH - DAY, SWITCH + 30 * DAY, DAY) == []
    notice = Notice.objects.filter(step="rolled-back", site=THREE).get()
    assert notice.text == (
        "Customs' gateway will not change its certificate on Wed 21 May 2014 04:00 AEST. The change is called off for now."
        f"\n\nFor your EDI site {THREE}.\n\n"
        f"The certificate that was announced\n  SHA-256 fingerprint: {pairs(notice.subject_key)}\n\n"
        "What to do\n"
        "Trust signatures made with the old certificate, and keep both. If you have switched already, you need not switch\n"
        "back while the other certificate is shown as one to encrypt to:\n"
        "  https://ics.customs.example/certificates/gateway/\n"
        "You are told before the certificate changes after all.\n\n"
        "This notice is signed by customs' gateway. It also stands on the web, under Notices.\n"
    )
    assert town.open() == []


def test_rolled_back_after_it_was_done_and_then_done_after_all(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(SWITCH)
    roll_back(town)
    assert town.sweep(SWITCH + HOUR) == mails("rolled-back")
    assert Notice.objects.latest("id").text.startswith("Customs' gateway signs with its old certificate again.")
    new = next(key for key in read_keys(town.keys) if key.name == "gateway-2")
    moved(new, sign_from=SWITCH + 5 * DAY).save_dates(town.keys)
    assert town.run(SWITCH + 2 * HOUR, SWITCH + 9 * DAY, HOUR) == [
        *mails("14-days", "2014-05-21 06:00"),
        *mails("3-days", "2014-05-23 04:00"),
        *mails("day", "2014-05-26 00:00"),
        *mails("done", "2014-05-26 04:00"),
    ]


def test_other_dates_replace_those_that_were_told(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(OPEN)
    assert "These dates replace" not in Notice.objects.latest("id").text
    announce(town, gateway_identities, SWITCH + 2 * DAY)
    assert town.sweep(OPEN + HOUR) == mails("14-days" if SWITCH + 2 * DAY - 14 * DAY <= OPEN + HOUR else "moved")
    told = Notice.objects.latest("id").text
    assert "These dates replace those in earlier notices." in told
    assert "Fri 23 May 2014 04:00 AEST  customs signs" in told
    assert town.sweep(OPEN + 2 * HOUR) == []
    assert town.sweep(OPEN + 3 * DAY) == mails("start")
    assert "These dates replace" not in Notice.objects.latest("id").text


def test_a_key_that_was_put_away_before_its_time_is_called_off(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(OPEN)
    put_away(town.keys, "gateway-2")
    assert town.sweep(OPEN + HOUR) == mails("rolled-back")


def test_a_key_that_has_done_its_time_is_put_away_in_silence(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    town.sweep(SWITCH)
    put_away(town.keys, "gateway-1")
    put_away(town.keys, "gateway-2")
    assert town.sweep(SWITCH + DAY) == []


def test_keys_that_cannot_be_read_hold_up_no_other_notice(town: Town, gateway_identities: Identities) -> None:
    announce(town, gateway_identities)
    dates = town.keys / "gateway-2.json"
    before = dates.read_bytes()
    dates.write_text("{")
    assert town.sweep(OPEN) == []
    dates.write_bytes(before)
    assert town.sweep(OPEN + HOUR) == mails("start")
