"""Mail gateways that run in a thread, a store in memory, and a peer that speaks byte by byte."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from openics.channels.mail.server import Gateway, Ports, serve

ADDRESS = "ccf@customs.example"
SENDER = "edi@trader.example"
MAIL = b"From: edi@trader.example\r\nSubject: one\r\n\r\nbody\r\n"
GATEWAY = Gateway(ADDRESS, smtp_port=0, hostname="gateway.example")


@dataclass
class MemoryStore:
    """Keeps mails in a list; can be told to wait or to fail."""

    taken: list[tuple[bytes, str]] = field(default_factory=list)
    failure: Exception | None = None
    entered: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    waits: bool = False

    async def __call__(self, content: bytes, sender: str, peer: str) -> int:
        self.entered.set()
        if self.waits:
            await asyncio.to_thread(self.release.wait, 20)
        if self.failure:
            raise self.failure
        self.taken.append((content, sender))
        return 40 + len(self.taken)


@dataclass
class Running:
    """A gateway in a thread of its own."""

    ports: Ports
    stop: Callable[[], None]
    thread: threading.Thread

    @property
    def smtp(self) -> int:
        assert self.ports.smtp is not None
        return self.ports.smtp

    @property
    def lmtp(self) -> int:
        assert self.ports.lmtp is not None
        return self.ports.lmtp


@contextmanager
def running(gateway: Gateway, store: Any, grace: float = 5.0) -> Iterator[Running]:
    """Serve until the block ends; what went wrong in the thread is raised there."""
    opened: dict[str, Any] = {}
    is_open = threading.Event()
    failures: list[BaseException] = []

    stop = threading.Event()

    def ready(ports: Ports) -> None:
        opened["ports"] = ports
        is_open.set()

    def work() -> None:
        try:
            asyncio.run(serve(gateway, store, stop, ready, grace))
        except BaseException as error:
            failures.append(error)
            is_open.set()

    thread = threading.Thread(target=work)
    thread.start()
    is_open.wait(10)
    if failures:
        raise failures[0]
    try:
        yield Running(opened["ports"], stop.set, thread)
    finally:
        stop.set()
        thread.join(20)
    assert failures == []


class Peer:
    """The other end of the wire, byte by byte."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.file = self.socket.makefile("rwb")

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()

    def say(self, *lines: bytes) -> None:
        self.file.write(b"".join(line + b"\r\n" for line in lines))
        self.file.flush()

    def hear(self) -> bytes:
        """One reply, its last line."""
        while True:
            line: bytes = self.file.readline()
            if line[3:4] != b"-":
                return line.rstrip(b"\r\n")

    def ask(self, line: bytes) -> bytes:
        self.say(line)
        return self.hear()

    def open_data(self, sender: bytes = b"<edi@trader.example>", hello: bytes = b"EHLO me") -> None:
        self.hear()
        for line in (hello, b"MAIL FROM:" + sender, b"RCPT TO:<ccf@customs.example>"):
            assert self.ask(line)[:3] == b"250"
        assert self.ask(b"DATA")[:3] == b"354"
