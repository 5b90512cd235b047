"""Fetches small files over HTTP from addresses that stand in certificates, within bounds, and from public hosts only.

Whoever gets a certificate issued may write any address into it. So no address leads inside one's own network unless an
operator names the host, the address that was looked at is the one that is connected to, and time and size are bounded.
Redirections are not followed. What is fetched is signed, so plain HTTP is what authorities use, and all that is used.
"""

import http.client
import ipaddress
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from openics.pki.errors import PkiError

_PIECE: Final = 65_536
_LONGEST_ADDRESS: Final = 2000


class FetchError(PkiError):
    """Why nothing was fetched, or what came is not taken."""

    def __init__(self, text: str) -> None:
        super().__init__("not-fetched", text, "It is tried again; tell the authority if it goes on.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be fetched and how long it may take; `private` names hosts (HOST:PORT) inside one's own network."""

    bytes: int = 20_000_000
    seconds: float = 15.0
    private: Collection[str] = frozenset()


def fetch(address: str, limits: Limits, *, data: bytes | None = None, content_type: str = "") -> bytes:
    """What lies at the address, or what it answers to `data`; raises FetchError."""
    host, port, target = _parts(address)
    headers = {"Content-Type": content_type} if content_type else {}
    try:
        found = _resolved(host, port, limits.private)
        with socket.create_connection((found, port), timeout=limits.seconds) as opened:
            connection = http.client.HTTPConnection(host, port)
            connection.sock = opened
            with closing(connection), _cut_off(opened, limits.seconds) as too_late:
                connection.request("GET" if data is None else "POST", target, data, headers)
                with connection.getresponse() as answer:
                    content = _body(answer, f"{host}:{port}", limits)
                if too_late.is_set():
                    raise FetchError(f"{host}:{port} takes longer than {limits.seconds:g} seconds")
                return content
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise FetchError(f"{address}: {type(error).__name__}: {error}") from error


def _parts(address: str) -> tuple[str, int, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or 80
    except ValueError as error:
        raise FetchError(f"{address[:100]!r} is no address: {error}") from error
    if parts.scheme != "http" or not host or parts.username is not None or len(address) > _LONGEST_ADDRESS:
        raise FetchError(f"{address[:100]!r} is not an address of the form http://HOST[:PORT]/PATH")
    return host, port, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _resolved(host: str, port: int, private: Collection[str]) -> str:
    """The address to connect to; every address of the host must be public, unless the host is allowed."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    inside = [each for each in found if not _public(each)]
    if inside and f"{host}:{port}" not in private:
        raise FetchError(f"{host}:{port} is inside the network ({inside[0]}); allow it by OPENICS_REVOCATION_HOSTS")
    return found[0]


def _public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not (mapped or found).is_multicast


@contextmanager
def _cut_off(opened: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Break the connection off after so many seconds, however slowly the other side goes on sending; tells whether it did."""
    too_late = threading.Event()

    def break_off() -> None:
        too_late.set()
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, break_off)
    timer.daemon = True
    timer.start()
    try:
        yield too_late
    finally:
        timer.cancel()


def _body(answer: http.client.HTTPResponse, where: str, limits: Limits) -> bytes:
    if answer.status != http.HTTPStatus.OK:
        raise FetchError(f"{where} answers {answer.status}")
    found = bytearray()
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > limits.bytes:
            raise FetchError(f"{where} sends more than {limits.bytes} bytes")
    return bytes(found)
