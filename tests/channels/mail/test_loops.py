"""No answer answers an answer: automatic mail gets no notice, and two gateways wired to each other fall silent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from channels.mail.mails import received, registered, sealed
from openics.channels.mail.automatic import is_automatic
from openics.channels.mail.opening import MailOpener, Register, RegisteredSite
from openics.channels.mail.sealing import MailSealer, load_certificates
from openics.edifact.envelope import Header
from openics.edifact.writer import write_interchange
from openics.exchange.handlers import HANDLERS
from openics.exchange.intake import accept
from openics.exchange.outbox import record_deliveries, store_sealed, take_due, take_waiting
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.worker import Worker
from openics.messages.document import Document
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.writing import write_message
from openics.pki import smime
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.identity import Identity
from openics.pki.smime import Notice, Outgoing
from openics.pki.trust import TrustStore
from openics.sandbox.authority import Authority
from openics.sandbox.story import current_declaration
from trading_parties import NOW, SITE, SITE_ADDRESS, STARTED, Parties

NULL_SENDERS = ["", "<>", " "]
FIELDS = [
    b"Auto-Submitted: auto-replied",
    b"auto-submitted: Auto-Generated; owner-email=x@y.example",
    b"Precedence: bulk",
    b"Precedence: Junk",
    b"Precedence: auto_reply",
    b"List-Id: <list.example>",
    b"X-Auto-Response-Suppress: All",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
]


@pytest.mark.parametrize("sender", NULL_SENDERS)
def test_a_null_sender_is_a_bounce(sender: str) -> None:
    mail = received(b"From: mailer-daemon@trader.example\r\n\r\nx")
    assert not is_automatic(mail)
    assert is_automatic(type(mail)(mail.intake, "mail", mail.content, sender, mail.received_at))


@pytest.mark.parametrize("line", FIELDS)
def test_what_says_that_a_machine_wrote_it(line: bytes) -> None:
    assert is_automatic(received(b"From: edi@trader.example\r\n" + line + b"\r\n\r\nx"))


@pytest.mark.parametrize("line", [b"Auto-Submitted: no", b"Precedence: first-class", b"Subject: Precedence: bulk"])
def test_what_a_person_or_ordinary_software_wrote(line: bytes) -> None:
    assert not is_automatic(received(b"From: edi@trader.example\r\n" + line + b"\r\n\r\nAuto-Submitted: auto-replied"))


def test_a_header_without_end_gets_no_answer() -> None:
    assert is_automatic(received(b"A: " + b"x" * 70_000))


def broken(parties: Parties) -> list[bytes]:
    """A mail for each way of being refused, before and after the site is proved."""
    right = sealed(parties)
    return [
        right.replace(b"Subject: ", b"Subject: x "),
        sealed(parties, subject=f"{SITE}_1_AAA336C"),
        sealed(parties, filename="x.edi"),
        sealed(parties, parties.other),
        right[:-400],
        b"From: %b\r\nSubject: x\r\n\r\n" % SITE_ADDRESS.encode(),
        b"From: %b\r\nSubject: x\r\n\r\ntext" % SITE_ADDRESS.encode(),
    ]


@pytest.mark.parametrize("line", [b"", *FIELDS[:-1]])
def test_no_refusal_of_automatic_mail_is_told_to_anybody(
    parties: Parties, opener: MailOpener, register_facts: Callable[[], Register], line: bytes
) -> None:
    for place, mail in enumerate(broken(parties)):
        content = line + b"\r\n" + mail if line else mail
        found = opener.open(received(content), register_facts(), NOW)
        expected = "" if line or place == len(broken(parties)) - 1 else SITE
        assert (place, getattr(found, "notify", "opened")) == (place, expected)


@pytest.fixture
def register_facts(parties: Parties) -> Callable[[], Register]:
    """The register with the one site."""
    site = RegisteredSite(SITE, SITE_ADDRESS, True, True, registered(parties.site))
    return lambda: Register({SITE: site}, {SITE_ADDRESS: site})


A, B = "AAA336C", "AAR399A"
ADDRESSES = {A: "ccf@a.example", B: "ccf@b.example"}
TABLES = ("evidence", "intake", "interchange", "message", "outbox_item", "event", "due_date", "client", "site") + (
    *("site_certificate", "sender_reference", "export_declaration", "export_declaration_version"),
)
MOST_ROUNDS = 8


@dataclass
class Instance:
    """A whole gateway of its own: tables, key, worker; the other one is a site to it."""

    site: str
    connection: psycopg.Connection
    identity: Identity
    keys: GatewayKeys
    worker: Worker
    said: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return ADDRESSES[self.site]

    def deliver(self) -> list[tuple[str, bytes]]:
        """Seal and hand out what waits: recipients and mails."""
        now = NOW
        with self.connection.transaction(), self.connection.cursor() as cursor:
            waiting = take_waiting(cursor, 100)
            certificates = load_certificates(cursor, [each.site for each in waiting], now)
            done = MailSealer(self.keys, self.address).seal(waiting, certificates, now)
            assert done.failures == []
            store_sealed(cursor, done.mails, now)
            due = take_due(cursor, 100, now)
            record_deliveries(cursor, [each.id for each in due], [], now, timedelta(minutes=30))
        self.said += [each.mail for each in due]
        return [(each.recipient, each.mail) for each in due]

    def take(self, mail: bytes, sender: str) -> None:
        accept(self.connection, channel="mail", content=mail, sender=sender, peer="")
        self.connection.execute("UPDATE intake SET received_at = %s", (NOW,))


def make(schema: str, url: str, site: str, own: dict[str, Identity], home: Path) -> Instance:
    """A gateway in a schema of its own, to which the other one is its only site."""
    connection = psycopg.connect(url, autocommit=True, options=f"-c search_path={schema},public")
    connection.execute(f"CREATE SCHEMA {schema}".encode())
    for table in TABLES:
        connection.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} INCLUDING ALL)".encode())
    peer = B if site == A else A
    connection.execute(
        "INSERT INTO client (client_id, kind, name, match_key, address, contacts, roles, status, client_activity_centre) "
        "VALUES ('51824753556', 'ABN', 'THE OTHER GATEWAY', 'x', '{}', '[]', '{EXPORTER}', 'ACTIVE', '')"
    )
    connection.execute(
        "INSERT INTO site (site_id, owner_id, edi_address, text_address, administrator_address, test, active, "
        "last_control_reference, plain_text) SELECT %s, id, %s, %s, %s, true, true, 0, true FROM client",
        (peer, ADDRESSES[peer], ADDRESSES[peer], ADDRESSES[peer]),
    )
    certificate = own[peer].certificate
    connection.execute(
        "INSERT INTO site_certificate (site_id, fingerprint, der, not_before, not_after) VALUES (%s, %s, %s, %s, %s)",
        (peer, fingerprint(certificate), certificate.public_bytes(Encoding.DER))
        + (certificate.not_valid_before_utc, certificate.not_valid_after_utc),
    )
    gateway_key("key", own[site], STARTED).save(home / site)
    keys = GatewayKeys.load(home / site)
    opener = MailOpener(keys, TrustStore.load(home / "trust"), test=True)
    worker = Worker(connection, Pipeline({"mail": opener}, HANDLERS, Policy(customs_site=site)), lambda: NOW)
    return Instance(site, connection, own[site], keys, worker)


@pytest.fixture
def pair(transactional_db: None, database_url: str, tmp_path: Path) -> Iterator[dict[str, Instance]]:
    """Two gateways, each the other's site, text address and administrator."""
    authority = Authority.create(tmp_path / "authority", STARTED)
    authority.install(tmp_path / "trust")
    own = {site: authority.issue(site, address, at=STARTED) for site, address in ADDRESSES.items()}
    schemas = {A: "first_gateway", B: "second_gateway"}
    made = {site: make(schema, database_url, site, own, tmp_path) for site, schema in schemas.items()}
    yield made
    for site, schema in schemas.items():
        made[site].connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
        made[site].connection.close()


