"""Receiving from customs: what is accepted, what is kept, and what is confirmed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from openics.edifact.reader import read_interchange
from openics.messages.gateway.contrl import MessageReport, SyntaxReport
from openics.messages.reading import read_message
from openics.pki.certificates import fingerprint
from openics.sandbox.authority import Authority
from openics.sandbox.mailbox import Mailboxes
from openics.trader.errors import TraderError
from openics.trader.gateways import trust_gateway
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from openics.trader.receiving import Refused, confirm, receive
from openics.trader.records import Note, Received, load_received
from trader.world import GATEWAY, NOW, SITE, Letter, World

Mail = tuple[int, Mailboxes]
Make = Callable[..., Letter]

REFERENCE = "00000000000054"


@pytest.fixture
def answer(corpus: Path) -> bytes:
    """A client registration response for our site, which asks to be confirmed."""
    return (corpus / "clregr_accepted.edi").read_bytes()


@pytest.fixture
def letter(world: World, home: TraderHome, answer: bytes) -> Letter:
    """The answer in a mail that is right."""
    return Letter(answer, world.gateway, signing_identity(home, NOW).certificate)


def accepted(home: TraderHome, letter: Letter) -> Received:
    taken = receive(home, letter.sealed(), NOW)
    assert isinstance(taken, Received)
    return taken


def refused(home: TraderHome, mail: bytes) -> Refused:
    taken = receive(home, mail, NOW)
    assert isinstance(taken, Refused)
    assert list(home.received.iterdir()) == []
    assert (home.refused / f"{taken.key}.eml").read_bytes() == mail
    reason = json.loads((home.refused / f"{taken.key}.json").read_bytes())
    assert reason == {"text": taken.text, "fix": taken.fix, "rule": taken.rule}
    return taken


def test_what_customs_sends_is_kept(home: TraderHome, letter: Letter, world: World, answer: bytes) -> None:
    mail = letter.sealed()
    taken = receive(home, mail, NOW)
    assert taken == Received(
        key=REFERENCE,
        control_reference=REFERENCE,
        prepared="2306271400",
        received_at=NOW.isoformat(),
        message_id=f"<{REFERENCE}@customs.example>",
        signer=fingerprint(world.gateway.certificate),
        notes=(Note("CLREGR", "000001", "7N170STPSUIBEP6PH1D4E6ESHF", 1, verdict="ABN 51824753556"),),
        wants_confirmation=True,
    )
    assert load_received(home.received, REFERENCE) == taken
    assert (home.received / f"{REFERENCE}.edi").read_bytes() == answer
    assert (home.received / f"{REFERENCE}.eml").read_bytes() == mail


def test_a_gateway_certificate_that_replaces_the_old_is_accepted(
    home: TraderHome, letter: Letter, world: World
) -> None:
    trust_gateway(home, world.pem(world.next_gateway.certificate), NOW, encrypt_from=NOW + timedelta(days=1))
    taken = accepted(home, replace(letter, signer=world.next_gateway))
    assert taken.signer == fingerprint(world.next_gateway.certificate)


def test_a_signature_by_anybody_else_is_refused(home: TraderHome, letter: Letter, world: World) -> None:
    taken = refused(home, replace(letter, signer=world.stranger).sealed())
    assert taken.rule == "E4"
    assert "which is not an accepted certificate of the gateway" in taken.text


def test_a_retired_gateway_certificate_is_refused(home: TraderHome, letter: Letter, world: World) -> None:
    trust_gateway(home, world.pem(world.gateway.certificate), NOW, retire_at=NOW)
    assert "not an accepted certificate" in refused(home, letter.sealed()).text


def test_a_gateway_whose_authority_is_not_trusted_any_more_is_refused(
    home: TraderHome, letter: Letter, tmp_path: Path
) -> None:
    for anchor in home.anchors.iterdir():
        anchor.unlink()
    Authority.create(tmp_path / "other", NOW - timedelta(days=1), "Other").install(home.trust)
    assert refused(home, letter.sealed()).rule == "E4"


@pytest.mark.parametrize(
    ("changes", "rule", "words"),
    [
        ({"sender": "ccf@elsewhere.example"}, "", "The mail is from ccf@elsewhere.example, not from the gateway."),
        ({"subject": "Your answer"}, "E6", "The subject of the mail is 'Your answer'"),
        ({"filename": f"AAA336C_{REFERENCE}.edi"}, "E10", "The attachment name of the mail is"),
        ({"interchange": b"Dear trader"}, "E2", "The attachment is no UN/EDIFACT interchange."),
    ],
)
def test_a_mail_that_is_not_what_it_should_be_is_refused(
    home: TraderHome, letter: Letter, changes: dict[str, str], rule: str, words: str
) -> None:
    taken = refused(home, replace(letter, **changes).sealed())  # type: ignore[arg-type]
    assert taken.rule == rule
    assert taken.text.startswith(words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"AAA336C::AAA336C", b"AAA676Y::AAA676Y", "UNB: the sender is 'AAA676Y', not 'AAA336C'."),
        (b"+AAR399A+230627", b"+AAA676Y+230627", "UNB: the recipient is 'AAA676Y', not 'AAR399A'."),
        (b"00000000000054", b"../../../x", "UNB: the control reference is '../../../x'."),
    ],
)
def test_an_interchange_between_others_is_refused(
    home: TraderHome, letter: Letter, old: bytes, new: bytes, words: str
) -> None:
    wrong = letter.interchange.replace(old, new)
    assert refused(home, replace(letter, interchange=wrong).sealed()).text == words


def test_a_mail_to_somebody_else_is_refused(home: TraderHome, letter: Letter, world: World) -> None:
    assert refused(home, replace(letter, certificate=world.stranger.certificate).sealed()).rule == "E4"


def test_a_changed_byte_is_refused(home: TraderHome, letter: Letter) -> None:
    mail = bytearray(letter.sealed())
    place = len(mail) * 3 // 4
    mail[place] = ord("A") if mail[place] != ord("A") else ord("B")
    refused(home, bytes(mail))


@pytest.mark.parametrize("mail", [b"", b"From: x\r\n\r\nhello", b"\xff\x00" * 100], ids=["empty", "plain", "noise"])
def test_what_is_no_sealed_mail_is_refused(home: TraderHome, mail: bytes) -> None:
    refused(home, mail)


def test_the_same_mail_again_counts_its_arrivals(home: TraderHome, letter: Letter) -> None:
    mail = letter.sealed()
    taken = [receive(home, mail, NOW) for _ in range(3)]
    assert [each.arrivals for each in taken if isinstance(each, Received)] == [1, 2, 3]
    assert len(list(home.received.glob("*.json"))) == 1


def _dated(letter: Letter, date: bytes, text: bytes) -> Letter:
    content = letter.interchange.replace(b"+230627:1400+", b"+" + date + b"+")
    return replace(letter, interchange=content.replace(b"REGISTERED SUCCESSFULLY", text))


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (b"230627:1400", b"230627:1401", b"SECOND"),
        (b"230627:1400", b"230627:1400", b"SECOND"),
        (b"230627:1400", b"230627:1359", b"FIRST"),
        (b"230628:0000", b"230627:2359", b"FIRST"),
        (b"230627:2359", b"230628:0000", b"SECOND"),
    ],
)
def test_of_two_transmissions_the_later_dated_counts_else_the_later_come(
    home: TraderHome, letter: Letter, first: bytes, second: bytes, kept: bytes
) -> None:
    accepted(home, _dated(letter, first, b"FIRST"))
    again = accepted(home, _dated(letter, second, b"SECOND"))
    stored = (home.received / f"{REFERENCE}.edi").read_bytes()
    assert [word for word in (b"FIRST", b"SECOND") if word in stored] == [kept]
    assert again.arrivals == 2
    assert load_received(home.received, REFERENCE) == again


def test_it_is_confirmed_with_contrl(connected: TraderHome, gateway_mail: Mail, letter: Letter, world: World) -> None:
    taken = accepted(connected, letter)
    sent = confirm(connected, taken, NOW)
    (mail,) = gateway_mail[1].of(GATEWAY).waiting()
    read = read_interchange(world.open(mail.read_bytes()).content)
    assert read.header is not None
    assert (read.header.sender, read.header.recipient) == (SITE, "AAA336C")
    assert (read.header.control_reference, read.header.acknowledgement_request) == (sent.key, False)
    assert [read_message(raw).document for raw in read.messages] == [
        SyntaxReport(
            control_reference=REFERENCE,
            sender="AAA336C",
            owner="AAA336C",
            recipient=SITE,
            action="7",
            messages=(
                MessageReport(reference="000001", type="CUSRES", version="D", release="99B", agency="UN", action="7"),
            ),
        )
    ]
    stored = load_received(connected.received, REFERENCE)
    assert stored is not None
    assert stored.confirmation == sent.key


def test_it_is_confirmed_once_for_each_transmission(connected: TraderHome, gateway_mail: Mail, letter: Letter) -> None:
    first = confirm(connected, accepted(connected, letter), NOW)
    current = load_received(connected.received, REFERENCE)
    assert current is not None
    assert confirm(connected, current, NOW) == first
    assert len(gateway_mail[1].of(GATEWAY).waiting()) == 1
    again = confirm(connected, accepted(connected, _dated(letter, b"230101:0000", b"OLD")), NOW)
    assert again.control_reference != first.control_reference
    assert len(gateway_mail[1].of(GATEWAY).waiting()) == 2


def test_a_confirmation_that_could_not_leave_leaves_later_unchanged(
    home: TraderHome, gateway_mail: Mail, letter: Letter
) -> None:
    taken = accepted(home, letter)
    with pytest.raises(TraderError):
        confirm(home, taken, NOW)
    waiting = load_received(home.received, REFERENCE)
    assert waiting is not None
    mail = (home.sent / f"{waiting.confirmation}.eml").read_bytes()
    confirm(home.changed(smtp_port=gateway_mail[0]), waiting, NOW)
    assert [path.read_bytes() for path in gateway_mail[1].of(GATEWAY).waiting()] == [mail]


def test_contrl_is_never_confirmed(home: TraderHome, letter: Letter, corpus: Path) -> None:
    report = (corpus / "contrl_accepted.edi").read_bytes()
    asking = report.replace(b"00000000000053++++++1", b"00000000000053++++1++1")
    taken = accepted(home, replace(letter, interchange=asking, reference="00000000000053"))
    assert taken.wants_confirmation is False
    assert taken.notes == (Note("CONTRL", "000001", about="23062700000009", verdict="syntax accepted"),)


def test_what_does_not_ask_is_not_confirmed(home: TraderHome, letter: Letter) -> None:
    silent = letter.interchange.replace(b"00000000000054++++1++1", b"00000000000054++++++1")
    assert accepted(home, replace(letter, interchange=silent)).wants_confirmation is False


def test_an_unknown_message_is_kept_and_confirmed(home: TraderHome, letter: Letter) -> None:
    unknown = letter.interchange.replace(b":::CLREGR+", b":::FUTURE+")
    taken = accepted(home, replace(letter, interchange=unknown))
    assert taken.wants_confirmation is True
    assert [note.name for note in taken.notes] == ["FUTURE"]
