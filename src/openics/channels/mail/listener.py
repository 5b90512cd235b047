"""A listener for SMTP (RFC 5321) and LMTP (RFC 2033) that answers `250` only when its receiver has the mail durable.

It relays nothing: recipients are those that `accepts` names. Everything is bounded: connections, size of a mail, time
of a command, and the bytes of all mails being received together.
"""

import asyncio
import logging
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

END_OF_DATA = b"\r\n.\r\n"
CHUNK = 262_144
NULL_SENDER = "<>"
LONGEST_SENDER = 320
"""Bytes of a local part, `@` and a domain, RFC 5321 section 4.5.3.1."""
CLOSING_TIME = 5.0
"""Seconds a peer has to read a last reply before its connection is cut."""

TOO_LARGE = "552 5.3.4 The mail is larger than {limit} bytes; send a smaller one"
NO_ROOM = "452 4.3.1 Too much mail is arriving at once; send it again in a few minutes"
NOT_STORED = "451 4.3.0 The mail could not be stored and is not taken; send it again later"
NO_SLOT = "421 4.3.2 {hostname} already serves {limit} connections, its limit; connect again in a minute"
TIMED_OUT = "421 4.4.2 {hostname} closes the connection: no complete command for {seconds:g} seconds"
CLOSING = "421 4.3.2 {hostname} is shutting down; send again later"
BAD_SENDER = (
    f"553 5.1.7 The sender address is not printable text of at most {LONGEST_SENDER} characters; correct MAIL FROM"
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as received: `sender` is the envelope's (empty for a bounce) and proves nothing; `peer` is `host:port`."""

    content: bytes
    sender: str
    recipients: tuple[str, ...]
    peer: str


Receive = Callable[[Mail], Awaitable[str]]
"""Makes a mail durable and returns the text that follows `250`; any exception becomes `451`."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a listener takes at most; `held_bytes` is for all connections together, `timeout` in seconds."""

    connections: int = 200
    mail_bytes: int = 30_000_000
    held_bytes: int = 200_000_000
    timeout: float = 300.0


@dataclass(slots=True, eq=False)
class Listener:
    """Any number of listening sockets with one receiver and common bounds.

    `refusal` is the text of the `550` for other recipients; `tls` makes STARTTLS available.
    """

    receive: Receive
    accepts: Callable[[str], bool]
    refusal: str
    hostname: str = "localhost"
    bounds: Bounds = field(default_factory=Bounds)
    tls: ssl.SSLContext | None = None
    conversations: set["Conversation"] = field(default_factory=set)
    held_bytes: int = 0
    closing: bool = False
    _servers: list[asyncio.Server] = field(default_factory=list)

    async def listen(self, host: str, port: int, *, lmtp: bool = False) -> int:
        """Start listening and return the port (a free one for port 0); OSError when the port is taken."""
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # the library logs addresses line by line
        kind = LmtpConversation if lmtp else Conversation
        server = await asyncio.get_running_loop().create_server(lambda: self._answer(kind), host, port)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def close(self, grace: float = 10.0) -> None:
        """Stop listening, let mails that are arriving be stored for `grace` seconds, then cut what is left."""
        self.closing = True
        for server in self._servers:
            server.close()
        for conversation in tuple(self.conversations):
            conversation.leave()
        await self._wait(grace)
        for conversation in tuple(self.conversations):
            conversation.cut()
        await self._wait(1.0)
        self._servers.clear()

    async def _wait(self, seconds: float) -> None:
        tasks = [conversation.task for conversation in self.conversations]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)

    def _answer(self, kind: type["Conversation"]) -> asyncio.BaseProtocol:
        limit = self.bounds.connections
        if self.closing:
            return Refusal(CLOSING.format(hostname=self.hostname))
        if len(self.conversations) >= limit:
            log.warning("mail connection refused", limit=limit)
            return Refusal(NO_SLOT.format(hostname=self.hostname, limit=limit))
        return kind(self)


