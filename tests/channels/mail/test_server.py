"""The mail gateway, over real SMTP and LMTP on the loopback."""

import smtplib
import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from channels.mail.gateways import ADDRESS, GATEWAY, MAIL, SENDER, MemoryStore, Peer, running
from openics.channels.mail.server import IntakeStore


def test_a_mail_is_stored_as_sent_and_acknowledged_with_its_intake_number() -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        client.ehlo()
        client.mail(SENDER)
        client.rcpt(ADDRESS)
        assert client.data(MAIL) == (250, b"2.0.0 Stored as intake 41")
    assert store.taken == [(MAIL, SENDER)]


def test_many_mails_pass_one_connection_in_order() -> None:
    store = MemoryStore()
    mails = [MAIL + f"{number}\r\n".encode() for number in range(20)]
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        for mail in mails:
            client.sendmail(SENDER, [ADDRESS], mail)
    assert [content for content, _ in store.taken] == mails


def test_the_gateway_announces_what_it_can() -> None:
    with running(GATEWAY, MemoryStore()) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        client.ehlo()
        assert client.esmtp_features == {
            "size": "30000000",
            "8bitmime": "",
            "smtputf8": "",
            "pipelining": "",
            "help": "",
        }


def test_nothing_is_acknowledged_before_it_is_stored() -> None:
    store = MemoryStore(waits=True)
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data()
        peer.say(b"Subject: x", b"", b"body", b".")
        assert store.entered.wait(10)
        peer.socket.settimeout(0.3)
        with pytest.raises(TimeoutError):
            peer.socket.recv(1)
        store.release.set()
        peer.socket.settimeout(10)
        assert peer.socket.recv(100) == b"250 2.0.0 Stored as intake 41\r\n"


def test_a_store_that_fails_makes_the_sender_come_again() -> None:
    store = MemoryStore(failure=psycopg.OperationalError("the database is away"))
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail(SENDER, [ADDRESS], MAIL)
        assert refused.value.smtp_code == 451
        assert refused.value.smtp_error == b"4.3.0 The mail could not be stored and is not taken; send it again later"
        store.failure = None
        assert client.sendmail(SENDER, [ADDRESS], MAIL) == {}
    assert store.taken == [(MAIL, SENDER)]


def test_only_the_gateway_address_is_taken() -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.sendmail(SENDER, ["somebody@elsewhere.example"], MAIL)
        assert refused.value.recipients == {
            "somebody@elsewhere.example": (
                550,
                b"5.1.1 No such mailbox: this gateway takes mail for ccf@customs.example only and relays nothing",
            )
        }
        assert client.sendmail(SENDER, ["CCF@Customs.Example"], MAIL) == {}
    assert store.taken == [(MAIL, SENDER)]


@pytest.mark.parametrize(
    "sender",
    [b"<a\x00b@trader.example>", b"<\xff\xfe@trader.example>", b"<" + b"a" * 320 + b"@trader.example>"],
    ids=["a null byte", "not UTF-8", "too long"],
)
def test_a_sender_that_no_database_could_hold_is_refused(sender: bytes) -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.hear()
        peer.ask(b"EHLO me")
        assert peer.ask(b"MAIL FROM:" + sender)[:3] == b"553"
        assert peer.ask(b"RCPT TO:<ccf@customs.example>")[:3] == b"503"
    assert store.taken == []


@pytest.mark.parametrize(
    ("given", "stored"), [(b"<>", ""), ("<zoë@trader.example>".encode(), "zoë@trader.example")], ids=["bounce", "utf-8"]
)
def test_bounces_and_international_senders_are_taken(given: bytes, stored: str) -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data(sender=given)
        peer.say(b"body")
        assert peer.ask(b".") == b"250 2.0.0 Stored as intake 41"
    assert store.taken == [(b"body\r\n", stored)]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (b".\r\n", b""),
        (b"..\r\n.\r\n", b".\r\n"),
        (b"..a\r\n..b\r\n\r\n...\r\n.\r\n", b".a\r\n.b\r\n\r\n..\r\n"),
        (b"a\n.\nb\r.\r\r\n.\r\n", b"a\n.\nb\r.\r\r\n"),
        (b"\xff\x00" + b"x" * 5000 + b"\r\n.\r\n", b"\xff\x00" + b"x" * 5000 + b"\r\n"),
    ],
    ids=["empty", "a dot", "dots in front", "bare line ends end nothing", "long binary line"],
)
def test_the_bytes_between_data_and_the_dot_are_kept(sent: bytes, stored: bytes) -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data()
        peer.file.write(sent)
        peer.file.flush()
        assert peer.hear() == b"250 2.0.0 Stored as intake 41"
    assert store.taken == [(stored, SENDER)]


def test_the_end_of_data_is_found_however_it_is_cut_into_packets() -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer.open_data()
        for byte in b"a\r\n.b\r\n.\r\n":
            peer.socket.sendall(bytes([byte]))
        assert peer.hear() == b"250 2.0.0 Stored as intake 41"
    assert store.taken == [(b"a\r\nb\r\n", SENDER)]


def test_commands_may_be_pipelined() -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.hear()
        peer.say(b"EHLO me", b"MAIL FROM:<a@trader.example>", b"RCPT TO:<ccf@customs.example>", b"DATA")
        assert [peer.hear()[:3] for _ in range(4)] == [b"250", b"250", b"250", b"354"]
        peer.say(b"one", b".", b"MAIL FROM:<b@trader.example>", b"RCPT TO:<ccf@customs.example>", b"DATA")
        assert [peer.hear()[:3] for _ in range(4)] == [b"250", b"250", b"250", b"354"]
        peer.say(b"two", b".", b"QUIT")
        assert [peer.hear()[:3] for _ in range(2)] == [b"250", b"221"]
    assert store.taken == [(b"one\r\n", "a@trader.example"), (b"two\r\n", "b@trader.example")]


