"""Proves which site asks: the signature, its certificate, the time, and that the request was not made before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from psycopg import Cursor

from openics.clients.certificate_rules import Standing
from openics.clients.identifiers import is_site_id
from openics.clients.site_rules import PAUSE_FIX, pause_in_words
from openics.clients.site_store import load_certificates
from openics.exchange.collection import use_nonce
from openics.pki.certificates import described, fingerprint
from openics.pki.cms import Signed
from openics.pki.receipts import NONCE
from openics.pki.site_requests import ACTIONS, TOLERANCE, SiteRequest, read_request
from openics.pki.statements import open_signed
from openics.pki.trust import TrustStore

_FIX_CLOCK: Final = "Set the clock of this machine, then ask again."
_FIX_ANEW: Final = "Make a new request, with a new nonce, for each question."
_FIX_REGISTERED: Final = "Sign with a certificate in force that is registered to the site for signing."


class NotProvedError(Exception):
    """Why a request does not count."""

    def __init__(self, code: str, text: str, fix: str) -> None:
        super().__init__(text)
        self.code, self.text, self.fix = code, text, fix


@dataclass(frozen=True, slots=True)
class Prover:
    """Judges requests to the gateway with this mail address, in this environment."""

    trust: TrustStore
    gateway: str
    test: bool

    def prove(self, cursor: Cursor, data: bytes, now: datetime) -> SiteRequest:
        """The request, proved to come from its site and used up; raises PkiError or NotProvedError."""
        signed = open_signed(data)
        self.trust.validate(signed.signer_certificate, signed.certificates, now)
        request = read_request(signed)
        self._check_form(request, now)
        _check_site(cursor, request, signed, self.test, now)
        if not use_nonce(cursor, request.site, request.nonce, now):
            raise NotProvedError("used-before", "This request was made before.", _FIX_ANEW)
        return request

    def _check_form(self, request: SiteRequest, now: datetime) -> None:
        if request.gateway.lower() != self.gateway.lower():
            text = f"The request is for the gateway {request.gateway[:80]!r}; this is {self.gateway}."
            raise NotProvedError("wrong-gateway", text, "Ask the gateway that it is for.")
        if request.action not in ACTIONS or not NONCE.fullmatch(request.nonce):
            fix = f"Ask for {', '.join(ACTIONS)}, with a nonce of 32 to 64 hexadecimal digits."
            raise NotProvedError("bad-request", "The action or the nonce of the request is not understood.", fix)
        if abs(request.time - now) > TOLERANCE:
            minutes = int(TOLERANCE.total_seconds() // 60)
            text = f"The request was made at {request.time:%Y-%m-%d %H:%M:%S} UTC; here it is {now:%H:%M:%S} UTC."
            raise NotProvedError("wrong-time", f"{text} They may be {minutes} minutes apart.", _FIX_CLOCK)


def _check_site(cursor: Cursor, request: SiteRequest, signed: Signed, test: bool, now: datetime) -> None:
    """A site that is not registered and a certificate that is not the site's are answered alike."""
    name = fingerprint(signed.signer_certificate)
    site = request.site if is_site_id(request.site) else "unknown"
    held = {each.fingerprint: each for each in load_certificates(cursor, site=site)}
    cursor.execute("SELECT test, active, paused_at, pause_reason FROM site WHERE site_id = %s", (site,))
    row = cursor.fetchone()
    certificate = held.get(name)
    if row is None or row[0] != test or certificate is None or not certificate.use.signs:
        text = f"The certificate {described(signed.signer_certificate)} does not sign for a site {site} here."
        raise NotProvedError("not-proved", text, _FIX_REGISTERED)
    standing = certificate.standing(now)
    if standing is not Standing.IN_FORCE:
        text = f"The certificate {described(signed.signer_certificate)} is {standing.value} at site {request.site}."
        raise NotProvedError("not-proved", text, _FIX_REGISTERED)
    if not row[1]:
        raise NotProvedError("inactive-site", pause_in_words(request.site, row[2], row[3]), PAUSE_FIX)
