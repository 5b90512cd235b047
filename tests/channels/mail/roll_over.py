"""The roll-over of the gateway's certificate as it was timed in 2014, with three sites and mails under way both ways."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from cryptography.hazmat.primitives.serialization import Encoding

from channels.mail.couriers import Clock, register
from exchange.conftest import interchange
from openics.channels.mail.courier import Courier, Relay, RelayAwayError
from openics.channels.mail.opening import MailOpener
from openics.clients.models import Client, Site
from openics.exchange.handlers import HANDLERS
from openics.exchange.intake import accept
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.worker import Worker
from openics.messages.exports.streq import StatusRequest
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.identity import Identity
from openics.pki.trust import TrustStore
from openics.sandbox.authority import Authority
from openics.trader.gateways import trust_anchor, trust_gateway_certificate, trust_revocations
from openics.trader.home import Config, TraderHome
from openics.trader.keys import identities, install, make_key
from openics.trader.receiving import Refused, receive
from openics.trader.records import Received
from openics.trader.sending import keep

GATEWAY = "ccf@customs.example"
CANBERRA = ZoneInfo("Australia/Canberra")
ISSUED = datetime(2012, 6, 1, tzinfo=CANBERRA)
"""When the old certificate, the sites' and the revocation list were issued, for two years."""
RENEWED = datetime(2014, 4, 14, 9, 0, tzinfo=CANBERRA)
OPEN = datetime(2014, 5, 8, 0, 0, tzinfo=CANBERRA)
CLOSED = datetime(2014, 5, 21, 0, 1, tzinfo=CANBERRA)
"""The gateway takes no mail from here to the switch."""
SWITCH = datetime(2014, 5, 21, 4, 0, tzinfo=CANBERRA)
RETIRED = datetime(2014, 5, 28, 4, 0, tzinfo=CANBERRA)
INSTANT = timedelta(microseconds=1)
EARLY, PUNCTUAL, LATE = "AAA676Y", "AAR399A", "FKG373X"
ABNS = {EARLY: "80000000001", PUNCTUAL: "61000000002", LATE: "51824753556"}


@dataclass
class Post(Relay):
    """A mail server in memory that can be away."""

    away: bool = False
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    def send(self, recipient: str, mail: bytes) -> None:
        if self.away:
            raise RelayAwayError("away")
        self.taken.append((recipient, mail))


@dataclass(frozen=True)
class Answer:
    """One mail from customs, as a site took it."""

    site: str
    at: datetime
    mail: bytes
    taken: Received | Refused

    @property
    def accepted(self) -> bool:
        return isinstance(self.taken, Received)


