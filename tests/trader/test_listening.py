"""Waiting for mail: our own SMTP listener, and a maildir."""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from openics.edifact.reader import read_header
from openics.sandbox.mailbox import Mailboxes
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from openics.trader.listening import Desk, listen_smtp, read_maildir, watch_maildir
from openics.trader.maildir import Maildir
from openics.trader.receiving import Refused
from openics.trader.records import Received, load_received
from trader.world import ADDRESS, GATEWAY, NOW, Letter, World

Mail = tuple[int, Mailboxes]


class Told(list[Received | Refused]):
    """What a desk reported."""

    def __call__(self, taken: Received | Refused) -> None:
        self.append(taken)


def desk(home: TraderHome, told: Told) -> Desk:
    return Desk(home, told, clock=lambda: NOW)


@pytest.fixture
def letters(world: World, home: TraderHome, corpus: Path) -> list[bytes]:
    """Three answers for our site."""
    content = (corpus / "clregr_accepted.edi").read_bytes()
    one = Letter(content, world.gateway, signing_identity(home, NOW).certificate)
    references = [f"{number:014d}" for number in (54, 55, 56)]
    return [
        replace(one, interchange=content.replace(b"00000000000054", each.encode()), reference=each).sealed()
        for each in references
    ]


def confirmations(gateway_mail: Mail, world: World) -> list[bytes]:
    """The control references that our CONTRLs report on, as customs reads them."""
    found = [world.open(path.read_bytes()).content for path in gateway_mail[1].of(GATEWAY).waiting()]
    return sorted(content.partition(b"UCI+")[2].partition(b"+")[0] for content in found)


@contextmanager
def listening(on: Desk) -> Iterator[int]:
    """Listen on a free port until the block ends."""
    opened: list[int] = []
    is_open, stop = threading.Event(), threading.Event()

    def ready(port: int) -> None:
        opened.append(port)
        is_open.set()

    thread = threading.Thread(target=listen_smtp, args=(on, "127.0.0.1", 0, stop, ready))
    thread.start()
    try:
        assert is_open.wait(10)
        yield opened[0]
    finally:
        stop.set()
        thread.join(15)
    assert not thread.is_alive()


def test_mail_by_smtp_is_stored_before_it_is_acknowledged_and_then_confirmed(
    connected: TraderHome, gateway_mail: Mail, world: World, letters: list[bytes]
) -> None:
    told = Told()
    with listening(desk(connected, told)) as port, smtplib.SMTP("127.0.0.1", port) as client:
        for number, mail in enumerate(letters, start=1):
            client.sendmail(GATEWAY, [ADDRESS.upper()], mail)
            assert len(list(connected.received.glob("*.json"))) == number
    assert [each.key for each in told] == ["00000000000054", "00000000000055", "00000000000056"]
    assert confirmations(gateway_mail, world) == [b"00000000000054", b"00000000000055", b"00000000000056"]


def test_a_confirmation_leaves_without_waiting_for_the_end(
    connected: TraderHome, gateway_mail: Mail, world: World, letters: list[bytes]
) -> None:
    with listening(desk(connected, Told())) as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail(GATEWAY, [ADDRESS], letters[0])
        deadline = time.monotonic() + 10
        while not gateway_mail[1].of(GATEWAY).waiting() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert confirmations(gateway_mail, world) == [b"00000000000054"]


def test_mail_for_others_is_refused(connected: TraderHome, letters: list[bytes]) -> None:
    told = Told()
    with listening(desk(connected, told)) as port, smtplib.SMTP("127.0.0.1", port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.sendmail(GATEWAY, ["other@trader.example"], letters[0])
        assert refused.value.recipients == {"other@trader.example": (550, b"5.1.1 No such mailbox here")}
    assert told == []


def test_a_mail_that_is_refused_is_acknowledged_and_kept(connected: TraderHome, letters: list[bytes]) -> None:
    told = Told()
    with listening(desk(connected, told)) as port, smtplib.SMTP("127.0.0.1", port) as client:
        assert client.sendmail(GATEWAY, [ADDRESS], b"Subject: hello\r\n\r\nhello\r\n") == {}
        client.sendmail(GATEWAY, [ADDRESS], letters[0])
    assert [type(each) for each in told] == [Refused, Received]


def test_a_disk_that_fails_makes_the_sender_come_again(connected: TraderHome, letters: list[bytes]) -> None:
    told = Told()
    connected.received.rmdir()
    connected.received.write_bytes(b"a file where the directory should be")
    with listening(desk(connected, told)) as port, smtplib.SMTP("127.0.0.1", port) as client:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail(GATEWAY, [ADDRESS], letters[0])
        assert refused.value.smtp_code == 451
    assert told == []


def test_a_taken_port_is_an_error(connected: TraderHome) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address already in use"):
        listen_smtp(desk(connected, Told()), "127.0.0.1", taken.getsockname()[1], threading.Event(), lambda port: None)


def test_a_maildir_is_emptied_in_order_and_confirmed(
    connected: TraderHome, gateway_mail: Mail, world: World, letters: list[bytes], tmp_path: Path
) -> None:
    maildir = Maildir(tmp_path / "own")
    for mail in letters:
        maildir.deliver(mail)
    told = Told()
    assert read_maildir(desk(connected, told), maildir) == 3
    assert [each.key for each in told] == ["00000000000054", "00000000000055", "00000000000056"]
    assert maildir.waiting() == []
    assert confirmations(gateway_mail, world) == [b"00000000000054", b"00000000000055", b"00000000000056"]


def test_a_maildir_is_watched_until_stopped(connected: TraderHome, letters: list[bytes], tmp_path: Path) -> None:
    maildir = Maildir(tmp_path / "own")
    stop = threading.Event()

    def told(taken: Received | Refused) -> None:
        stop.set()

    thread = threading.Thread(target=watch_maildir, args=(Desk(connected, told, lambda: NOW), maildir, stop))
    thread.start()
    maildir.deliver(letters[0])
    thread.join(10)
    assert not thread.is_alive()
    assert load_received(connected.received, "00000000000054") is not None


def test_confirmations_left_over_are_sent_by_the_next_run(
    home: TraderHome, gateway_mail: Mail, world: World, letters: list[bytes]
) -> None:
    without_server = desk(home, Told())
    for mail in letters[:2]:
        without_server.take(mail)
    assert without_server.confirm_due() == 2
    next_run = desk(home.changed(smtp_port=gateway_mail[0]), Told())
    assert next_run.confirm_due() == 0
    assert confirmations(gateway_mail, world) == [b"00000000000054", b"00000000000055"]
    assert desk(home.changed(smtp_port=gateway_mail[0]), Told()).confirm_due() == 0
    assert len(gateway_mail[1].of(GATEWAY).waiting()) == 2


def test_what_came_twice_is_confirmed_twice(
    connected: TraderHome, gateway_mail: Mail, world: World, letters: list[bytes]
) -> None:
    own = desk(connected, Told())
    for _ in range(2):
        own.take(letters[0])
        assert own.confirm_due() == 0
    assert confirmations(gateway_mail, world) == [b"00000000000054", b"00000000000054"]
    references = {read_header(path.read_bytes()) for path in connected.sent.glob("*.edi")}
    assert len(references) == 2
