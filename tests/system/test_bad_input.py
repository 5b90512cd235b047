"""Bad input through the real gateway: refused or answered as published, kept as evidence, and nothing else changes."""

import re
import smtplib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import psycopg
import pytest

from openics.edifact.reader import read_interchange
from openics.sandbox.counterpart import Counterpart
from openics.sandbox.environment import SITES
from openics.trader.maildir import Maildir
from system.bad_mail import Forger
from system.instances import System, wait_for

pytestmark = [pytest.mark.xdist_group("system"), pytest.mark.timeout(300)]

EXPORTER, OTHER = SITES
EXCHANGE_TABLES = ("evidence", "intake", "interchange", "message", "outbox_item", "event")
MOST_NOTICES = 10
"""Notices an hour to the administrator of one site."""

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
        assert contrl == [_uci(sent.control_reference, "7"), "UCM+1+CUSDEC:D:99B:UN+7"]
        assert "FTX+AHN+++CLEAR:VALIDATED, AUTHORITY TO EXPORT GIVEN" in answer
        after = self.counts()
        assert {table: after[table] - before[table] for table in ("intake", "interchange")} == {
            "intake": 2, "interchange": 4,
        }  # fmt: skip
        # Notices are limited to some in an hour; for the next mail this hour is over.
        self.connection.execute("UPDATE outbox_item SET created_at = created_at - interval '1 hour' WHERE notice <> ''")


@pytest.fixture(scope="module")
def running(system: System) -> Iterator[Bench]:
    """The bench of the module."""
    administrator = Maildir(system.home / "mailboxes" / EXPORTER.administrator)
    with system.database() as connection:
        forger = Forger(system, EXPORTER.site, OTHER.site)
        yield Bench(system, connection, forger, system.site(EXPORTER.site), administrator)


@pytest.fixture
def bench(running: Bench) -> Iterator[Bench]:
    """The bench, on which a good declaration goes through after each test."""
    yield running
    running.lodge()