def letter(pair: dict[str, Instance], *documents: Document, test: bool = True, **changes: object) -> bytes:
    """Documents from B to A, sealed as a site seals them."""
    header = Header(
        sender=B,
        owner=B,
        recipient=A,
        date="260302",
        time="1900",
        control_reference="SEED1",
        acknowledgement_request=True,
        test=test,
    )
    content = write_interchange(header, [write_message(each, str(n)) for n, each in enumerate(documents, 1)])
    values: dict[str, object] = {"sender": ADDRESSES[B], "recipient": ADDRESSES[A], "subject": f"{B}_SEED1_{A}"}
    values |= {"filename": f"{B}_SEED1.edi", "content": content, "message_id": "<1@b.example>", "date": NOW}
    return smime.seal(Outgoing(**(values | changes)), pair[B].identity, [pair[A].identity.certificate])  # type: ignore[arg-type]


def contrl(action: str) -> SyntaxReport:
    return SyntaxReport(control_reference="1", sender=A, owner=A, recipient=B, action=action)


def seeds(pair: dict[str, Instance]) -> dict[str, bytes]:
    """A first mail of every kind from B to A."""
    declaration = current_declaration("EXPORT-1", NOW)
    notice = Notice(ADDRESSES[B], ADDRESSES[A], "a notice", "in words", "<n@b.example>", NOW)
    return {
        "a declaration": letter(pair, declaration),
        "one that is refused": letter(pair, declaration.replace(destination_country="ZZ")),
        "one with a test indicator of production": letter(pair, declaration, test=False),
        "two, one of them CONTRL": letter(pair, contrl("7"), declaration),
        **{f"CONTRL {action}": letter(pair, contrl(action)) for action in "478"},
        "no interchange": letter(pair, declaration, content=b"UNB"),
        "another subject": letter(pair, declaration, subject="hello"),
        "a notice": smime.clear_sign(notice, pair[B].identity),
        "an absence notice": b"From: ccf@b.example\r\nAuto-Submitted: auto-replied\r\n\r\nI am away",
        "nothing": b"",
    }


