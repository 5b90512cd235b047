"""The front proxy, which ends TLS: what it says of the browser is believed, what anybody else says is dropped.

The proxy puts four headers on every request, over whatever the browser sent under these names: the browser's address, the
scheme it used, whether its certificate was verified, and the certificate. A fifth carries a secret that both share. Without
the right secret, or from an address that is not the proxy's, none of them reaches a page.
"""

import hmac
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote_to_bytes

import structlog
from cryptography import x509
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from openics.pki.certificates import read_chain
from openics.pki.errors import PkiError

ADDRESS, SCHEME = "X-Client-Address", "X-Client-Scheme"
VERIFY, CERTIFICATE, SECRET = "X-Client-Verify", "X-Client-Certificate", "X-Proxy-Secret"
HEADERS: Final = (ADDRESS, SCHEME, VERIFY, CERTIFICATE, SECRET)
"""What the proxy sets on every request."""
VERIFIED: Final = "SUCCESS"
LONGEST: Final = 32_768
"""Characters of a certificate as the proxy writes it."""

log = structlog.get_logger()


class TrustedProxy:
    """Takes the proxy's headers off every request, and keeps what they say when it was the proxy that set them."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take the headers off before anybody else looks at the request."""
        said = {name: request.META.pop(_variable(name)) for name in HEADERS if _variable(name) in request.META}
        if said and not _from_proxy(request, said.get(SECRET, "")):
            log.warning("proxy headers dropped", peer=request.META.get("REMOTE_ADDR", ""), headers=sorted(said))
        elif said:
            _believe(request, said)
        return self.respond(request)


def client_certificate(request: HttpRequest) -> x509.Certificate | None:
    """The certificate whose key the browser proved to have; None without a trusted proxy, or without a certificate.

    That its issuer is trusted, and that it may sign in, is for `openics.channels.sign_in.certificates` to check.
    """
    found: x509.Certificate | None = getattr(request, "proved_certificate", None)
    return found


def refused_certificate(request: HttpRequest) -> str:
    """What the proxy found wrong with the browser's certificate; empty when there was none, or nothing wrong."""
    return getattr(request, "refused_certificate", "")


def _variable(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


def _from_proxy(request: HttpRequest, secret: str) -> bool:
    expected, addresses = settings.PROXY_SECRET, settings.PROXY_ADDRESSES
    known = not addresses or request.META.get("REMOTE_ADDR", "") in addresses
    return bool(expected) and known and hmac.compare_digest(secret.encode(), expected.encode())


def _believe(request: HttpRequest, said: dict[str, str]) -> None:
    if _is_address(said.get(ADDRESS, "")):
        request.META["REMOTE_ADDR"] = said[ADDRESS]
    if said.get(SCHEME) in {"http", "https"}:
        request.META["wsgi.url_scheme"] = said[SCHEME]
    verdict, text = said.get(VERIFY, ""), said.get(CERTIFICATE, "")
    if verdict.startswith("FAILED"):
        request.refused_certificate = verdict.partition(":")[2].strip() or "not verified"  # type: ignore[attr-defined]
    if verdict == VERIFIED and text:
        request.proved_certificate = _read(request, text)  # type: ignore[attr-defined]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _read(request: HttpRequest, text: str) -> x509.Certificate | None:
    """The one certificate in the text; None, and a line in the log, when it is anything else."""
    try:
        found = read_chain(unquote_to_bytes(text)) if len(text) <= LONGEST else []
    except PkiError:
        found = []
    if len(found) == 1:
        return found[0]
    log.warning("certificate from the proxy not readable", peer=request.META.get("REMOTE_ADDR", ""), length=len(text))
    return None