class Refusal(asyncio.Protocol):
    """The whole conversation with a peer that cannot be served now."""

    def __init__(self, reply: str) -> None:
        self._reply = reply

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say why, and hang up."""
        wire = cast(asyncio.WriteTransport, transport)
        wire.write(self._reply.encode() + b"\r\n")
        wire.close()


class Conversation(SMTP):
    """One SMTP connection.

    Replaces the library's DATA, which reads and logs line by line and refuses long lines, by one that reads in blocks.
    """

    replies_per_recipient = False

    def __init__(self, listener: Listener) -> None:
        # a table for each connection: the library's is shared by all and reset whenever somebody connects
        self.command_size_limits = defaultdict(lambda: self.command_size_limit)
        super().__init__(
            _Hooks(listener),
            data_size_limit=listener.bounds.mail_bytes,
            enable_SMTPUTF8=True,
            hostname=listener.hostname,
            ident="OpenICS",
            tls_context=listener.tls,
            timeout=listener.bounds.timeout,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            loop=asyncio.get_running_loop(),
        )
        self._listener = listener
        self._busy = False
        self._storing = False
        self._held = 0

    @property
    def task(self) -> "asyncio.Task[None]":
        """The task that runs the conversation."""
        return cast("asyncio.Task[None]", self._handler_coroutine)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a place among the connections; called once more when STARTTLS has succeeded."""
        super().connection_made(transport)
        self._listener.conversations.add(self)
        self.task.add_done_callback(_forget_result)

    def connection_lost(self, error: Exception | None) -> None:
        """Free the place."""
        super().connection_lost(error)
        self._listener.conversations.discard(self)

    def leave(self) -> None:
        """Hang up because of a shutdown, at once or after the mail that is arriving."""
        if not self._busy:
            self._hang_up(CLOSING.format(hostname=self.hostname))

    def cut(self) -> None:
        """Drop the connection without a word."""
        if self._wire is not None:
            self._wire.abort()

    @property
    def _wire(self) -> asyncio.Transport | None:
        return cast(asyncio.Transport | None, self.transport)

    def _hang_up(self, reply: str) -> None:
        wire = self._wire
        if wire is not None and not wire.is_closing():
            wire.write(reply.encode() + b"\r\n")
            wire.close()
            self.loop.call_later(CLOSING_TIME, wire.abort)

    def _timeout_cb(self) -> None:
        if self._storing:
            self._reset_timeout()
        else:
            self._hang_up(TIMED_OUT.format(hostname=self.hostname, seconds=self._timeout_duration))

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Receive a mail, have it stored, and only then acknowledge it."""
        recipients = cast(Envelope, self.envelope).rcpt_tos
        if refusal := _out_of_order(arg, recipients):
            await self.push(refusal)
            return
        self._busy = True
        try:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            reply = await self._take()
            for _ in range(len(recipients) if self.replies_per_recipient else 1):
                await self.push(reply)
        finally:
            self._listener.held_bytes -= self._held
            self._held = 0
            self._busy = False
        self.envelope = self._create_envelope()
        if self._listener.closing:
            self.leave()

    async def _take(self) -> str:
        content = await self._read()
        if isinstance(content, str):
            return content
        mail = self._mail(content)
        self._storing = True
        try:
            return f"250 2.0.0 {await self._listener.receive(mail)}"
        except Exception as error:
            log.warning("mail not stored", error=type(error).__name__, sender=mail.sender, peer=mail.peer)
            return NOT_STORED
        finally:
            self._storing = False

    def _mail(self, content: bytes) -> Mail:
        envelope = cast(Envelope, self.envelope)
        sender = (envelope.mail_from or "").replace(NULL_SENDER, "")
        return Mail(content, sender, tuple(envelope.rcpt_tos), _name(cast(Session, self.session).peer))

    async def _read(self) -> bytes | str:
        """The mail without its dot transparency, or the reply that refuses it; always reads to the end of the data."""
        data = bytearray(b"\r\n")
        refusal = ""
        searched = 0
        while (end := data.find(END_OF_DATA, searched)) < 0:
            if refusal:
                del data[:-4]
            searched = max(0, len(data) - 4)
            chunk = await self._reader.read(CHUNK)
            if not chunk:
                raise ConnectionResetError
            data += chunk
            refusal = refusal or self._hold(len(chunk), len(data))
        if rest := bytes(memoryview(data)[end + len(END_OF_DATA) :]):
            self._reader.feed_data(rest)
        if refusal:
            return refusal
        with memoryview(data) as view:
            framed = bytes(view[: end + 2])
        return framed.replace(b"\r\n.", b"\r\n")[2:]

    def _hold(self, size: int, total: int) -> str:
        bounds = self._listener.bounds
        if total - len(END_OF_DATA) > bounds.mail_bytes:
            return TOO_LARGE.format(limit=bounds.mail_bytes)
        if self._listener.held_bytes + size > bounds.held_bytes:
            return NO_ROOM
        self._held += size
        self._listener.held_bytes += size
        return ""


class LmtpConversation(Conversation, LMTP):
    """One LMTP connection: greeted by LHLO, and each accepted recipient gets a reply of its own."""

    replies_per_recipient = True


@dataclass(frozen=True)  # without slots: the library looks at every attribute, and Python before 3.11.4 fails on theirs
class _Hooks:
    """The library's hooks: what is announced, and which senders and recipients are taken."""

    listener: Listener

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        announced = [each for each in responses if not each.startswith(("250-AUTH", "250 HELP"))]
        return [*announced, "250-PIPELINING", "250 HELP"]

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(address) > LONGEST_SENDER or not address.isprintable():
            return BAD_SENDER
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not self.listener.accepts(address):
            return f"550 5.1.1 {self.listener.refusal}"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_exception(self, error: Exception) -> str:
        log.error("mail conversation failed", error=type(error).__name__)
        return "451 4.3.0 An internal error; send it again later"


def _name(peer: Any) -> str:
    """`host:port` of a socket address."""
    return f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) else str(peer or "")


def _out_of_order(arg: str, recipients: list[str]) -> str:
    if not recipients:
        return "503 5.5.1 Say who the mail is for first: RCPT TO"
    return "501 5.5.4 DATA takes no arguments" if arg else ""


def _forget_result(task: "asyncio.Task[None]") -> None:
    """A peer that vanishes ends its task with an error that nobody needs."""
    if not task.cancelled():
        task.exception()
