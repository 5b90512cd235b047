"""A site fetches what waits for it: listed in order, fetched as often as it likes, gone once it is stored or confirmed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.https.offices import Office, mail, utc_now
from channels.mail.couriers import register
from openics.channels.https import proving
from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange import delivery_care, site_care
from openics.exchange.models import Event, Evidence, OutboxItem, RequestNonce
from openics.exchange.outbox import request_redelivery
from openics.pki import site_requests, statements
from openics.pki.identity import Identity
from openics.pki.site_requests import Held, Listing, SiteRequest, Stored
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from trader.world import GATEWAY, SITE

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/edi/requests"
KIND = {"Content_Type": "application/pkcs7-mime"}


@pytest.fixture
def fetching(office: Office, home: TraderHome) -> Office:
    """The site fetches, and two answers wait for it."""
    office.fetches()
    office.post("/edi/interchanges", mail(home), Content_Type="message/rfc822")
    office.work()
    return office


def asked(action: str, **values: Any) -> SiteRequest:
    used = values.pop("nonce", "") or f"{RequestNonce.objects.count():032x}"
    return SiteRequest(action, SITE, GATEWAY, values.pop("time", utc_now()), used, **values)


def ask(office: Office, home: TraderHome, request: SiteRequest, signer: Identity | None = None) -> tuple[int, bytes]:
    signed = statements.sign(site_requests.REQUEST, request, signer or signing_identity(home, utc_now()))
    answer = office.post(PATH, signed, **KIND)
    return answer.status, answer.data


def listing(office: Office, home: TraderHome, after: int = 0) -> Listing:
    status, body = ask(office, home, asked("list", after=after))
    signed = statements.open_signed(body)
    assert (status, signed.signer_certificate) == (200, office.world.gateway.certificate)
    return site_requests.read_listing(signed)


def stored(office: Office, home: TraderHome, held: Held) -> Stored:
    status, body = ask(office, home, asked("store", item=held.item, digest=held.digest))
    assert status == 200
    return site_requests.read_stored(statements.open_signed(body))


def states() -> list[tuple[str, int]]:
    return list(OutboxItem.objects.order_by("id").values_list("state", "sends"))


def refused(answer: tuple[int, bytes]) -> tuple[int, str]:
    said = json.loads(answer[1])
    assert (said["status"], bool(said["title"]), bool(said["detail"])) == (answer[0], True, True)
    return answer[0], said["code"]


def test_answers_wait_sealed_and_nothing_goes_by_mail(fetching: Office, home: TraderHome) -> None:
    assert states() == [("held", 0), ("held", 0)]
    assert fetching.seal() == 0
    assert fetching.mails.taken == []
    found = listing(fetching, home)
    items = list(OutboxItem.objects.order_by("id"))
    assert found == Listing(
        SITE,
        f"{0:032x}",
        tuple(
            Held(
                item.pk,
                f"{number:014d}",
                bytes(item.evidence.digest).hex(),  # type: ignore[union-attr]
                len(item.evidence.content),  # type: ignore[union-attr]
                item.evidence.recorded_at,  # type: ignore[union-attr]
            )
            for number, item in enumerate(items, 1)
        ),
        False,
    )
    assert listing(fetching, home, after=items[0].pk).items == found.items[1:]


def test_fetching_changes_nothing_and_storing_counts_once(fetching: Office, home: TraderHome) -> None:
    first, second = listing(fetching, home).items
    for _ in range(2):
        status, body = ask(fetching, home, asked("fetch", item=first.item))
        assert (status, body) == (200, bytes(Evidence.objects.get(outbox_items=first.item).content))
    assert states() == [("held", 0), ("held", 0)]
    assert stored(fetching, home, first).outcome == "stored"
    assert stored(fetching, home, first).outcome == "before"
    assert states() == [("delivered", 1), ("held", 0)]
    assert listing(fetching, home).items == (second,)
    assert refused(ask(fetching, home, asked("fetch", item=first.item))) == (404, "no-such-mail")
    codes = Event.objects.filter(code__startswith="exchange.").values_list("code", "actor", "channel")
    assert list(codes.order_by("id"))[-3:] == [
        ("exchange.fetched", SITE, "https"),
        ("exchange.fetched", SITE, "https"),
        ("exchange.stored", SITE, "https"),
    ]


def test_what_is_stored_and_not_confirmed_waits_again_with_a_new_date(fetching: Office, home: TraderHome) -> None:
    first, second = listing(fetching, home).items
    for held in (first, second):
        stored(fetching, home, held)
    assert fetching.sweep(timedelta(minutes=29)) == 0
    assert fetching.sweep(timedelta(minutes=31)) == 1  # the CONTRL asks for no confirmation
    fetching.seal()
    (again,) = listing(fetching, home).items
    assert (again.item, again.control_reference) == (second.item, second.control_reference)
    assert again.digest != second.digest
    assert stored(fetching, home, second).outcome == "changed"
    assert states() == [("delivered", 1), ("held", 1)]
    assert stored(fetching, home, again).outcome == "stored"
    assert states() == [("delivered", 1), ("delivered", 2)]


def test_what_was_never_fetched_waits_for_ever(fetching: Office) -> None:
    assert fetching.sweep(timedelta(days=400)) == 0
    assert states() == [("held", 0), ("held", 0)]


def test_back_to_mail_and_forth_again(fetching: Office, home: TraderHome) -> None:
    digests = [held.digest for held in listing(fetching, home).items]
    assert delivery_care.set_delivery(fetching.connection, SITE, "mail", fetching.by, "has a mail server now")
    assert not delivery_care.set_delivery(fetching.connection, SITE, "mail", fetching.by)
    assert states() == [("sealed", 0), ("sealed", 0)]
    assert listing(fetching, home).items == ()
    fetching.fetches()
    assert [held.digest for held in listing(fetching, home).items] == digests
    assert delivery_care.set_delivery(fetching.connection, SITE, "mail", fetching.by)
    assert fetching.seal() == 2
    assert states() == [("delivered", 1), ("delivered", 1)]
    assert len(fetching.mails.taken) == 2
    told = Event.objects.filter(code="site.delivery-changed").order_by("id").values_list("data", flat=True)
    assert [each["delivery"] for each in told] == ["pull", "mail", "pull", "mail"]


def test_a_delivered_answer_is_fetched_again_on_request(fetching: Office, home: TraderHome) -> None:
    first, _ = listing(fetching, home).items
    assert not request_redelivery(fetching.connection, first.item, utc_now())
    stored(fetching, home, first)
    assert request_redelivery(fetching.connection, first.item, utc_now())
    fetching.seal()
    assert listing(fetching, home).items[0].item == first.item


def test_long_lists_come_in_pieces(fetching: Office, home: TraderHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openics.exchange.collection.MOST_LISTED", 1)
    first = listing(fetching, home)
    assert (len(first.items), first.more) == (1, True)
    rest = listing(fetching, home, first.items[0].item)
    assert (len(rest.items), rest.more) == (1, False)
    assert listing(fetching, home, rest.items[0].item).items == ()


def test_a_request_counts_once(fetching: Office, home: TraderHome) -> None:
    signed = statements.sign(site_requests.REQUEST, asked("list"), signing_identity(home, utc_now()))
    answers = [fetching.post(PATH, signed, **KIND) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 403]
    assert refused((403, answers[1].data)) == (403, "used-before")


def test_used_numbers_are_forgotten_only_when_the_time_refuses_them_anyway(fetching: Office, home: TraderHome) -> None:
    listing(fetching, home)
    RequestNonce.objects.update(used_at=utc_now() - timedelta(minutes=59))
    listing(fetching, home)
    assert RequestNonce.objects.count() == 2
    RequestNonce.objects.update(used_at=utc_now() - timedelta(minutes=61))
    listing(fetching, home)
    assert RequestNonce.objects.count() == 1
    assert timedelta(minutes=60) > 2 * site_requests.TOLERANCE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"time": timedelta(minutes=-6)}, "wrong-time"),
        ({"time": timedelta(minutes=6)}, "wrong-time"),
        ({"gateway": "ccf@elsewhere.example"}, "wrong-gateway"),
        ({"action": "delete"}, "bad-request"),
        ({"nonce": "short"}, "bad-request"),
        ({"nonce": "Z" * 32}, "bad-request"),
        ({"site": "AAA676Y"}, "not-proved"),
        ({"site": "\0"}, "not-proved"),
    ],
)
def test_a_request_that_is_not_right(fetching: Office, home: TraderHome, change: dict[str, Any], code: str) -> None:
    if "time" in change:
        change = {"time": utc_now() + change["time"]}
    before = states()
    assert refused(ask(fetching, home, replace(asked("list"), **change))) == (403, code)
    assert (states(), RequestNonce.objects.count()) == (before, 0)


def revoke() -> None:
    SiteCertificate.objects.update(revoked_at=utc_now() - timedelta(seconds=1))


def suspend() -> None:
    SiteCertificate.objects.update(suspended_at=utc_now() - timedelta(seconds=1))


def encrypt_only() -> None:
    SiteCertificate.objects.update(use="encryption")


def other_environment() -> None:
    Site.objects.update(test=False)


@pytest.mark.parametrize("change", [revoke, suspend, encrypt_only, other_environment])
def test_a_certificate_that_does_not_sign_for_the_site_now(
    fetching: Office, home: TraderHome, change: Callable[[], None]
) -> None:
    change()
    assert refused(ask(fetching, home, asked("list"))) == (403, "not-proved")


def test_a_stranger_and_a_missing_site_get_the_same_answer(fetching: Office, home: TraderHome) -> None:
    stranger = fetching.world.stranger
    known, unknown = (ask(fetching, home, replace(asked("list"), site=site), stranger) for site in (SITE, "AAA676Y"))
    assert [refused(known), refused(unknown)] == [(403, "not-proved")] * 2
    assert known[1].replace(SITE.encode(), b"") == unknown[1].replace(b"AAA676Y", b"")
    outsider = Identity.generate("Somebody", "edi@trader.example")
    assert refused(ask(fetching, home, asked("list"), outsider)) == (403, "unknown-issuer")


def test_a_paused_site_fetches_nothing_until_it_is_resumed(fetching: Office, home: TraderHome) -> None:
    site_care.pause(fetching.connection, SITE, "audit", fetching.by)
    assert refused(ask(fetching, home, asked("list"))) == (403, "inactive-site")
    site_care.resume(fetching.connection, SITE, fetching.by)
    assert len(listing(fetching, home).items) == 2


def test_another_site_sees_nothing_of_it(fetching: Office, home: TraderHome, tmp_path: Path) -> None:
    owner = Client.objects.create(client_id="51824753556", kind="ABN", name="OTHER", match_key="y")
    other = Site.objects.create(
        site_id="AAA676Y", owner=owner, edi_address="edi@other.example", test=True, delivery="pull"
    )
    identity = fetching.world.authority.issue("Other", "edi@other.example", at=utc_now() - timedelta(days=1))
    register(other, identity)
    foreign = listing(fetching, home).items[0]
    mine = {"site": "AAA676Y"}
    status, body = ask(fetching, home, replace(asked("list"), **mine), identity)
    assert (status, site_requests.read_listing(statements.open_signed(body)).items) == (200, ())
    for action, item in (("fetch", foreign.item), ("fetch", 999_999), ("store", foreign.item), ("store", 999_999)):
        request = replace(asked(action, item=item, digest=foreign.digest), **mine)
        assert refused(ask(fetching, home, request, identity)) == (404, "no-such-mail")
    assert states() == [("held", 0), ("held", 0)]


@pytest.mark.parametrize("body", [b"", b"x", b"\x30\x80", b"0" * 300_000])
def test_bytes_that_are_no_request(fetching: Office, body: bytes) -> None:
    answer = fetching.post(PATH, body, **KIND)
    assert answer.status == (413 if len(body) > statements.LONGEST else 403)
    assert fetching.post(PATH, body[:10], Content_Type="application/json").status == 415
    assert RequestNonce.objects.count() == 0


def test_the_tolerance_is_what_is_said() -> None:
    assert timedelta(minutes=5) == proving.TOLERANCE
