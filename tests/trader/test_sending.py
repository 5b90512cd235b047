"""Sending to customs, over real SMTP and S/MIME."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from openics.edifact.reader import read_interchange
from openics.sandbox.mailbox import Mailboxes
from openics.trader.errors import TraderError
from openics.trader.gateways import trust_gateway
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from openics.trader.records import Note, load_sent
from openics.trader.sending import Reference, prepare, send, send_again
from trader.world import ADDRESS, GATEWAY, NOW, SITE, World

Mail = tuple[int, Mailboxes]


@pytest.fixture
def declaration(corpus: Path) -> bytes:
    """The guide's export declaration, from our site."""
    return (corpus / "exd.edi").read_bytes().replace(b"AAA676Y", SITE.encode())


def taken(gateway_mail: Mail) -> list[bytes]:
    """The mails that reached the gateway."""
    return [path.read_bytes() for path in gateway_mail[1].of(GATEWAY).waiting()]


def test_an_interchange_arrives_signed_encrypted_named_and_unchanged(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, world: World
) -> None:
    sent = send(connected, declaration, NOW)
    (mail,) = taken(gateway_mail)
    opened = world.open(mail)
    assert opened.content == declaration
    assert (opened.sender, opened.subject) == (ADDRESS, f"{SITE}_200401270001_AAA336C")
    assert opened.filename == f"{SITE}_200401270001.edi"
    assert opened.message_id == sent.message_id
    assert opened.signed.signer_certificate == signing_identity(connected, NOW).certificate
    assert opened.decrypted_with == world.gateway


def test_what_was_sent_is_kept(connected: TraderHome, gateway_mail: Mail, declaration: bytes) -> None:
    sent = send(connected, declaration, NOW)
    assert load_sent(connected.sent, "200401270001") == sent
    assert sent.notes == (Note("EXD", "1", "200401270001", 1),)
    assert sent.deliveries == (NOW.isoformat(),)
    assert (connected.sent / "200401270001.edi").read_bytes() == declaration
    assert [(connected.sent / "200401270001.eml").read_bytes()] == taken(gateway_mail)


def test_a_new_reference_and_the_present_time_replace_the_old(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, world: World
) -> None:
    sent = send(connected, declaration, NOW, reference=Reference.NEW)
    content = world.open(taken(gateway_mail)[0]).content
    local = NOW.astimezone()
    assert sent.control_reference == f"{local:%Y%m%d}0001"
    assert content == declaration.replace(
        b"+040127:0730+200401270001+", f"+{local:%y%m%d:%H%M}+{sent.key}+".encode()
    ).replace(b"UNZ+1+200401270001", f"UNZ+1+{sent.key}".encode())


def test_messages_are_put_into_an_interchange(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, world: World
) -> None:
    messages = declaration.partition(b"\n")[2].rpartition(b"UNZ")[0]
    sent = send(connected, messages, NOW)
    read = read_interchange(world.open(taken(gateway_mail)[0]).content)
    header = read.header
    assert header is not None
    assert read.faults == []
    assert (header.sender, header.owner, header.recipient) == (SITE, SITE, "AAA336C")
    assert (header.control_reference, header.acknowledgement_request, header.test) == (sent.key, True, True)
    assert read.messages[0].segments == read_interchange(declaration).messages[0].segments


def test_a_used_reference_is_refused(connected: TraderHome, gateway_mail: Mail, declaration: bytes) -> None:
    send(connected, declaration, NOW)
    with pytest.raises(TraderError) as refused:
        send(connected, declaration, NOW)
    assert refused.value.text == (
        "The control reference 200401270001 was sent before; customs refuses it a second time (error 26)."
    )
    assert len(taken(gateway_mail)) == 1


def test_a_used_reference_may_be_sent_on_purpose(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, world: World
) -> None:
    first = send(connected, declaration, NOW)
    second = send(connected, declaration, NOW, reference=Reference.REUSE)
    assert (first.key, second.key) == ("200401270001", "200401270001-2")
    assert [world.open(mail).content for mail in taken(gateway_mail)] == [declaration, declaration]


def test_sending_again_sends_the_same_bytes(connected: TraderHome, gateway_mail: Mail, declaration: bytes) -> None:
    send(connected, declaration, NOW)
    again = send_again(connected, "200401270001", NOW + timedelta(minutes=1))
    mails = taken(gateway_mail)
    assert mails[0] == mails[1]
    assert again.deliveries == (NOW.isoformat(), (NOW + timedelta(minutes=1)).isoformat())


def test_what_was_never_sent_cannot_be_sent_again(home: TraderHome) -> None:
    with pytest.raises(TraderError, match="Nothing was sent as 1"):
        send_again(home, "1", NOW)


