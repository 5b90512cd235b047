"""The courier: from waiting rows of the outbox to mails in the site's mailbox, over real SMTP and S/MIME."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from openics.channels.mail.courier import Courier, Relay
from openics.channels.mail.listener import Bounds as ListenerBounds
from openics.channels.mail.server import Gateway, serve
from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange.models import Interchange, OutboxItem
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.identity import Identity
from openics.pki.smime import Bounds, unseal
from trader.world import mail_server

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 5, 4, 3, 21, tzinfo=UTC)
SITE = "AAR399A"
ADDRESS = "edi@trader.example"
ADMINISTRATOR = "admin@trader.example"
GATEWAY = "ccf@customs.example"
RESEND_AFTER = timedelta(minutes=30)
INTERCHANGE = b"UNB+UNOC:3+AAA336C::AAA336C+AAR399A+260504:1321+00000000000001++++1++1'UNZ+0+00000000000001'"


@pytest.fixture(scope="module")
def trader() -> Identity:
    return Identity.generate(SITE, ADDRESS, "Trader", at=NOW - timedelta(days=1))


@pytest.fixture(scope="module")
def gateway() -> Identity:
    return Identity.generate("Gateway", GATEWAY, "Customs", at=NOW - timedelta(days=1))


@pytest.fixture
def keys(gateway: Identity, tmp_path: Path) -> GatewayKeys:
    gateway_key("gateway-1", gateway, NOW - timedelta(days=1)).save(tmp_path / "keys")
    return GatewayKeys.load(tmp_path / "keys")


@pytest.fixture
def site(trader: Identity) -> Site:
    owner = Client.objects.create(client_id="53004085616", kind="ABN", name="TRADER", match_key="TRADER")
    site = Site.objects.create(
        site_id=SITE, owner=owner, edi_address=ADDRESS, administrator_address=ADMINISTRATOR, test=True
    )
    register(site, trader)
    return site


def register(site: Site, identity: Identity) -> None:
    certificate = identity.certificate
    SiteCertificate.objects.create(
        site=site,
        fingerprint=fingerprint(certificate),
        der=certificate.public_bytes(Encoding.DER),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def wait_in_outbox(number: int = 1, recipient: str = ADDRESS) -> OutboxItem:
    """An interchange that waits to be sealed."""
    reference = f"{number:014d}"
    interchange = Interchange.objects.create(
        direction="out",
        site=SITE,
        control_reference=reference,
        test=True,
        outcome="answer",
        content=INTERCHANGE.replace(b"00000000000001", reference.encode()),
        recorded_at=NOW,
    )
    return OutboxItem.objects.create(
        interchange=interchange,
        subject=f"AAA336C_{reference}_{SITE}",
        site=SITE,
        recipient=recipient,
        created_at=NOW,
        next_attempt_at=NOW,
    )


@dataclass
class Clock:
    """A clock that tests put forward."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def courier(database_url: str, keys: GatewayKeys, port: int, clock: Callable[[], datetime] = lambda: NOW) -> Courier:
    return Courier(database_url, Relay("127.0.0.1", port, GATEWAY, timeout=5), keys, RESEND_AFTER, clock=clock)


def run_once(working: Courier) -> int:
    with psycopg.connect(working.database_url, autocommit=True) as connection:
        try:
            return working.run_once(connection)
        finally:
            working.relay.close()


def states() -> list[tuple[str, int, int]]:
    return list(OutboxItem.objects.order_by("id").values_list("state", "attempts", "sends"))


@dataclass
class Server:
    """A mail server that records, and does what a test tells it."""

    refuse: set[bytes] = field(default_factory=set)
    taken: list[bytes] = field(default_factory=list)
    connections: set[str] = field(default_factory=set)
    port: int = 0

    async def __call__(self, content: bytes, sender: str, peer: str) -> int:
        self.connections.add(peer)
        if any(mark in content for mark in self.refuse):
            raise OSError("disk full")
        self.taken.append(content)
        return len(self.taken)


