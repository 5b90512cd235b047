"""A site that is paused, resumed, renewed and moved while mail goes back and forth over real SMTP and S/MIME."""

import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from channels.mail.couriers import SITE as WAITING_SITE
from channels.mail.couriers import Server, courier, recording, register, run_once, wait_in_outbox
from channels.mail.gateways import GATEWAY, running
from channels.mail.mails import sealed
from openics.channels.mail.opening import MailOpener
from openics.channels.mail.server import IntakeStore
from openics.clients.models import Client, Site
from openics.clients.site_rules import SiteRecord
from openics.exchange import certificate_care, site_care
from openics.exchange.care import By
from openics.exchange.certificate_care import Wanted
from openics.exchange.handlers import HANDLERS
from openics.exchange.models import Intake, OutboxItem
from openics.exchange.outbox import request_redelivery, store_sealed, take_waiting
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.identity import Identity
from openics.pki.smime import Bounds, unseal
from openics.pki.trust import TrustStore
from trader.world import mail_server
from trading_parties import SITE, SITE_ADDRESS, STARTED, Parties

pytestmark = pytest.mark.django_db(transaction=True)
ADMINISTRATOR, MOVED = "admin@trader.example", "moved@trader.example"
ABN = "51824753556"


@dataclass
class House:
    """The gateway's processes over one database, each run by hand."""

    database_url: str
    connection: psycopg.Connection
    parties: Parties
    worker: Worker
    trust: TrustStore
    mailboxes: Path

    @property
    def by(self) -> By:
        return By("duty officer", "console", datetime.now(UTC))

    def register(self, identity: Identity, **more: object) -> None:
        pem = identity.certificate.public_bytes(Encoding.PEM)
        certificate_care.add(self.connection, Wanted(SITE, pem, **more), self.trust, self.by)  # type: ignore[arg-type]

    def receive(self, mail: bytes) -> tuple[str, str | None]:
        """Hand a mail to the gateway and let a worker handle it; state of the intake and code of its refusal."""
        store = IntakeStore(self.database_url)
        with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as session:
            session.sendmail(SITE_ADDRESS, [GATEWAY.address], mail)
        store.close()
        self.worker.run_once()
        intake = Intake.objects.latest("id")
        return intake.state, (intake.refusal or {}).get("code")

    @contextmanager
    def delivered(self, *addresses: str) -> Iterator[dict[str, list[bytes]]]:
        """Let a courier work once; what then lies in the mailboxes."""
        found: dict[str, list[bytes]] = {}
        with mail_server(self.mailboxes, *addresses) as (port, mailboxes):
            keys = GatewayKeys.load(self.parties.keys)
            run_once(courier(self.database_url, keys, port, lambda: datetime.now(UTC)))
            for address in addresses:
                found[address] = [path.read_bytes() for path in mailboxes.of(address).waiting()]
        yield found


@pytest.fixture
def house(database_url: str, parties: Parties, opener: MailOpener, tmp_path: Path) -> Iterator[House]:
    Client.objects.create(client_id=ABN, kind="ABN", name="EXAMPLE TRADER", match_key="x")
    trust = TrustStore.load(parties.trust)
    with psycopg.connect(database_url, autocommit=True) as connection:
        worker = Worker(connection, Pipeline({"mail": opener}, HANDLERS, Policy()))
        made = House(database_url, connection, parties, worker, trust, tmp_path / "mail")
        record = SiteRecord(SITE, ABN, SITE_ADDRESS, administrator=ADMINISTRATOR, test=True)
        site_care.add(connection, record, made.by, "AAA336C")
        yield made


def opens(mail: bytes, identity: Identity) -> bool:
    try:
        unseal(mail, [identity], Bounds())
    except PkiError:
        return False
    return True


