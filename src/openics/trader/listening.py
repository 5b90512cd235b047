"""Waiting for mail from customs: by an SMTP listener of our own, or in a maildir that a mail server fills."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from openics.pki.errors import PkiError
from openics.pki.smime import Bounds
from openics.trader.errors import TraderError
from openics.trader.home import TraderHome
from openics.trader.maildir import Maildir
from openics.trader.receiving import Refused, confirm, receive
from openics.trader.records import Received, all_received, load_received, load_sent

RETRY = 10.0
"""Seconds between tries to send a CONTRL that the mail server did not take."""
POLL = 1.0
"""Seconds between looks into a maildir."""

Told = Callable[[Received | Refused], None]
Clock = Callable[[], datetime]

log = structlog.get_logger()


def utc_now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


class Desk:
    """Takes mails in and sends the confirmations due, also those that an earlier run left behind."""

    def __init__(self, home: TraderHome, told: Told, clock: Clock = utc_now) -> None:
        self.home = home
        self._told = told
        self._clock = clock
        self._due = {each.key for each in all_received(home.received) if self._is_due(each)}
        self._confirming = threading.Lock()

    def take(self, mail: bytes) -> None:
        """Store a mail durably, and note whether it must be confirmed."""
        taken = receive(self.home, mail, self._clock())
        if isinstance(taken, Received) and self._is_due(taken):
            self._due.add(taken.key)
        self._told(taken)

    def confirm_due(self) -> int:
        """Send the CONTRLs that are due; returns how many are still due, because the mail server failed."""
        with self._confirming:
            for key in sorted(self._due):
                self._due.discard(key)  # before reading the record: should it come again meanwhile, it is due again
                received = load_received(self.home.received, key)
                try:
                    if received is not None:
                        confirm(self.home, received, self._clock())
                except (TraderError, PkiError, OSError) as error:
                    log.warning("confirmation not sent", control_reference=key, error=str(error))
                    self._due.add(key)
            return len(self._due)

    def _is_due(self, received: Received) -> bool:
        if not received.wants_confirmation:
            return False
        sent = load_sent(self.home.sent, received.confirmation) if received.confirmation else None
        return sent is None or not sent.deliveries


def read_maildir(desk: Desk, maildir: Maildir) -> int:
    """Take in what waits in a maildir and confirm it; returns how many mails there were."""
    waiting = maildir.waiting()
    for path in waiting:
        desk.take(path.read_bytes())
        maildir.handled(path)
    desk.confirm_due()
    return len(waiting)


def watch_maildir(desk: Desk, maildir: Maildir, stop: threading.Event) -> None:
    """Take in what comes into a maildir until `stop` is set."""
    while not stop.is_set():
        read_maildir(desk, maildir)
        stop.wait(POLL)


def listen_smtp(desk: Desk, host: str, port: int, stop: threading.Event, ready: Callable[[int], None]) -> None:
    """Take mail by SMTP until `stop` is set; `ready` is told the port. OSError when the port is taken."""
    asyncio.run(_listen(desk, host, port, stop, ready))


async def _listen(desk: Desk, host: str, port: int, stop: threading.Event, ready: Callable[[int], None]) -> None:
    loop = asyncio.get_running_loop()
    wake = asyncio.Event()
    handler = _Handler(desk, wake)
    server = await loop.create_server(lambda: _conversation(handler), host, port)
    confirming = asyncio.create_task(_confirm(desk, wake))
    try:
        ready(int(server.sockets[0].getsockname()[1]))
        await asyncio.to_thread(stop.wait)
    finally:
        server.close()
        confirming.cancel()
        await asyncio.to_thread(desk.confirm_due)


async def _confirm(desk: Desk, wake: asyncio.Event) -> None:
    """Confirm after each mail, and now and then what could not be confirmed."""
    while True:
        wake.clear()
        await asyncio.to_thread(desk.confirm_due)
        try:
            await asyncio.wait_for(wake.wait(), RETRY)
        except TimeoutError:
            continue


class _Handler:
    """Takes mail for the site's address only, and acknowledges it once it is stored."""

    def __init__(self, desk: Desk, wake: asyncio.Event) -> None:
        self._desk = desk
        self._wake = wake

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.lower() != self._desk.home.config.address.lower():
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.to_thread(self._desk.take, cast(bytes, envelope.content))
        self._wake.set()
        return "250 2.0.0 Stored"

    async def handle_exception(self, error: Exception) -> str:
        log.error("mail not stored", error=type(error).__name__, reason=str(error))
        return "451 4.3.0 The mail could not be stored; send it again later"


def _conversation(handler: Any) -> SMTP:
    return SMTP(
        handler, data_size_limit=Bounds().max_bytes, enable_SMTPUTF8=True, hostname="localhost", ident="OpenICS"
    )