def as_a_site(mail: bytes, here: Instance, there: Instance) -> bytes:
    """The worst case: the mail as a site would send it, named by rule E9 and without a word that a machine wrote it."""
    try:
        opened = smime.unseal(mail, [there.identity], smime.Bounds())
    except PkiError:
        return mail.replace(b"Auto-Submitted: auto-generated\r\n", b"")
    name = f"{here.site}_{opened.filename.partition('_')[2]}"
    fields = (opened.sender, there.address, opened.subject, name, opened.content, opened.message_id, NOW)
    return smime.seal(Outgoing(*fields), here.identity, [there.identity.certificate])


def pump(pair: dict[str, Instance], carry: Callable[[bytes, Instance, Instance], tuple[bytes, str]]) -> int:
    """Carry mail to and fro until both are silent; returns the rounds it took."""
    for rounds in range(MOST_ROUNDS):
        moved = 0
        for here, there in ((pair[A], pair[B]), (pair[B], pair[A])):
            here.worker.run_once()
            for recipient, mail in here.deliver():
                assert recipient == there.address
                there.take(*carry(mail, here, there))
                moved += 1
        if not moved:
            return rounds
    raise AssertionError(f"still talking after {MOST_ROUNDS} rounds")


def sent_interchanges(instance: Instance) -> Sequence[tuple[str, str | None]]:
    """Each message that an instance sent, with the name of the message that it answers."""
    return instance.connection.execute(
        "SELECT m.name, b.name FROM message m LEFT JOIN message b ON b.id = m.answers_id "
        "WHERE m.direction = 'out' ORDER BY m.id"
    ).fetchall()


CARRIERS: dict[str, Callable[[bytes, Instance, Instance], tuple[bytes, str]]] = {
    "as it is": lambda mail, here, _: (mail, here.address),
    "as a bounce": lambda mail, _, __: (mail, ""),
    "as a site": lambda mail, here, there: (as_a_site(mail, here, there), here.address),
}
SAID = {
    "a declaration": {"as it is": (4, 0), "as a bounce": (4, 0), "as a site": (4, 2)},
    "one that is refused": {"as it is": (4, 0), "as a bounce": (4, 0), "as a site": (4, 2)},
    "one with a test indicator of production": {"as it is": (2, 0), "as a bounce": (2, 0), "as a site": (2, 0)},
    "two, one of them CONTRL": {"as it is": (4, 0), "as a bounce": (4, 0), "as a site": (4, 2)},
    **{f"CONTRL {action}": dict.fromkeys(CARRIERS, (0, 0)) for action in "478"},
    "no interchange": {"as it is": (1, 0), "as a bounce": (0, 0), "as a site": (1, 0)},
    "another subject": {"as it is": (1, 0), "as a bounce": (0, 0), "as a site": (1, 0)},
    **{seed: dict.fromkeys(CARRIERS, (0, 0)) for seed in ("a notice", "an absence notice", "nothing")},
}
"""How many mails the first and the second gateway send after each seed; texts to people are among the first one's."""


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("seed", SAID)
def test_two_gateways_wired_to_each_other_fall_silent(pair: dict[str, Instance], seed: str, carrier: str) -> None:
    pair[A].take(seeds(pair)[seed], "" if carrier == "as a bounce" else ADDRESSES[B])
    assert pump(pair, CARRIERS[carrier]) <= 4
    assert (len(pair[A].said), len(pair[B].said)) == SAID[seed][carrier]
    for instance in pair.values():
        assert [name for name, answers in sent_interchanges(instance) if answers == "CONTRL"] == []
        waiting = "SELECT count(*) FROM intake WHERE state IN ('pending', 'parked')"
        assert instance.connection.execute(waiting).fetchone() == (0,)
        for mail in instance.said:
            assert b"Auto-Submitted: auto-generated\r\n" in mail.partition(b"\r\n\r\n")[0]
    assert {name for name, _ in sent_interchanges(pair[B])} <= {"CONTRL"}


def test_every_seed_is_tried(pair: dict[str, Instance]) -> None:
    assert list(seeds(pair)) == list(SAID)
