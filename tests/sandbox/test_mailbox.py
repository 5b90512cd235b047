"""The sandbox's mailbox server, over real SMTP on the loopback."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from openics.sandbox.mailbox import Mailboxes, run

FIRST = "edi@first.example"
SECOND = "edi@second.example"
MAIL = b"Subject: one\r\n\r\n.dot\r\n"


@contextmanager
def running(mailboxes: Mailboxes) -> Iterator[int]:
    """Serve on a free port until the block ends."""
    opened: list[int] = []
    is_open, stop = threading.Event(), threading.Event()

    def ready(port: int) -> None:
        opened.append(port)
        is_open.set()

    thread = threading.Thread(target=run, args=(mailboxes, "127.0.0.1", 0, stop, ready))
    thread.start()
    try:
        assert is_open.wait(10)
        yield opened[0]
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_a_mail_lies_in_the_maildir_of_its_recipient_alone(tmp_path: Path) -> None:
    mailboxes = Mailboxes(tmp_path, lambda: [FIRST, SECOND])
    with running(mailboxes) as port, smtplib.SMTP("127.0.0.1", port) as client:
        assert client.sendmail("ccf@customs.example", ["EDI@First.example"], MAIL) == {}
    (stored,) = mailboxes.of(FIRST).waiting()
    assert stored.parent == tmp_path / FIRST / "new"
    assert stored.read_bytes() == MAIL
    assert stored.stat().st_mode & 0o777 == 0o600
    assert mailboxes.of(SECOND).waiting() == []


def test_a_mail_for_two_lies_in_both_maildirs(tmp_path: Path) -> None:
    mailboxes = Mailboxes(tmp_path, lambda: [FIRST, SECOND])
    with running(mailboxes) as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("ccf@customs.example", [FIRST, SECOND], MAIL)
    found = [[path.read_bytes() for path in mailboxes.of(each).waiting()] for each in (FIRST, SECOND)]
    assert found == [[MAIL], [MAIL]]


def test_mails_wait_in_the_order_of_their_arrival_until_handled(tmp_path: Path) -> None:
    mailboxes = Mailboxes(tmp_path, lambda: [FIRST])
    mails = [MAIL + bytes([65 + number]) + b"\r\n" for number in range(10)]
    with running(mailboxes) as port, smtplib.SMTP("127.0.0.1", port) as client:
        for mail in mails:
            client.sendmail("ccf@customs.example", [FIRST], mail)
    maildir = mailboxes.of(FIRST)
    assert [path.read_bytes() for path in maildir.waiting()] == mails
    maildir.handled(maildir.waiting()[0])
    assert [path.read_bytes() for path in maildir.waiting()] == mails[1:]
    assert [path.read_bytes() for path in (tmp_path / FIRST / "cur").iterdir()] == mails[:1]
    assert list((tmp_path / FIRST / "tmp").iterdir()) == []


def test_an_unknown_address_is_refused_and_gets_no_directory(tmp_path: Path) -> None:
    mailboxes = Mailboxes(tmp_path, lambda: [FIRST])
    with running(mailboxes) as port, smtplib.SMTP("127.0.0.1", port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.sendmail("ccf@customs.example", ["../edi@other.example"], MAIL)
        assert refused.value.recipients == {
            "../edi@other.example": (550, b"5.1.1 No such mailbox in this sandbox"),
        }
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["../edi@first.example", "a/b@first.example", ".hidden@first.example"])
def test_an_address_that_leaves_the_directory_is_an_error(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValueError, match="cannot name a directory"):
        Mailboxes(tmp_path, lambda: [address])
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_makes_the_sender_come_again(tmp_path: Path) -> None:
    mailboxes = Mailboxes(tmp_path, lambda: [FIRST])
    (tmp_path / FIRST).write_bytes(b"a file where the directory should be")
    with running(mailboxes) as port, smtplib.SMTP("127.0.0.1", port) as client:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("ccf@customs.example", [FIRST], MAIL)
        assert refused.value.smtp_code == 451


def test_a_taken_port_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address already in use"):
        run(
            Mailboxes(tmp_path, lambda: [FIRST]),
            "127.0.0.1",
            taken.getsockname()[1],
            threading.Event(),
            lambda port: None,
        )


def test_an_address_that_becomes_known_later_has_a_mailbox_from_then_on(tmp_path: Path) -> None:
    addresses = [FIRST]
    mailboxes = Mailboxes(tmp_path, lambda: addresses)
    with running(mailboxes) as port, smtplib.SMTP("127.0.0.1", port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("ccf@customs.example", [SECOND], MAIL)
        assert not (tmp_path / SECOND).exists()
        addresses.append(SECOND)
        assert client.sendmail("ccf@customs.example", [SECOND], MAIL) == {}
    (stored,) = mailboxes.of(SECOND).waiting()
    assert stored.read_bytes() == MAIL