@pytest.mark.parametrize(
    ("commands", "reply"),
    [
        ([b"DATA"], b"503 5.5.1 Say who the mail is for first: RCPT TO"),
        ([b"RCPT TO:<ccf@customs.example>"], b"503 Error: need MAIL command"),
        (
            [b"MAIL FROM:<a@b.example>", b"RCPT TO:<ccf@customs.example>", b"DATA now"],
            b"501 5.5.4 DATA takes no arguments",
        ),
        ([b"MAIL FROM:<a@b.example> SIZE=30000001"], b"552 Error: message size exceeds fixed maximum message size"),
    ],
)
def test_commands_out_of_order_are_refused(commands: list[bytes], reply: bytes) -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as peer:
        peer.hear()
        peer.ask(b"EHLO me")
        assert [peer.ask(command) for command in commands][-1] == reply
    assert store.taken == []


def test_lmtp_answers_once_for_each_recipient() -> None:
    store = MemoryStore()
    both = replace(GATEWAY, lmtp_port=0)
    with running(both, store) as gateway, Peer(gateway.lmtp) as peer:
        assert peer.hear()[:3] == b"220"
        assert peer.ask(b"EHLO me")[:3] == b"500"
        assert peer.ask(b"LHLO me")[:3] == b"250"
        assert peer.ask(b"MAIL FROM:<edi@trader.example>")[:3] == b"250"
        replies = [
            peer.ask(b"RCPT TO:<" + each + b">")[:3]
            for each in (b"ccf@customs.example", b"x@y.example", b"CCF@customs.example")
        ]
        assert replies == [b"250", b"550", b"250"]
        assert peer.ask(b"DATA")[:3] == b"354"
        peer.say(b"body", b".")
        assert [peer.hear(), peer.hear()] == [b"250 2.0.0 Stored as intake 41"] * 2
        assert peer.ask(b"NOOP")[:3] == b"250"
    assert store.taken == [(b"body\r\n", SENDER)]


@pytest.fixture
def tls_files(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for `localhost` and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, key_file = tmp_path / "tls.pem", tmp_path / "tls.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return pem, key_file


def test_starttls_protects_the_rest_of_the_conversation(tls_files: tuple[Path, Path]) -> None:
    store = MemoryStore()
    certificate, key = tls_files
    secured = replace(GATEWAY, certificate=certificate, key=key)
    with running(secured, store) as gateway, smtplib.SMTP("localhost", gateway.smtp) as client:
        client.ehlo()
        assert client.has_extn("starttls")
        client.starttls(context=ssl.create_default_context(cafile=str(certificate)))
        client.sendmail(SENDER, [ADDRESS], MAIL)
        assert not client.has_extn("starttls")
        assert not client.has_extn("auth")
    assert store.taken == [(MAIL, SENDER)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_in_the_inbox_when_it_is_acknowledged(database_url: str) -> None:
    store = IntakeStore(database_url, connections=3)
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        for line in (client.ehlo, lambda: client.mail(SENDER), lambda: client.rcpt(ADDRESS)):
            line()
        code, text = client.data(MAIL)
        intake = int(text.rsplit(b" ", 1)[1])
        with psycopg.connect(database_url) as connection:
            row = connection.execute(
                "SELECT i.channel, i.sender, i.state, i.redeliveries, e.content FROM intake i "
                "JOIN evidence e ON e.id = i.evidence_id WHERE i.id = %s",
                (intake,),
            ).fetchone()
        assert (code, row) == (250, ("mail", SENDER, "pending", 0, MAIL))
    store.close()


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_again_is_taken_once(database_url: str) -> None:
    store = IntakeStore(database_url, connections=3)
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        answers = []
        for _ in range(2):
            client.ehlo()
            client.mail(SENDER)
            client.rcpt(ADDRESS)
            answers.append(client.data(MAIL))
    store.close()
    assert answers[0] == answers[1]
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT redeliveries FROM intake").fetchall() == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_broken_database_connections_are_replaced(database_url: str) -> None:
    store = IntakeStore(database_url, connections=2)
    with running(GATEWAY, store) as gateway, smtplib.SMTP("127.0.0.1", gateway.smtp) as client:
        client.sendmail(SENDER, [ADDRESS], MAIL)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'openics mail gateway'"
            )
        client.sendmail(SENDER, [ADDRESS], MAIL + b"2\r\n")
        with psycopg.connect(database_url) as connection:
            assert connection.execute("SELECT count(*) FROM intake").fetchone() == (2,)
    store.close()


@pytest.mark.django_db(transaction=True)
def test_concurrent_senders_are_all_stored(database_url: str) -> None:
    store = IntakeStore(database_url, connections=4)

    def send(number: int, port: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            for index in range(5):
                client.sendmail(f"site{number}@trader.example", [ADDRESS], MAIL + f"{number}-{index}\r\n".encode())

    with running(GATEWAY, store) as gateway:
        threads = [threading.Thread(target=send, args=(number, gateway.smtp)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    store.close()
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT sender, count(*) FROM intake GROUP BY sender ORDER BY sender").fetchall()
    assert rows == [(f"site{number}@trader.example", 5) for number in range(8)]
