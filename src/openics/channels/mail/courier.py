"""The courier: signs and encrypts what waits in the outbox, and hands it to the mail server.

Each step is one transaction, so a courier may die anywhere: what is not sealed waits, what is sealed is sent again with
the same bytes and Message-ID, and rows it held are free for other couriers at once.
"""

import smtplib
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg
import structlog
from opentelemetry import trace

from openics.channels.mail.sealing import MailSealer, load_certificates, load_ciphers
from openics.exchange.outbox import (
    WAKE_COURIER,
    Deliverable,
    fail_sealing,
    record_deliveries,
    store_sealed,
    take_due,
    take_waiting,
)
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys

BATCH = 50
BATCH_SECONDS = 60.0
"""How long one transaction may last because the mail server is slow; the rest of the batch goes in the next."""
IDLE = 1.0
"""Seconds between looks at the outbox when nobody rings."""
RECONNECT = 2.0
"""Seconds before trying the database again."""
CLOSING_CHANNEL = 421

log = structlog.get_logger()
_tracer = trace.get_tracer("openics.channels.mail")


class RelayAwayError(Exception):
    """The mail server cannot be reached or has hung up; nothing else of the batch would get through."""


@dataclass(slots=True)
class Relay:
    """The mail server that takes outgoing mail, over one connection kept open for many mails; `timeout` in seconds."""

    host: str
    port: int
    sender: str
    tls: bool = False
    timeout: float = 30.0
    _session: smtplib.SMTP | None = None

    def send(self, recipient: str, mail: bytes) -> None:
        """Return once the server has taken the mail.

        Raises SMTPException when it refuses this mail, RelayAwayError when it cannot be reached. A connection that the
        server closed since the last mail is opened again.
        """
        if self._session is not None:
            try:
                return self._send(self._session, recipient, mail)
            except RelayAwayError:
                self.close()
        return self._send(self._connected(), recipient, mail)

    def close(self) -> None:
        """Hang up."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _send(self, session: smtplib.SMTP, recipient: str, mail: bytes) -> None:
        try:
            session.sendmail(self.sender, [recipient], mail)
        except (OSError, smtplib.SMTPException) as error:
            if _lost(error):
                self.close()
                raise RelayAwayError(_said(error)) from error
            raise

    def _connected(self) -> smtplib.SMTP:
        try:
            session = smtplib.SMTP(self.host, self.port, self.sender.partition("@")[2], self.timeout)
            if self.tls:
                session.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException) as error:
            raise RelayAwayError(f"{self.host}:{self.port}: {_said(error)}") from error
        self._session = session
        return session


@dataclass(slots=True)
class Courier:
    """Seals and delivers; any number may work on one outbox."""

    database_url: str
    relay: Relay
    keys: GatewayKeys
    resend_after: timedelta
    batch: int = BATCH
    batch_seconds: float = BATCH_SECONDS
    legacy: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, through restarts of the database and the mail server."""
        self.stop = stop
        try:
            while not stop.is_set():
                try:
                    with psycopg.connect(
                        self.database_url, autocommit=True, application_name="openics courier"
                    ) as connection:
                        self._work(connection)
                except psycopg.OperationalError as error:
                    log.warning("courier lost the database", error=type(error).__name__)
                    stop.wait(RECONNECT)
        finally:
            self.relay.close()

    def run_once(self, connection: psycopg.Connection) -> int:
        """Seal one batch and deliver one batch; returns how many rows moved on."""
        return self._seal(connection) + self._deliver(connection)

    def _work(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {WAKE_COURIER}".encode())
        while not self.stop.is_set():
            if not self.run_once(connection):
                list(connection.notifies(timeout=IDLE, stop_after=1))

    def _seal(self, connection: psycopg.Connection) -> int:
        now = self.clock()
        with connection.transaction(), connection.cursor() as cursor:
            batch = take_waiting(cursor, self.batch)
            if not batch:
                return 0
            sites = [waiting.site for waiting in batch]
            certificates, ciphers = load_certificates(cursor, sites, now), load_ciphers(cursor, sites)
            sealer = MailSealer(self.keys, self.relay.sender, legacy=self.legacy)
            try:
                with _tracer.start_as_current_span("seal", attributes={"openics.batch": len(batch)}):
                    sealed = sealer.seal(batch, certificates, now, ciphers)
            except PkiError as error:
                log.error("nothing can be signed", error=error.text, fix=error.fix)  # noqa: TRY400 - the text says it all
                return 0
            if sealed.mails:
                store_sealed(cursor, sealed.mails, now)
            if sealed.failures:
                log.warning("mails not sealed", outbox=[item for item, _ in sealed.failures])
                fail_sealing(cursor, sealed.failures)
        return len(batch)

    def _deliver(self, connection: psycopg.Connection) -> int:
        with connection.transaction(), connection.cursor() as cursor:
            batch = take_due(cursor, self.batch, self.clock())
            if not batch:
                return 0
            with _tracer.start_as_current_span("deliver", attributes={"openics.batch": len(batch)}):
                delivered, failed = self._post(batch)
            record_deliveries(cursor, delivered, failed, self.clock(), self.resend_after)
        return len(delivered) + len(failed)

    def _post(self, batch: Sequence[Deliverable]) -> tuple[list[int], list[tuple[int, str]]]:
        delivered: list[int] = []
        failed: list[tuple[int, str]] = []
        end = time.monotonic() + self.batch_seconds
        for position, item in enumerate(batch):
            if self.stop.is_set() or (position and time.monotonic() > end):
                break
            try:
                self.relay.send(item.recipient, item.mail)
            except RelayAwayError as error:
                log.warning("mail server away", error=str(error), waiting=len(batch) - position)
                failed.extend((other.id, f"The mail server is away: {error}") for other in batch[position:])
                break
            except smtplib.SMTPException as error:
                log.warning("mail refused", outbox=item.id, site=item.site, error=_said(error))
                failed.append((item.id, f"The mail server refused the mail: {_said(error)}"))
            else:
                log.info("mail delivered", outbox=item.id, site=item.site, size=len(item.mail))
                delivered.append(item.id)
        return delivered, failed


def _lost(error: Exception) -> bool:
    """Whether the connection is of no more use."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == CLOSING_CHANNEL
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == CLOSING_CHANNEL for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(error, smtplib.SMTPException)


def _said(error: Exception) -> str:
    """The server's own words where there are any."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(said)} ({to})" for to, (code, said) in error.recipients.items())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