def issue(directory: Path) -> None:
    """Everything that takes keys, which takes long: an authority, two gateway certificates, the sites' homes."""
    authority = Authority.create(directory / "authority", ISSUED)
    authority.install(directory / "trust")
    for name, at in (("old", ISSUED), ("new", RENEWED)):
        authority.issue("CCF E-mail Gateway", GATEWAY, "Customs", at).save(directory / "issued", name)
    Identity.load(directory / "issued", "old").save(directory / "gateway", "gateway-1")
    for site in ABNS:
        home = TraderHome.create(directory / "traders" / site, Config(site, address(site), GATEWAY, "Example Trader"))
        certificate = authority.issue_for_request(make_key(home).read_bytes(), ISSUED)
        (directory / "issued" / f"{site}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        install(home, directory / "issued" / f"{site}.pem", ISSUED)
        trust_anchor(home, directory / "trust" / "anchors" / "test-authority.pem")
        trust_revocations(home, directory / "trust" / "crls" / "test-authority.crl")


@dataclass
class Stage:
    """Customs with its processes, three sites, and one clock for all of them."""

    directory: Path
    connection: psycopg.Connection
    database_url: str
    clock: Clock = field(default_factory=lambda: Clock(ISSUED))
    homes: dict[str, TraderHome] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    held: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the processes and register the sites, with everything that `issue` made."""
        self.old, self.new = (Identity.load(self.directory / "issued", name) for name in ("old", "new"))
        self.ring = GatewayKeys.load(self.keys)
        opener = MailOpener(self.ring, TrustStore.load(self.directory / "trust"), test=True)
        pipeline = Pipeline({"mail": opener}, HANDLERS, Policy())
        self.worker = Worker(self.connection, pipeline, self.clock)
        self.post = Post("127.0.0.1", 9, GATEWAY)
        self.courier = Courier(self.database_url, self.post, self.ring, timedelta(days=60), clock=self.clock)
        for site, abn in ABNS.items():
            self.join(site, abn)

    @property
    def keys(self) -> Path:
        """The directory of the gateway's keys."""
        return self.directory / "gateway"

    def join(self, site: str, abn: str) -> None:
        """Register a site, which trusts the old certificate."""
        self.homes[site] = TraderHome.open(self.directory / "traders" / site)
        self.trust(site, self.old, ISSUED)
        owner = Client.objects.create(client_id=abn, kind="ABN", name=f"OWNER OF {site}", match_key=abn)
        fields = {"edi_address": address(site), "administrator_address": f"admin@{site.lower()}.example", "test": True}
        register(Site.objects.create(site_id=site, owner=owner, **fields), identities(self.homes[site])[0])

    def trust(self, site: str, identity: Identity, encrypt_from: datetime) -> None:
        """Put a gateway certificate on a site's list."""
        trust_gateway_certificate(
            self.homes[site], identity.certificate, (), self.clock(), encrypt_from=encrypt_from, retire_at=None
        )

    def announce(self) -> None:
        """Add the new key, date the old one, and let two of the sites hear of it."""
        gateway_key("gateway-2", self.new, SWITCH, overlap=SWITCH - OPEN).save(self.keys)
        gateway_key("gateway-1", self.old, ISSUED, retire_at=RETIRED).save(self.keys)
        self.clock.now = RENEWED
        self.trust(EARLY, self.new, OPEN)
        self.trust(PUNCTUAL, self.new, SWITCH)

    def lodge(self, at: datetime, *sites: str) -> None:
        """Each site sends a status request; while customs is closed, mail servers on the way keep it."""
        self.clock.now = at
        for site in sites or tuple(ABNS):
            reference = f"R{len(self.sent) + 1:04d}"
            request = StatusRequest(sender_reference=reference, version=1, function="13", authority_number="AAAAAAAT4")
            content = interchange(request, reference=reference, site=site, date=f"{at:%y%m%d}", time=f"{at:%H%M}")
            key = keep(self.homes[site], content, at).key
            self.sent.append((site, reference))
            self.held.append((site, (self.homes[site].sent / f"{key}.eml").read_bytes()))

    def work(self, at: datetime) -> None:
        """Customs takes what is held, decides, seals and delivers; the sites take what arrives."""
        self.clock.now = at
        for site, mail in self.held:
            intake = accept(self.connection, channel="mail", content=mail, sender=address(site), peer="")
            self.connection.execute("UPDATE intake SET received_at = %s WHERE id = %s", (at, intake))
        self.held.clear()
        self.worker.run_once()
        self.deliver(at)

    def deliver(self, at: datetime) -> None:
        """Seal and deliver what waits, and let the sites take it."""
        self.clock.now = at
        while self.courier.run_once(self.connection) and not self.post.away:
            pass
        for recipient, mail in self.post.taken:
            if site := next((site for site in ABNS if address(site) == recipient), None):
                self.answers.append(Answer(site, at, mail, receive(self.homes[site], mail, at)))
        self.post.taken.clear()

    def states(self) -> list[tuple[str, str, str | None, str | None]]:
        """Every mail taken: site, state, key by name, code of the refusal."""
        names = {fingerprint(self.old.certificate): "old", fingerprint(self.new.certificate): "new", None: None}
        rows = self.connection.execute(
            "SELECT site, state, gateway_key, refusal ->> 'code' FROM intake ORDER BY id"
        ).fetchall()
        return [(site, state, names[key], code) for site, state, key, code in rows]


def address(site: str) -> str:
    """A site's EDI address."""
    return f"edi@{site.lower()}.example"


def references(answers: Iterable[Answer]) -> list[tuple[str, str, str]]:
    """What accepted answers are about: site, name of the message, what it refers to."""
    accepted = [(answer.site, answer.taken) for answer in answers if isinstance(answer.taken, Received)]
    return sorted(
        (site, note.name, note.about or note.sender_reference) for site, taken in accepted for note in taken.notes
    )