def test_a_registered_site_is_answered(house: House, parties: Parties) -> None:
    assert house.receive(sealed(parties)) == ("refused", "unregistered-certificate")
    house.register(parties.site)
    assert house.receive(sealed(parties, message_id="<2@trader.example>")) == ("done", None)
    with house.delivered(SITE_ADDRESS, ADMINISTRATOR) as boxes:
        assert [opens(mail, parties.site) for mail in boxes[SITE_ADDRESS]] == [True]
        assert len(boxes[ADMINISTRATOR]) == 1


def test_a_pause_refuses_what_comes_and_holds_what_goes(house: House, parties: Parties) -> None:
    house.register(parties.site)
    assert house.receive(sealed(parties)) == ("done", None)
    site_care.pause(house.connection, SITE, "audit", house.by)
    assert house.receive(sealed(parties, message_id="<2@trader.example>")) == ("refused", "inactive-site")
    with house.delivered(SITE_ADDRESS, ADMINISTRATOR) as boxes:
        assert (len(boxes[SITE_ADDRESS]), len(boxes[ADMINISTRATOR])) == (0, 1)
        assert b"audit" in unsigned(boxes[ADMINISTRATOR][0])
    assert OutboxItem.objects.get(notice="").state == "waiting"
    site_care.resume(house.connection, SITE, house.by)
    with house.delivered(SITE_ADDRESS) as boxes:
        assert [opens(mail, parties.site) for mail in boxes[SITE_ADDRESS]] == [True]


def unsigned(mail: bytes) -> bytes:
    """The text of a notice."""
    from email import message_from_bytes

    text = next(part for part in message_from_bytes(mail).walk() if part.get_content_type() == "text/plain")
    found = text.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def test_what_is_sealed_or_unconfirmed_waits_for_the_end_of_a_pause(house: House, parties: Parties) -> None:
    house.register(parties.site)
    house.receive(sealed(parties))
    site_care.pause(house.connection, SITE, "audit", house.by)
    sweeper = Sweeper(house.connection, Policy(), {})
    for state, later in (("sealed", timedelta()), ("delivered", timedelta(hours=1))):
        OutboxItem.objects.update(state=state, sends=5, wants_confirmation=True, next_attempt_at=STARTED)
        sweeper.clock = lambda ahead=later: datetime.now(UTC) + ahead  # type: ignore[misc]
        assert sweeper.resend() == 0
        with house.delivered(SITE_ADDRESS) as boxes:
            assert boxes[SITE_ADDRESS] == []
        assert OutboxItem.objects.get().state == state


def test_signing_and_encryption_may_differ(house: House, parties: Parties) -> None:
    signs = parties.authority.issue("Signing device", SITE_ADDRESS, at=STARTED)
    opens_with = parties.authority.issue("Opening device", SITE_ADDRESS, at=STARTED)
    house.register(signs, use=certificate_care.Use.SIGNING)
    house.register(opens_with, use=certificate_care.Use.ENCRYPTION)
    assert house.receive(sealed(parties, opens_with)) == ("refused", "unregistered-certificate")
    assert house.receive(sealed(parties, signs, message_id="<2@trader.example>")) == ("done", None)
    with house.delivered(SITE_ADDRESS) as boxes:
        (mail,) = boxes[SITE_ADDRESS]
        assert (opens(mail, opens_with), opens(mail, signs)) == (True, False)


@pytest.mark.parametrize("change", [certificate_care.suspend, certificate_care.revoke])
def test_a_stopped_certificate_is_refused_and_not_written_to(house: House, parties: Parties, change: object) -> None:
    renewed = parties.authority.issue("Second device", SITE_ADDRESS, at=STARTED)
    house.register(parties.site)
    house.register(renewed)
    change(house.connection, fingerprint(parties.site.certificate), "key lost", house.by)  # type: ignore[operator]
    assert house.receive(sealed(parties))[1] in {"suspended-certificate", "revoked-certificate"}
    assert house.receive(sealed(parties, renewed, message_id="<2@trader.example>")) == ("done", None)
    with house.delivered(SITE_ADDRESS) as boxes:
        (mail,) = boxes[SITE_ADDRESS]
        assert (opens(mail, parties.site), opens(mail, renewed)) == (False, True)


