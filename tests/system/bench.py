"""The bench on which bad mail is tried: what the system says to it, and everything that it changed."""

import smtplib
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import psycopg

from openics.edifact.reader import read_interchange
from openics.sandbox.counterpart import Counterpart
from openics.sandbox.environment import SITES
from openics.trader.maildir import Maildir
from system.bad_mail import Forger
from system.instances import System, wait_for

EXPORTER, OTHER = SITES
EXCHANGE_TABLES = ("evidence", "intake", "interchange", "message", "outbox_item", "event")

Rows = dict[str, int]


@dataclass(frozen=True)
class Notice:
    """A plain-text mail to an administrator."""

    sender: str
    recipient: str
    subject: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """What became of a mail.

    `answers` are the segments of each interchange that the site got, without UNH and UNT; `added` the rows that the tables
    of the exchange got; `changed` the names of other tables that are not what they were.
    """

    reply: tuple[int, str]
    intake: int
    state: str
    code: str | None
    rule: str | None
    text: str | None
    answers: list[list[str]]
    notices: list[Notice]
    added: Rows
    changed: set[str]


@dataclass
class Bench:
    """The system under test, seen by its sender, the sender's administrator and an operator."""

    system: System
    connection: psycopg.Connection
    forger: Forger
    exporter: Counterpart
    administrator: Maildir
    seen: set[str] = field(default_factory=set)
    lodged: int = 0

    def post(self, mail: bytes) -> tuple[int, str]:
        """Hand a mail to the gateway and return its reply to the data."""
        config = self.exporter.home.config
        with smtplib.SMTP("127.0.0.1", self.system.smtp_port, "trader.example") as session:
            session.ehlo()
            session.mail(config.address)
            session.rcpt(config.gateway_address)
            code, text = session.data(mail)
        return code, text.decode()

    def judge(self, mail: bytes) -> Verdict:
        """Send a mail, wait until it is handled, and see what it did."""
        before, tables = self.counts(), self.digests()
        reply = self.post(mail)
        self.settle()
        intake = int(reply[1].rpartition(" ")[2])
        row = self.connection.execute(
            "SELECT i.state, refusal ->> 'code', refusal ->> 'rule', refusal ->> 'text', e.content FROM intake i "
            "JOIN evidence e ON e.id = i.evidence_id WHERE i.id = %s",
            (intake,),
        ).fetchone()
        assert row is not None
        assert bytes(row[4]) == mail
        after, found = self.counts(), self.digests()
        added = {table: after[table] - before[table] for table in EXCHANGE_TABLES}
        changed = {table for table in found if found[table] != tables[table]}
        return Verdict(reply, intake, *row[:4], self.new_answers(), self.new_notices(), added, changed)

    def settle(self) -> None:
        """Wait until everything received is handled, and everything sent has arrived and is confirmed."""

        def settled() -> bool:
            self.exporter.collect()
            return self.connection.execute(
                "SELECT NOT EXISTS (SELECT FROM intake WHERE state = 'pending') AND NOT EXISTS (SELECT FROM outbox_item "
                "WHERE state IN ('waiting', 'sealed') OR (state = 'delivered' AND wants_confirmation))"
            ).fetchone() == (True,)

        wait_for("the mail is handled", settled)
        self.exporter.collect()

    def counts(self) -> Rows:
        """The number of rows in each table of the exchange."""
        found = {}
        for table in EXCHANGE_TABLES:
            row = self.connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
            assert row is not None
            found[table] = row[0]
        return found

    def digests(self) -> dict[str, str]:
        """A digest of the content of every other table; only the last control reference of a site may go on."""
        tables = self.connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> ALL(%s)",
            (list(EXCHANGE_TABLES),),
        ).fetchall()
        found = {}
        for (table,) in tables:
            row = self.connection.execute(
                "SELECT md5(string_agg((to_jsonb(t) - 'last_control_reference')::text, '' ORDER BY to_jsonb(t)::text)) "
                f"FROM {table} t".encode()
            ).fetchone()
            assert row is not None
            found[table] = row[0]
        return found

    def new_answers(self) -> list[list[str]]:
        """What the site has got since the last look."""
        home = self.exporter.home
        new = sorted(path for path in home.received.glob("*.edi") if path.name not in self.seen)
        self.seen.update(path.name for path in new)
        return [read_interchange(path.read_bytes()).messages[0].segments[1:-1] for path in new]

    def new_notices(self) -> list[Notice]:
        """What the administrator has got since the last look."""
        waiting = self.administrator.waiting()
        found = [_notice(path) for path in waiting]
        for path in waiting:
            self.administrator.handled(path)
        return found

    def lodge(self) -> None:
        """A good declaration goes through."""
        self.lodged += 1
        before = self.counts()
        sent = self.exporter.send(self.forger.interchange())
        self.settle()
        contrl, answer = self.new_answers()
        assert contrl == [uci(sent.control_reference, "7"), "UCM+1+CUSDEC:D:99B:UN+7"]
        assert "FTX+AHN+++CLEAR:VALIDATED, AUTHORITY TO EXPORT GIVEN" in answer
        after = self.counts()
        assert {table: after[table] - before[table] for table in ("intake", "interchange")} == {
            "intake": 2, "interchange": 4,
        }  # fmt: skip
        # Notices are limited to some in an hour; for the next mail this hour is over.
        self.connection.execute("UPDATE outbox_item SET created_at = created_at - interval '1 hour' WHERE notice <> ''")


def uci(reference: str, rest: str, owner: str = EXPORTER.site) -> str:
    """The UCI segment that answers an interchange of the exporter: its reference, and what is said of it."""
    return f"UCI+{reference}+{EXPORTER.site}::{owner}+AAA336C+{rest}"


def _notice(path: Path) -> Notice:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    (text,) = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    return Notice(mail["From"], mail["To"], mail["Subject"], text.get_content().replace("\r\n", "\n"))
