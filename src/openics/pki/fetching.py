"""Fetches small files over HTTP from addresses that stand in certificates, within bounds, and from public hosts only.

Whoever gets a certificate issued may write any address into it. So no address leads inside one's own network unless an
operator names the host, the address that was looked at is the one that is connected to, and time and size are bounded.
Redirections are not followed. What is fetched is signed, so plain HTTP is what authorities use, and all that is used.
"""

import http.client
import ipaddress
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_PIECE: Final = 65_536
_LONGEST_ADDRESS: Final = 2000


class FetchError(Exception):
    """Why nothing was fetched, in words."""


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
        with (
            socket.create_connection((found, port), timeout=limits.seconds) as opened,
            _cut_off(opened, limits.seconds),
        ):
            connection = http.client.HTTPConnection(host, port)
            connection.sock = opened
            connection.request("GET" if data is None else "POST", target, data, headers)
            return _body(connection, limits)
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
def _cut_off(opened: socket.socket, seconds: float) -> Iterator[None]:
    """Break the connection off after so many seconds, however slowly the other side goes on sending."""
    timer = threading.Timer(seconds, _break_off, (opened,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _break_off(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


def _body(connection: http.client.HTTPConnection, limits: Limits) -> bytes:
    end = time.monotonic() + limits.seconds
    answer = connection.getresponse()
    where = f"{connection.host}:{connection.port}"
    if answer.status != http.HTTPStatus.OK:
        raise FetchError(f"{where} answers {answer.status}")
    found = bytearray()
    while piece := answer.read1(_PIECE):
        found += piece
        if len(found) > limits.bytes:
            raise FetchError(f"{where} sends more than {limits.bytes} bytes")
    if time.monotonic() > end:
        raise FetchError(f"{where} takes longer than {limits.seconds:g} seconds")
    return bytes(found)