def test_what_is_sealed_already_is_sealed_anew_without_a_revoked_certificate(house: House, parties: Parties) -> None:
    house.register(parties.site)
    house.receive(sealed(parties))
    keys = GatewayKeys.load(parties.keys)
    run_once(courier(house.database_url, keys, 1, lambda: datetime.now(UTC)))
    assert OutboxItem.objects.get().state == "sealed"
    renewed = parties.authority.issue("Second device", SITE_ADDRESS, at=STARTED)
    house.register(renewed)
    certificate_care.revoke(house.connection, fingerprint(parties.site.certificate), "key stolen", house.by)
    with house.delivered(SITE_ADDRESS) as boxes:
        (mail,) = boxes[SITE_ADDRESS]
        assert (opens(mail, parties.site), opens(mail, renewed)) == (False, True)


def test_answers_follow_a_site_that_moves(house: House, parties: Parties) -> None:
    house.register(parties.site)
    house.receive(sealed(parties))
    moved = parties.authority.issue("Moved device", MOVED, at=STARTED)
    house.register(moved, address=MOVED)
    with house.delivered(SITE_ADDRESS, MOVED) as boxes:
        assert boxes[SITE_ADDRESS] == []
        assert [opens(mail, moved) for mail in boxes[MOVED]] == [True]
    assert house.receive(sealed(parties, message_id="<2@trader.example>")) == ("refused", "unregistered-certificate")
    mail = sealed(parties, moved, sender=MOVED, message_id="<3@trader.example>")
    assert house.receive(mail)[0] == "done"


def test_other_sites_are_not_held_up(database_url: str, house: House, parties: Parties) -> None:
    other = Site.objects.create(
        site_id=WAITING_SITE, owner=Client.objects.get(), edi_address="edi@other.example", test=True
    )
    register(other, parties.other)
    house.register(parties.site)
    house.receive(sealed(parties))
    site_care.pause(house.connection, SITE, "audit", house.by)
    wait_in_outbox(7)
    with recording(Server()) as server:
        keys = GatewayKeys.load(parties.keys)
        run_once(courier(database_url, keys, server.port, lambda: datetime.now(UTC)))
    assert list(OutboxItem.objects.order_by("id").values_list("site", "state")) == [
        (SITE, "waiting"),
        (WAITING_SITE, "delivered"),
    ]


def test_what_is_being_sealed_while_its_certificate_is_revoked_is_sealed_anew(house: House, parties: Parties) -> None:
    house.register(parties.site)
    house.receive(sealed(parties))
    name = fingerprint(parties.site.certificate)
    with psycopg.connect(house.database_url) as sealing, ThreadPoolExecutor(1) as thread:
        with sealing.cursor() as cursor:
            (waiting,) = take_waiting(cursor, 10)
            revoking = thread.submit(certificate_care.revoke, house.connection, name, "key stolen", house.by)
            with pytest.raises(TimeoutError):
                revoking.result(0.5)
            store_sealed(cursor, [(waiting.id, b"sealed to the stolen key")], datetime.now(UTC))
            sealing.commit()
        assert revoking.result(10) is True
    assert OutboxItem.objects.values_list("state", "evidence").get() == ("waiting", None)


def test_what_is_sent_again_on_request_goes_to_the_address_of_now(house: House, parties: Parties) -> None:
    house.register(parties.site)
    house.receive(sealed(parties))
    OutboxItem.objects.update(state="confirmed")
    house.register(parties.authority.issue("Moved device", MOVED, at=STARTED), address=MOVED)
    item = OutboxItem.objects.get()
    assert item.recipient == SITE_ADDRESS
    assert request_redelivery(house.connection, item.pk, datetime.now(UTC))
    item.refresh_from_db()
    assert (item.recipient, item.state) == (MOVED, "waiting")