REFUSED: dict[str, tuple[str, str, bool]] = {
    "not_mail": ("not-mail", "", False),
    "no_attachment": ("no-attachment", "E1", True),
    "two_attachments": ("two-attachments", "E1", True),
    "text_in_the_body": ("body-text", "E3", False),
    "over_10_mb": ("too-large", "E5", True),
    "deep": ("too-deep", "", True),
    "deep_inside": ("too-deep", "", True),
    "not_cms": ("not-cms", "E4", True),
    "not_encrypted": ("not-encrypted", "E4", True),
    "not_signed": ("not-signed", "E4", True),
    "wrong_key": ("wrong-key", "E4", True),
    "expired": ("expired", "E4", True),
    "revoked": ("revoked", "E4", True),
    "unregistered": ("unregistered-certificate", "", True),
    "unknown_issuer": ("unknown-issuer", "E4", True),
    "signed_by_another_site": ("unregistered-certificate", "", True),
    "tampered": ("bad-signature", "E4", True),
    "not_edifact": ("not-edifact", "E7", True),
    "other_reference_in_subject": ("subject-mismatch", "E7", True),
    "unknown_site": ("unknown-site", "", True),
}
"""What the gateway refuses: code, published rule, and whether the administrator is told."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_proves_no_sender_gets_no_answer(bench: Bench, name: str) -> None:
    code, rule, told = REFUSED[name]
    mail = getattr(bench.forger, name)()
    verdict = bench.judge(mail)
    assert verdict.reply == (250, f"2.0.0 Stored as intake {verdict.intake}")
    assert (verdict.state, verdict.code, verdict.rule) == ("refused", code, rule)
    assert verdict.answers == []
    assert [(each.sender, each.recipient, each.subject) for each in verdict.notices] == [
        (
            "ccf@customs.example",
            EXPORTER.administrator,
            f"OpenICS could not accept mail {verdict.intake} from {EXPORTER.site}",
        )
    ] * told
    for notice in verdict.notices:
        assert f"\nReason:    {verdict.text}\nRule:      {rule or 'none published'} ({code})\n" in notice.text
    assert verdict.added == {
        "evidence": 1 + told,
        "intake": 1,
        "interchange": 0,
        "message": 0,
        "outbox_item": int(told),
        "event": 1,
    }
    assert verdict.changed == set()


def _uci(reference: str, rest: str, owner: str = EXPORTER.site) -> str:
    return f"UCI+{reference}+{EXPORTER.site}::{owner}+AAA336C+{rest}"


def _replace(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new)

    return change


def _substitute(pattern: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        changed, times = re.subn(pattern, new, content)
        assert times == 1
        return changed

    return change


def _cut(before: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content[: content.index(before)]


def _in_unoa(content: bytes) -> bytes:
    return content.replace(b"UNOC", b"UNOA").replace(b"CHEDDAR", "FROMAGE FRAÎCHE".encode("latin-1"))


def _a_million_empty_segments(content: bytes) -> bytes:
    return content.replace(b"UNT+27+", b"'" * 1_000_000 + b"UNT+1000027+")


MESSAGE = "UCM+1+CUSDEC:D:99B:UN+4"
ANSWERED: dict[str, tuple[Callable[[bytes], bytes], str, list[str]]] = {
    "character set UNOD": (_replace(b"UNOC", b"UNOD"), "4+2+UNB+2:1", []),
    "a character that UNOA lacks": (_in_unoa, "4", [f"{MESSAGE}+18", "UCS+19+18", "UCD+21+5"]),
    "a control character": (
        _replace(b"CHEDDAR", b"CHED\x07DAR"), "4", [f"{MESSAGE}+18", "UCS+19+18", "UCD+21+5"],
    ),
    "cut off in a message": (_cut(b"AR CHEESE"), "4+13+UNZ", [f"{MESSAGE}+13+UNT"]),
    "cut off before UNT": (_cut(b"UNT+"), "4+13+UNZ", [f"{MESSAGE}+13+UNT"]),
    "cut off before UNZ": (_cut(b"UNZ+"), "4+13+UNZ", []),
    "UNT left out": (_replace(b"UNT+27+1'", b""), "4", [f"{MESSAGE}+13+UNT"]),
    "wrong count in UNZ": (_replace(b"UNZ+1+", b"UNZ+2+"), "4+29+UNZ+2", []),
    "wrong count in UNT": (_replace(b"UNT+27+", b"UNT+26+"), "4", [f"{MESSAGE}+29+UNT+2"]),
    "another reference in UNZ": (_substitute(rb"UNZ\+1\+\d+", b"UNZ+1+1"), "4+28+UNZ+3", []),
    "another reference in UNT": (_replace(b"UNT+27+1'", b"UNT+27+2'"), "4", [f"{MESSAGE}+28+UNT+3"]),
    "a million empty segments": (_a_million_empty_segments, "4", [f"{MESSAGE}+35+UNH"]),
    "a million empty segments between messages": (_replace(b"UNH+", b"'" * 1_000_000 + b"UNH+"), "4+33", []),
    "1 MB in one element": (_replace(b"CHEDDAR", b"A" * 1_000_000), "4", [f"{MESSAGE}+18", "UCS+19+39"]),
    "unknown type of message": (_replace(b"CUSDEC", b"CUSXXX"), "4", ["UCM+1+CUSXXX:D:99B:UN+4+14+UNH+3:1"]),
    "unknown message": (_replace(b":EXD+", b":XXX+"), "4", [f"{MESSAGE}+18", "UCS+2+18", "UCD+14+2:4"]),
    "not marked as test": (_substitute(rb"\+\+1\+\+1'", b"++1'"), "4+25+UNB+12", []),
}  # fmt: skip
"""What is answered by CONTRL, since its sender is proved: the change, and what UCI says and what follows it."""


@pytest.mark.parametrize("name", ANSWERED)
def test_bad_syntax_is_answered_with_its_place(bench: Bench, name: str) -> None:
    change, interchange, messages = ANSWERED[name]
    header = bench.forger.header()
    verdict = bench.judge(bench.forger.changed(change, header))
    assert verdict.reply == (250, f"2.0.0 Stored as intake {verdict.intake}")
    assert (verdict.state, verdict.code) == ("done", None)
    assert verdict.answers == [[_uci(header.control_reference, interchange), *messages]]
    _check_rejected(verdict, read=interchange == "4")


@pytest.mark.parametrize("owner", [OTHER.site, "FKG373X"])
def test_an_owner_for_whom_the_creator_does_not_act(bench: Bench, owner: str) -> None:
    header = bench.forger.header()
    change = _replace(b"::AAA676Y", f"::{owner}".encode())
    verdict = bench.judge(bench.forger.changed(change, header))
    assert verdict.answers == [[_uci(header.control_reference, "4+23+UNB+3:3", owner)]]
    _check_rejected(verdict)


def test_a_recipient_that_is_not_customs(bench: Bench) -> None:
    header = bench.forger.header()
    content = bench.forger.interchange(_replace(b"AAA336C", OTHER.site.encode()), header)
    verdict = bench.judge(bench.forger.sealed(content, header, customs=OTHER.site))
    uci = f"UCI+{header.control_reference}+{EXPORTER.site}::{EXPORTER.site}+{OTHER.site}+4+7+UNB+4:1"
    assert verdict.answers == [[uci]]
    _check_rejected(verdict)


def test_the_very_same_mail_again_is_taken_once(bench: Bench) -> None:
    mail = bench.forger.changed(bytes)
    first = bench.judge(mail)
    assert len(first.answers) == 2
    again = bench.judge(mail)
    assert (again.reply, again.intake) == (first.reply, first.intake)
    assert (again.answers, again.notices) == ([], [])
    assert set(again.added.values()) == {0}
    assert again.changed == set()
    assert bench.connection.execute("SELECT redeliveries FROM intake WHERE id = %s", (again.intake,)).fetchone() == (1,)


@pytest.mark.parametrize("same", [True, False], ids=["the same content", "other content"])
def test_a_control_reference_is_used_once(bench: Bench, same: bool) -> None:
    header = bench.forger.header()
    content = bench.forger.interchange(header=header)
    assert len(bench.judge(bench.forger.sealed(content, header)).answers) == 2
    second = content if same else bench.forger.interchange(header=header)
    verdict = bench.judge(bench.forger.sealed(second, header))
    assert (verdict.state, verdict.code) == ("done", None)
    assert verdict.answers == [[_uci(header.control_reference, "4+26+UNB+6")]]
    _check_rejected(verdict)
    outcomes = bench.connection.execute(
        "SELECT outcome, counted FROM interchange WHERE direction = 'in' AND control_reference = %s ORDER BY id",
        (header.control_reference,),
    ).fetchall()
    assert outcomes == [("accepted", True), ("duplicate", False)]


def test_a_mail_that_is_too_large_for_the_gateway_is_not_taken(bench: Bench) -> None:
    before = bench.counts()
    assert bench.post(b"x" * 30_000_000 + b"\r\n") == (
        552, "5.3.4 The mail is larger than 30000000 bytes; send a smaller one",
    )  # fmt: skip
    bench.settle()
    assert bench.counts() == before


def test_a_mail_for_somebody_else_is_not_taken(bench: Bench) -> None:
    before = bench.counts()
    with smtplib.SMTP("127.0.0.1", bench.system.smtp_port, "trader.example") as session:
        session.ehlo()
        session.mail(EXPORTER.address)
        assert session.rcpt("somebody@customs.example")[0] == 550
        assert session.docmd("DATA")[0] == 503
    assert bench.counts() == before


def test_a_flood_of_bad_mail_does_not_flood_the_administrator(bench: Bench) -> None:
    found = [bench.judge(bench.forger.not_cms()) for _ in range(MOST_NOTICES + 2)]
    assert Counter((each.state, each.code) for each in found) == {("refused", "not-cms"): MOST_NOTICES + 2}
    assert [len(each.notices) for each in found] == [1] * MOST_NOTICES + [0, 0]


def test_every_byte_of_it_is_in_the_chain(bench: Bench) -> None:
    wait_for(
        "everything is chained",
        lambda: bench.connection.execute("SELECT count(*) FROM evidence WHERE position IS NULL").fetchone() == (0,),
    )
    done = bench.system.openics("evidence", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0] == f"{bench.counts()['evidence']} entries checked, 0 not chained yet."


def _check_rejected(verdict: Verdict, *, read: bool = False) -> None:
    """An interchange was logged, with its message if that was read, and answered by CONTRL; nothing else happened."""
    assert verdict.notices == []
    assert verdict.added == {
        "evidence": 2,
        "intake": 1,
        "interchange": 2,
        "message": 1 + read,
        "outbox_item": 1,
        "event": 0,
    }
    assert verdict.changed == set()


def _notice(path: Path) -> Notice:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    (text,) = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    return Notice(mail["From"], mail["To"], mail["Subject"], text.get_content().replace("\r\n", "\n"))
