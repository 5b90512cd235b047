"""Where a webhook may go: to a public address over HTTPS, and to nothing inside the house."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

LONGEST = 500
"""Characters of an address, at most."""


class AddressError(Exception):
    """Why nothing is sent to an address: what is wrong and how to mend it."""

    def __init__(self, text: str, fix: str) -> None:
        super().__init__(f"{text} {fix}")
        self.text, self.fix = text, fix


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: its parts, and the network address that was checked and is connected to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def check_form(url: str, *, private: bool) -> None:
    """Raise AddressError for what can be seen to be wrong without asking for the name.

    `private` allows addresses of one's own network and plain HTTP, for tests on one machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"The address cannot be read: {error}.", "Write it as https://host/path.") from error
    if parts.scheme not in ({"http", "https"} if private else {"https"}):
        raise AddressError("The address does not begin with https://.", "Use HTTPS, with a certificate that is valid.")
    if not parts.hostname or port == 0:
        raise AddressError("The address names no host.", "Write it as https://host/path.")
    if parts.username or parts.password or parts.fragment:
        text = "The address holds a user name, a password or a fragment."
        raise AddressError(text, "Leave them out: deliveries are signed, which proves more than a password.")
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressError(
            f"The address is longer than {LONGEST}, or holds other than ASCII.", "Write it shorter, encoded."
        )


def target(url: str, *, private: bool) -> Target:
    """Look up the host and check every address that it has; raises AddressError.

    What is returned is connected to, so that a name which answers otherwise the next time changes nothing.
    """
    check_form(url, private=private)
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = _lookup(host, port)
    if not private and (inside := [each for each in found if not _public(each)]):
        text = f"{host} is {inside[0]}, an address that is not public."
        raise AddressError(text, "Name a host that the whole internet reaches.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, str(found[0]))


def _lookup(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(
            f"The host {host} cannot be found.", "Check the name, and that its DNS entry is there."
        ) from error
    return [ip_address(str(row[4][0]).partition("%")[0]) for row in rows]


def _public(address: IPv4Address | IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return address.is_global and inner.is_global and not address.is_multicast
