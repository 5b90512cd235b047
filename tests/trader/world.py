"""Both sides of the exchange for the trader's tests: an authority, customs' gateway, a trading site, a mail server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.identity import Identity
from openics.pki.smime import Bounds, Outgoing, Unsealed, seal, unseal
from openics.sandbox.authority import Authority
from openics.sandbox.mailbox import Mailboxes, run
from openics.trader.gateways import trust_anchor, trust_gateway, trust_revocations
from openics.trader.home import Config, TraderHome
from openics.trader.keys import install, make_key

NOW = datetime(2026, 5, 4, 3, 21, tzinfo=UTC)
SITE = "AAR399A"
ADDRESS = "edi@trader.example"
GATEWAY = "ccf@customs.example"


@dataclass
class World:
    """Everything that needs a key, made once; nothing in it is changed by a test."""

    directory: Path
    now: datetime = NOW

    @cached_property
    def authority(self) -> Authority:
        return Authority.create(self.directory / "authority", self.now - timedelta(days=30))

    @cached_property
    def gateway(self) -> Identity:
        return self.authority.issue("CCF E-mail Gateway", GATEWAY, "Customs", self.now - timedelta(days=20))

    @cached_property
    def next_gateway(self) -> Identity:
        return self.authority.issue("CCF E-mail Gateway", GATEWAY, "Customs", self.now - timedelta(days=1))

    @cached_property
    def stranger(self) -> Identity:
        return self.authority.issue("Somebody", GATEWAY, "Elsewhere", self.now - timedelta(days=20))

    @cached_property
    def template(self) -> TraderHome:
        """A complete home, to be copied: making keys takes long."""
        home = TraderHome.create(self.directory / "template", Config(SITE, ADDRESS, GATEWAY, "Example Trader"))
        request = make_key(home).read_bytes()
        install(home, self.pem(self.authority.issue_for_request(request, self.now - timedelta(days=10))), self.now)
        trust_anchor(home, self.pem(self.authority.certificate))
        trust_revocations(home, self.authority.write_list(self.now - timedelta(days=10)))
        trust_gateway(home, self.pem(self.gateway.certificate), self.now)
        return home

    def pem(self, *certificates: x509.Certificate) -> Path:
        """The certificates in a file."""
        path = self.directory / f"{certificates[0].serial_number:x}.pem"
        path.write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in certificates))
        return path

    def open(self, mail: bytes) -> Unsealed:
        """What customs reads in a mail of the trader."""
        return unseal(mail, [self.gateway, self.next_gateway], Bounds())


@dataclass
class Letter:
    """A mail from customs to the trader, right in everything unless said otherwise."""

    interchange: bytes
    signer: Identity
    certificate: x509.Certificate
    reference: str = "00000000000054"
    sender: str = GATEWAY
    subject: str = ""
    filename: str = ""

    def sealed(self) -> bytes:
        outgoing = Outgoing(
            sender=self.sender,
            recipient=ADDRESS,
            subject=self.subject or f"AAA336C_{self.reference}_{SITE}",
            filename=self.filename or f"{SITE}_{self.reference}.edi",
            content=self.interchange,
            message_id=f"<{self.reference}@customs.example>",
            date=NOW,
        )
        return seal(outgoing, self.signer, [self.certificate])


@contextmanager
def mail_server(directory: Path, *addresses: str) -> Iterator[tuple[int, Mailboxes]]:
    """A mail server with a maildir for each address, until the block ends."""
    mailboxes = Mailboxes(directory, lambda: addresses)
    opened: list[int] = []
    is_open, stop = threading.Event(), threading.Event()

    def ready(port: int) -> None:
        opened.append(port)
        is_open.set()

    thread = threading.Thread(target=run, args=(mailboxes, "127.0.0.1", 0, stop, ready))
    thread.start()
    try:
        assert is_open.wait(10)
        yield opened[0], mailboxes
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