@contextmanager
def recording(server: Server, port: int = 0, bounds: ListenerBounds | None = None) -> Iterator[Server]:
    """Serve for the trader's address until the block ends."""
    import asyncio

    is_open, stop = threading.Event(), threading.Event()
    described = Gateway(ADDRESS, smtp_port=port, bounds=bounds or ListenerBounds())

    def ready(ports: Any) -> None:
        server.port = ports.smtp
        is_open.set()

    thread = threading.Thread(target=lambda: asyncio.run(serve(described, server, stop, ready, 1.0)))
    thread.start()
    try:
        assert is_open.wait(10)
        yield server
    finally:
        stop.set()
        thread.join(10)


def test_what_waits_is_sealed_and_delivered(
    database_url: str, keys: GatewayKeys, site: Site, trader: Identity, gateway: Identity, tmp_path: Path
) -> None:
    item = wait_in_outbox()
    with mail_server(tmp_path / "mail", ADDRESS) as (port, mailboxes):
        assert run_once(courier(database_url, keys, port)) == 2
    (path,) = mailboxes.of(ADDRESS).waiting()
    opened = unseal(path.read_bytes(), [trader], Bounds())
    assert (opened.sender, opened.subject) == (GATEWAY, f"AAA336C_00000000000001_{SITE}")
    assert (opened.filename, opened.content) == (f"{SITE}_00000000000001.edi", INTERCHANGE)
    assert opened.signed.signer_certificate == gateway.certificate
    item.refresh_from_db()
    assert item.evidence is not None
    assert bytes(item.evidence.content) == path.read_bytes()
    assert (item.state, item.sends, item.delivered_at, item.next_attempt_at) == (
        "delivered",
        1,
        NOW,
        NOW + RESEND_AFTER,
    )


def test_a_notice_is_signed_and_readable(database_url: str, keys: GatewayKeys, site: Site, tmp_path: Path) -> None:
    OutboxItem.objects.create(
        notice="Your mail was refused.\nSend it again.",
        subject="Mail refused",
        site=SITE,
        recipient=ADMINISTRATOR,
        wants_confirmation=False,
        created_at=NOW,
        next_attempt_at=NOW,
    )
    with mail_server(tmp_path / "mail", ADMINISTRATOR) as (port, mailboxes):
        run_once(courier(database_url, keys, port))
    (path,) = mailboxes.of(ADMINISTRATOR).waiting()
    text, _ = message_from_bytes(path.read_bytes()).walk().__next__().get_payload()  # type: ignore[misc,union-attr]
    assert text.get_payload(decode=True) == b"Your mail was refused.\r\nSend it again."  # type: ignore[union-attr]


