"""The mail gateway: takes mail for the gateway's address by SMTP and LMTP into the inbox, and nothing else."""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

from openics.channels.mail.listener import Bounds, Listener, Mail
from openics.exchange.intake import accept

CHANNEL = "mail"
POOL_TIMEOUT = 20.0
"""Seconds a mail waits for a database connection before its sender is told to come again."""

Store = Callable[[bytes, str, str], Awaitable[int]]
"""Makes (content, envelope sender, peer) durable and returns its intake number; raises when it could not."""

log = structlog.get_logger()


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


class IntakeStore:
    """The inbox as a `Store`: commits on one of a few database connections, in threads so that nobody waits."""

    def __init__(self, database_url: str, connections: int = 8) -> None:
        self._pool = ConnectionPool(
            database_url,
            min_size=1,
            max_size=connections,
            timeout=POOL_TIMEOUT,
            kwargs={"autocommit": True, "application_name": "openics mail gateway"},
            open=False,
        )
        self._pool.open()
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="intake")

    async def __call__(self, content: bytes, sender: str, peer: str) -> int:
        """Store a mail; raises `psycopg.Error` when the database cannot take it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._accept, content, sender, peer)

    def close(self) -> None:
        """Finish what is being stored and close the connections."""
        self._threads.shutdown()
        self._pool.close()

    def _accept(self, content: bytes, sender: str, peer: str) -> int:
        try:
            return self._accept_once(content, sender, peer)
        except OperationalError:  # the database was restarted: replace dead connections; the same bytes are taken once
            self._pool.check()
            return self._accept_once(content, sender, peer)

    def _accept_once(self, content: bytes, sender: str, peer: str) -> int:
        with self._pool.connection() as connection:
            return accept(connection, channel=CHANNEL, content=content, sender=sender, peer=peer)


async def serve(
    gateway: Gateway,
    store: Store,
    stop: threading.Event,
    ready: Callable[[Ports], None],
    grace: float = 10.0,
) -> None:
    """Take mail until `stop` is set; `ready` is told the ports once they are open. OSError when a port is taken."""

    async def receive(mail: Mail) -> str:
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
