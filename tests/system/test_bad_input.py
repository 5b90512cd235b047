"""Bad input through the real gateway: refused or answered as published, kept as evidence, and nothing else changes."""

import re
import smtplib
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from openics.trader.maildir import Maildir
from system.bad_mail import Forger
from system.bench import EXPORTER, OTHER, Bench, Verdict, uci
from system.instances import System, wait_for

pytestmark = [pytest.mark.xdist_group("system"), pytest.mark.timeout(300)]

MOST_NOTICES = 10
"""Notices an hour to the administrator of one site."""


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
    assert verdict.answers == [[uci(header.control_reference, interchange), *messages]]
    _check_rejected(verdict, read=interchange == "4")


@pytest.mark.parametrize("owner", [OTHER.site, "FKG373X"])
def test_an_owner_for_whom_the_creator_does_not_act(bench: Bench, owner: str) -> None:
    header = bench.forger.header()
    change = _replace(b"::AAA676Y", f"::{owner}".encode())
    verdict = bench.judge(bench.forger.changed(change, header))
    assert verdict.answers == [[uci(header.control_reference, "4+23+UNB+3:3", owner)]]
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
    assert verdict.answers == [[uci(header.control_reference, "4+26+UNB+6")]]
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