def test_several_mails_go_over_one_connection_in_order(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in range(1, 6):
        wait_in_outbox(number)
    with recording(Server()) as server:
        run_once(courier(database_url, keys, server.port))
    subjects = [message_from_bytes(mail)["Subject"] for mail in server.taken]
    assert subjects == [f"AAA336C_{number:014d}_{SITE}" for number in range(1, 6)]
    assert len(server.connections) == 1


def test_a_slow_server_does_not_keep_a_transaction_open(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in (1, 2, 3):
        wait_in_outbox(number)
    with recording(Server()) as server:
        working = courier(database_url, keys, server.port)
        working.batch_seconds = 0
        assert [run_once(working) for _ in range(4)] == [4, 1, 1, 0]
    assert states() == [("delivered", 0, 1)] * 3


def test_a_site_without_valid_certificate_is_parked_and_others_leave(
    database_url: str, keys: GatewayKeys, site: Site, tmp_path: Path
) -> None:
    SiteCertificate.objects.update(removed_at=NOW - timedelta(hours=1))
    item = wait_in_outbox()
    OutboxItem.objects.create(
        notice="text", subject="s", site=SITE, recipient=ADMINISTRATOR, created_at=NOW, next_attempt_at=NOW
    )
    with mail_server(tmp_path / "mail", ADDRESS, ADMINISTRATOR) as (port, mailboxes):
        run_once(courier(database_url, keys, port))
    assert [state for state, _, _ in states()] == ["parked", "delivered"]
    assert mailboxes.of(ADDRESS).waiting() == []
    item.refresh_from_db()
    assert item.error == "no-certificate: There is no certificate to encrypt to. Register a valid certificate."


def test_while_a_certificate_is_replaced_either_opens_the_mail(
    database_url: str, keys: GatewayKeys, site: Site, trader: Identity, tmp_path: Path
) -> None:
    renewed = Identity.generate(SITE, ADDRESS, "Trader", at=NOW - timedelta(hours=1))
    register(site, renewed)
    wait_in_outbox()
    with mail_server(tmp_path / "mail", ADDRESS) as (port, mailboxes):
        run_once(courier(database_url, keys, port))
    mail = mailboxes.of(ADDRESS).waiting()[0].read_bytes()
    assert [unseal(mail, [one], Bounds()).content for one in (trader, renewed)] == [INTERCHANGE, INTERCHANGE]


def test_without_a_key_to_sign_with_everything_waits(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox()
    later = Clock(NOW + timedelta(days=800))
    with recording(Server()) as server:
        assert run_once(courier(database_url, keys, server.port, later)) == 0
    assert states() == [("waiting", 0, 0)]
    assert server.taken == []


def test_a_server_that_is_away_gets_the_same_bytes_later(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in (1, 2):
        wait_in_outbox(number)
    with recording(Server()) as server:
        port = server.port
    clock = Clock()
    working = courier(database_url, keys, port, clock)
    assert run_once(working) == 4
    assert states() == [("sealed", 1, 0), ("sealed", 1, 0)]
    sealed = [bytes(item.evidence.content) for item in OutboxItem.objects.order_by("id") if item.evidence]
    errors = OutboxItem.objects.values_list("error", flat=True)
    assert [error.startswith(f"The mail server is away: 127.0.0.1:{port}: ") for error in errors] == [True, True]
    with recording(server, port):
        assert run_once(working) == 0
        clock.now += timedelta(minutes=1)
        assert run_once(working) == 2
    assert server.taken == sealed
    assert states() == [("delivered", 0, 1), ("delivered", 0, 1)]


def test_a_mail_that_is_refused_does_not_stop_the_next(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in (1, 2, 3):
        wait_in_outbox(number)
    with recording(Server(refuse={b"AAA336C_00000000000002"})) as server:
        run_once(courier(database_url, keys, server.port))
    assert states() == [("delivered", 0, 1), ("sealed", 1, 0), ("delivered", 0, 1)]
    error = OutboxItem.objects.order_by("id")[1].error
    assert error == (
        "The mail server refused the mail: 451 4.3.0 The mail could not be stored and is not taken; send it again later"
    )


def test_a_recipient_that_is_refused_does_not_stop_the_next(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox(1, "nobody@trader.example")
    wait_in_outbox(2)
    with recording(Server()) as server:
        run_once(courier(database_url, keys, server.port))
    assert states() == [("sealed", 1, 0), ("delivered", 0, 1)]
    assert OutboxItem.objects.order_by("id")[0].error.startswith("The mail server refused the mail: 550 5.1.1")


def test_a_busy_server_counts_as_away(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox()
    with recording(Server(), bounds=ListenerBounds(connections=1)) as server, smtplib.SMTP("127.0.0.1", server.port):
        run_once(courier(database_url, keys, server.port))
    assert states() == [("sealed", 1, 0)]
    assert "421 4.3.2 localhost already serves 1 connections" in OutboxItem.objects.get().error


def test_a_connection_that_the_server_closed_is_opened_again(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox(1)
    working = courier(database_url, keys, 0)
    with psycopg.connect(database_url, autocommit=True) as connection:
        with recording(Server()) as server:
            working.relay.port = server.port
            working.run_once(connection)
        wait_in_outbox(2)
        with recording(server, server.port):
            working.run_once(connection)
    working.relay.close()
    assert states() == [("delivered", 0, 1), ("delivered", 0, 1)]
    assert (len(server.taken), len(server.connections)) == (2, 2)


def test_two_couriers_never_take_the_same_mail(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in range(1, 31):
        wait_in_outbox(number)
    with recording(Server()) as server:
        workers = [courier(database_url, keys, server.port) for _ in range(3)]
        for each in workers:
            each.batch = 4
        stop = threading.Event()
        threads = [threading.Thread(target=each.run, args=(stop,)) for each in workers]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 30
        while len(server.taken) < 30 and time.monotonic() < deadline:
            time.sleep(0.05)
        stop.set()
        for thread in threads:
            thread.join(10)
    subjects = sorted(message_from_bytes(mail)["Subject"] for mail in server.taken)
    assert subjects == [f"AAA336C_{number:014d}_{SITE}" for number in range(1, 31)]
    assert states() == [("delivered", 0, 1)] * 30


def test_a_ring_wakes_the_courier_at_once(database_url: str, keys: GatewayKeys, site: Site) -> None:
    stop = threading.Event()
    with recording(Server()) as server, psycopg.connect(database_url, autocommit=True) as connection:
        thread = threading.Thread(target=courier(database_url, keys, server.port).run, args=(stop,))
        thread.start()
        time.sleep(0.5)
        wait_in_outbox()
        connection.execute("NOTIFY outbox")
        deadline = time.monotonic() + 10
        while not server.taken and time.monotonic() < deadline:
            time.sleep(0.01)
        stop.set()
        thread.join(10)
    assert len(server.taken) == 1


def test_the_courier_survives_the_loss_of_its_database_connection(
    database_url: str, keys: GatewayKeys, site: Site
) -> None:
    stop = threading.Event()
    terminate = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'openics courier'"
    )
    with recording(Server()) as server, psycopg.connect(database_url, autocommit=True) as connection:
        thread = threading.Thread(target=courier(database_url, keys, server.port).run, args=(stop,))
        thread.start()
        deadline = time.monotonic() + 10
        while connection.execute(terminate).fetchone() == (0,) and time.monotonic() < deadline:
            time.sleep(0.05)
        wait_in_outbox()
        while not server.taken and time.monotonic() < deadline:
            time.sleep(0.05)
        stop.set()
        thread.join(10)
    assert len(server.taken) == 1


PROGRAM = """
import sys, threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from openics.channels.mail.courier import Courier, Relay
from openics.pki.gateway_keys import GatewayKeys
url, keys, port, now = sys.argv[1:]
at = datetime.fromisoformat(now)
relay = Relay("127.0.0.1", int(port), "ccf@customs.example")
Courier(url, relay, GatewayKeys.load(Path(keys)), timedelta(minutes=30), batch=3, clock=lambda: at).run(threading.Event())
"""


def test_a_courier_killed_in_the_middle_loses_nothing_and_changes_no_byte(
    database_url: str, keys: GatewayKeys, site: Site, tmp_path: Path
) -> None:
    for number in range(1, 25):
        wait_in_outbox(number)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    with recording(Server()) as server:
        command = [
            sys.executable,
            "-c",
            PROGRAM,
            database_url,
            str(tmp_path / "keys"),
            str(server.port),
            NOW.isoformat(),
        ]
        for wanted in (1, 9, 17):
            with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
                deadline = time.monotonic() + 20
                while len(server.taken) < wanted and time.monotonic() < deadline:
                    time.sleep(0.001)
                process.send_signal(signal.SIGKILL)
        finishing = courier(database_url, keys, server.port)
        with psycopg.connect(database_url, autocommit=True) as connection:
            while finishing.run_once(connection):
                pass
        finishing.relay.close()
    by_subject: dict[str, set[bytes]] = {}
    for mail in server.taken:
        by_subject.setdefault(message_from_bytes(mail)["Subject"], set()).add(mail)
    assert sorted(by_subject) == [f"AAA336C_{number:014d}_{SITE}" for number in range(1, 25)]
    assert {len(variants) for variants in by_subject.values()} == {1}
    assert {state for state, _, _ in states()} == {"delivered"}