def test_when_the_mail_server_is_away_the_mail_is_kept(
    home: TraderHome, gateway_mail: Mail, declaration: bytes
) -> None:
    with pytest.raises(TraderError) as refused:
        send(home, declaration, NOW)
    assert refused.value.text.startswith("the mail server 127.0.0.1:9 cannot be used: ")
    assert refused.value.fix.endswith("The mail is kept: `openics client send --again 200401270001`.")
    kept = load_sent(home.sent, "200401270001")
    assert kept is not None
    assert (kept.deliveries, kept.error) == ((), refused.value.text)
    sent = send_again(home.changed(smtp_port=gateway_mail[0]), "200401270001", NOW)
    assert (sent.deliveries, sent.error) == ((NOW.isoformat(),), "")
    assert taken(gateway_mail) == [(home.sent / "200401270001.eml").read_bytes()]


def test_a_server_that_does_not_know_the_gateway_is_named(connected: TraderHome, declaration: bytes) -> None:
    moved = connected.changed(gateway_address="other@customs.example")
    with pytest.raises(TraderError) as refused:
        send(moved, declaration, NOW)
    assert "does not take mail for other@customs.example: 550" in refused.value.text


def test_mail_is_encrypted_to_the_certificate_in_force(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, world: World
) -> None:
    cut_over = NOW + timedelta(days=1)
    trust_gateway(connected, world.pem(world.next_gateway.certificate), NOW, encrypt_from=cut_over)
    send(connected, declaration, NOW)
    send(connected, declaration, cut_over, reference=Reference.NEW)
    keys = [world.open(mail).decrypted_with for mail in taken(gateway_mail)]
    assert keys == [world.gateway, world.next_gateway]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (
            b"AAR399A::",
            b"AAA676Y::",
            "UNB: the sender (S002/0004) is 'AAA676Y', but this site's configuration says 'AAR399A'.",
        ),
        (
            b"+AAA336C+",
            b"+AAA676Y+",
            "UNB: the recipient (S003/0010) is 'AAA676Y', but this site's configuration says 'AAA336C'.",
        ),
        (b"++++1++1'", b"++++1'", "UNB: the test indicator (0035) is '', but this site's configuration says '1'."),
        (b"+200401270001++", b"+2004/270001++", "UNB: the control reference (0020) is '2004/270001'."),
        (b"UNB+", b"UNX+", "This is no UN/EDIFACT interchange: it begins neither with UNA or UNB nor with UNH."),
    ],
)
def test_an_envelope_that_customs_would_refuse_stays_here(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, old: bytes, new: bytes, text: str
) -> None:
    with pytest.raises(TraderError) as refused:
        send(connected, declaration.replace(old, new), NOW)
    assert refused.value.text == text
    assert taken(gateway_mail) == []
    assert list(connected.sent.iterdir()) == []


def test_faults_are_shown_with_their_place_and_stay_here(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes
) -> None:
    wrong = declaration.replace(b"UNT+28+1", b"UNT+27+1").replace(b"UNZ+1+200401270001", b"UNZ+2+200401270001")
    with pytest.raises(TraderError) as refused:
        send(connected, wrong, NOW)
    lines = refused.value.text.splitlines()
    assert lines[0] == "Customs would refuse the interchange:"
    assert sorted(line.partition(": ")[0].strip() for line in lines[1:]) == [
        "UNZ, element 2",
        "message 1, segment 28 (UNT), element 2",
    ]
    assert taken(gateway_mail) == []


def test_faults_may_be_sent_on_purpose(
    connected: TraderHome, gateway_mail: Mail, declaration: bytes, world: World
) -> None:
    wrong = declaration.replace(b"UNT+28+1", b"UNT+27+1")
    send(connected, wrong, NOW, check=False)
    assert world.open(taken(gateway_mail)[0]).content == wrong


def test_an_interchange_over_ten_megabytes_is_refused(home: TraderHome, declaration: bytes) -> None:
    with pytest.raises(TraderError) as refused:
        prepare(home, declaration + b" " * 10_000_000, NOW)
    assert refused.value.rule == "E5"


def test_messages_without_an_end_are_refused(home: TraderHome) -> None:
    with pytest.raises(TraderError, match="holds no complete message"):
        prepare(home, b"UNH", NOW)


def test_in_production_no_test_indicator_is_set(home: TraderHome, declaration: bytes) -> None:
    productive = replace(home, config=replace(home.config, test=False))
    messages = declaration.partition(b"\n")[2].rpartition(b"UNZ")[0]
    header = read_interchange(prepare(productive, messages, NOW)).header
    assert header is not None
    assert header.test is False
