"""The mail gateway: takes mail for the gateway's address by SMTP and LMTP into the inbox, and nothing else."""

import asyncio
import ssl
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from opentelemetry import trace
from psycopg import OperationalError
from psycopg_pool import ConnectionPool, PoolClosed

from openics.channels.mail.listener import Bounds, Listener, Mail
from openics.exchange.intake import accept_all
from openics.exchange.standing import MAIL_GATEWAY

CHANNEL = "mail"
POOL_TIMEOUT = 20.0
"""Seconds a mail waits for a database connection before its sender is told to come again."""

LOOK_AFTER = 5.0
"""Seconds after which the connections to the database are looked at: dead ones are replaced before mail comes."""

MOST_TOGETHER = 32
"""Mails in one commit, at most."""

Store = Callable[[bytes, str, str], Awaitable[int]]
"""Makes (content, envelope sender, peer) durable and returns its intake number; raises when it could not."""

log = structlog.get_logger()
_tracer = trace.get_tracer("openics.channels.mail")


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where the gateway listens and what for; port 0 means any free port, None no such listener.

    `certificate` and `key` are PEM files that make STARTTLS available.
    """

    address: str
    host: str = "127.0.0.1"
    smtp_port: int | None = 8025
    lmtp_port: int | None = None
    hostname: str = "localhost"
    bounds: Bounds = field(default_factory=Bounds)
    certificate: Path | None = None
    key: Path | None = None

    def tls(self) -> ssl.SSLContext | None:
        """The context for STARTTLS, or None without a certificate."""
        if self.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def takes(self, address: str) -> bool:
        """Whether mail for the address is taken; upper and lower case are one."""
        return address.casefold() == self.address.casefold()


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports that are open; None for a listener that was not asked for."""

    smtp: int | None
    lmtp: int | None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A mail that waits to be stored, and whoever waits for its number."""

    received: tuple[bytes, str, str]
    number: "asyncio.Future[int]"


class IntakeStore:
    """The inbox as a `Store`. Mails that arrive while others are being committed go together into the next commit."""

    def __init__(self, database_url: str, connections: int = 2, look_after: float = LOOK_AFTER) -> None:
        self._pool = ConnectionPool(
            database_url,
            min_size=1,
            max_size=connections,
            timeout=POOL_TIMEOUT,
            kwargs={"autocommit": True, "application_name": MAIL_GATEWAY},
            open=False,
        )
        self._pool.open()
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="intake")
        self._connections = connections
        self._waiting: deque[_Arrival] = deque()
        self._writers: set[asyncio.Task[None]] = set()
        self._writing = 0
        """Writers that will look at what waits once more; a finished task leaves `_writers` only later."""
        self._closed = threading.Event()
        threading.Thread(target=self._stay_connected, args=(look_after,), daemon=True).start()

    async def __call__(self, content: bytes, sender: str, peer: str) -> int:
        """Store a mail; raises `psycopg.Error` when the database cannot take it."""
        arrival = _Arrival((content, sender, peer), asyncio.get_running_loop().create_future())
        self._waiting.append(arrival)
        if self._writing < self._connections:
            self._writing += 1
            writer = asyncio.create_task(self._write())
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
        return await arrival.number

    def close(self) -> None:
        """Finish what is being stored and close the connections."""
        self._closed.set()
        self._threads.shutdown()
        self._pool.close()

    def _stay_connected(self, look_after: float) -> None:
        """Find dead connections after a restart of the database, which an idle pool does not; being connected is public."""
        while not self._closed.wait(look_after):
            try:
                with self._pool.connection() as connection:
                    connection.execute("SELECT 1")
            except OperationalError:
                with suppress(PoolClosed):
                    self._pool.check()

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
                await self._store(batch)
        finally:
            self._writing -= 1

    async def _store(self, batch: list[_Arrival]) -> None:
        """Store a batch; when that fails each mail by itself, so that one cannot keep others out."""
        received = [arrival.received for arrival in batch]
        try:
            numbers = await asyncio.get_running_loop().run_in_executor(self._threads, self._accept, received)
        except Exception as error:
            if len(batch) > 1:
                for arrival in batch:
                    await self._store([arrival])
            elif not batch[0].number.done():
                batch[0].number.set_exception(error)
            return
        for arrival, number in zip(batch, numbers, strict=True):
            if not arrival.number.done():  # its connection may be gone; the mail is stored all the same
                arrival.number.set_result(number)

    def _accept(self, received: list[tuple[bytes, str, str]]) -> list[int]:
        try:
            return self._accept_once(received)
        except OperationalError:  # the database was restarted: replace dead connections; the same bytes are taken once
            self._pool.check()
            return self._accept_once(received)

    def _accept_once(self, received: list[tuple[bytes, str, str]]) -> list[int]:
        with self._pool.connection() as connection:
            return accept_all(connection, CHANNEL, received)


async def serve(
    gateway: Gateway,
    store: Store,
    stop: threading.Event,
    ready: Callable[[Ports], None],
    grace: float = 10.0,
) -> None:
    """Take mail until `stop` is set; `ready` is told the ports once they are open. OSError when a port is taken."""

    async def receive(mail: Mail) -> str:
        with _tracer.start_as_current_span("store", attributes={"openics.size": len(mail.content)}):
            intake = await store(mail.content, mail.sender, mail.peer)
        log.info("mail taken", intake=intake, sender=mail.sender, peer=mail.peer, size=len(mail.content))
        return f"Stored as intake {intake}"

    refusal = f"No such mailbox: this gateway takes mail for {gateway.address} only and relays nothing"
    listener = Listener(receive, gateway.takes, refusal, gateway.hostname, gateway.bounds, gateway.tls())
    try:
        ready(await _open(listener, gateway))
        await asyncio.to_thread(stop.wait)
    finally:
        await listener.close(grace)


async def _open(listener: Listener, gateway: Gateway) -> Ports:
    smtp = lmtp = None
    if gateway.smtp_port is not None:
        smtp = await listener.listen(gateway.host, gateway.smtp_port)
    if gateway.lmtp_port is not None:
        lmtp = await listener.listen(gateway.host, gateway.lmtp_port, lmtp=True)
    log.info("mail gateway listens", host=gateway.host, smtp=smtp, lmtp=lmtp, address=gateway.address)
    return Ports(smtp, lmtp)
