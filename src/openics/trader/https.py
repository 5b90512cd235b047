"""Talking to the gateway over HTTPS: handing interchanges in, and fetching what waits (pull) instead of having a mail server.

Everything that the gateway says is signed and bound to the question; an old or changed answer is a `TraderError`, and the
question can be asked again: the same bytes are taken once, and a mail waits until this site says that it is stored.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

import urllib3

from openics.pki import receipts, site_requests, statements
from openics.pki.cms import Signed
from openics.pki.errors import PkiError
from openics.pki.receipts import Receipt
from openics.pki.site_requests import Held, Listing, SiteRequest, Stored
from openics.trader.errors import TraderError
from openics.trader.gateways import check_signer
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity

TIMEOUT: Final = 60.0
LARGEST: Final = 40_000_000
"""Bytes of an answer that are read."""
NONCE_FIELD: Final = "OpenICS-Nonce"
_AGAIN: Final = "Send it again: the same bytes are taken once."

Answer = TypeVar("Answer", Listing, Stored)


@dataclass(slots=True)
class Gateway:
    """The gateway behind `gateway_url`, over connections that are kept."""

    home: TraderHome
    _pool: urllib3.PoolManager = field(init=False, repr=False)

    def __post_init__(self) -> None:
        authority = self.home.config.https_authority
        if authority and not Path(authority).is_file():
            raise TraderError(f"https_authority names {authority}, which is no file.", "Correct it in config.toml.")
        self._pool = urllib3.PoolManager(
            cert_reqs="CERT_REQUIRED", ca_certs=authority or None, timeout=TIMEOUT, retries=False, maxsize=2
        )

    def hand_in(self, mail: bytes, now: datetime) -> tuple[Receipt, bytes]:
        """Hand a sealed mail in; its receipt, checked, and the receipt's bytes. TraderError says why it is not taken."""
        nonce = secrets.token_hex(16)
        content = self._post("/edi/interchanges", "message/rfc822", mail, (202,), {NONCE_FIELD: nonce})
        try:
            signed = self._signed(content, now)
            receipt = receipts.read(signed)
            receipts.check(receipt, mail, nonce)
        except PkiError as error:
            raise TraderError(f"The receipt does not hold. {error.text}", _AGAIN) from error
        return receipt, content

    def waiting(self, now: datetime, after: int = 0) -> Listing:
        """What waits behind a number, the oldest first."""
        asked = self._request(site_requests.LIST, now, after=after)
        return self._ask(asked, now, Listing)

    def fetch(self, held: Held, now: datetime) -> bytes:
        """The bytes of a mail on the list; they are those that the list announced."""
        content = self._post_request(self._request(site_requests.FETCH, now, item=held.item), now)
        if sha256(content).hexdigest() != held.digest:
            raise TraderError(f"Mail {held.item} is not what the list announced.", "Ask for the list again.")
        return content

    def store(self, held: Held, now: datetime) -> str:
        """Say that a mail is stored here; `stored`, `before`, or `changed` when it was made anew and waits again."""
        asked = self._request(site_requests.STORE, now, item=held.item, digest=held.digest)
        return self._ask(asked, now, Stored).outcome

    def _request(self, action: str, now: datetime, *, after: int = 0, item: int = 0, digest: str = "") -> SiteRequest:
        config = self.home.config
        nonce = secrets.token_hex(16)
        return SiteRequest(action, config.site, config.gateway_address, now, nonce, after, item, digest)

    def _ask(self, asked: SiteRequest, now: datetime, kind: type[Answer]) -> Answer:
        content = self._post_request(asked, now)
        name = site_requests.LISTING if kind is Listing else site_requests.STORED
        try:
            found = statements.read(name, kind, self._signed(content, now).content)
        except PkiError as error:
            raise TraderError(f"The gateway's answer does not hold. {error.text}", "Ask again.") from error
        if (found.site, found.nonce) != (asked.site, asked.nonce):
            raise TraderError("The gateway's answer is to another question: somebody shows an old one.", "Ask again.")
        return found

    def _post_request(self, asked: SiteRequest, now: datetime) -> bytes:
        try:
            signed = statements.sign(site_requests.REQUEST, asked, signing_identity(self.home, now))
        except PkiError as error:
            raise TraderError(error.text, error.fix, error.rule) from error
        return self._post("/edi/requests", "application/pkcs7-mime; smime-type=signed-data", signed, (200,), {})

    def _signed(self, content: bytes, now: datetime) -> Signed:
        signed = statements.open_signed(content)
        check_signer(self.home, signed.signer_certificate, signed.certificates, now)
        return signed

    def _post(self, path: str, kind: str, body: bytes, well: tuple[int, ...], more: dict[str, str]) -> bytes:
        url = self.home.config.gateway_url.rstrip("/") + path
        try:
            answer = self._pool.request(
                "POST", url, body=body, headers={"Content-Type": kind, **more}, redirect=False, preload_content=False
            )
            content: bytes = answer.read(LARGEST + 1)
            answer.release_conn()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            fix = "Check gateway_url and https_authority in config.toml, and that the gateway runs."
            raise TraderError(f"The gateway at {url} cannot be used: {error}.", fix) from error
        if len(content) > LARGEST:
            raise TraderError(f"{url} answers with more than {LARGEST} bytes.", "Check gateway_url in config.toml.")
        if answer.status not in well:
            raise _problem(url, answer.status, content)
        return content


def _problem(url: str, status: int, content: bytes) -> TraderError:
    """What the gateway says against it, in its own words where it has some."""
    try:
        said = json.loads(content)
        text, fix, rule = str(said["title"]), str(said["detail"]), str(said.get("rule", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        later = "Try again later." if status >= 500 else "Check gateway_url in config.toml."
        return TraderError(f"{url} answers {status}.", later)
    return TraderError(f"{url} answers {status}: {text}", fix, rule)
