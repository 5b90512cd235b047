"""A courier, rows for it to deliver, and a mail server that records."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from cryptography.hazmat.primitives.serialization import Encoding

from openics.channels.mail.courier import Courier, Relay
from openics.channels.mail.listener import Bounds as ListenerBounds
from openics.channels.mail.server import Gateway, serve
from openics.clients.models import Site, SiteCertificate
from openics.exchange.models import Interchange, OutboxItem
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.identity import Identity

NOW = datetime(2026, 5, 4, 3, 21, tzinfo=UTC)
SITE = "AAR399A"
ADDRESS = "edi@trader.example"
ADMINISTRATOR = "admin@trader.example"
GATEWAY = "ccf@customs.example"
RESEND_AFTER = timedelta(minutes=30)
INTERCHANGE = b"UNB+UNOC:3+AAA336C::AAA336C+AAR399A+260504:1321+00000000000001++++1++1'UNZ+0+00000000000001'"


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
