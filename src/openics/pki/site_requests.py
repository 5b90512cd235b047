"""What a site asks for when it fetches its interchanges over HTTPS, and what the gateway answers (both signed).

The site signs with its registered certificate. A request counts once (`nonce`), for a few minutes (`time`), at one gateway
(`gateway`, its mail address). Answers repeat the nonce, so that an old answer does not pass for a new one.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openics.pki import statements
from openics.pki.cms import Signed

REQUEST: Final = "openics-site-request-1"
LISTING: Final = "openics-site-listing-1"
STORED: Final = "openics-site-stored-1"
TOLERANCE: Final = timedelta(minutes=5)
"""How far the clocks of site and gateway may be apart, either way."""
LIST, FETCH, STORE = "list", "fetch", "store"
ACTIONS: Final = (LIST, FETCH, STORE)
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""A SHA-256 in hexadecimal."""


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """One request. `list`: what waits behind number `after`; `fetch`: the mail `item`; `store`: say that the mail `item` with
    this `digest` is stored safely."""

    action: str
    site: str
    gateway: str
    time: datetime
    nonce: str
    after: int = 0
    item: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A mail that waits: its number, control reference, SHA-256 (hexadecimal) and size in bytes, and when it was made."""

    item: int
    control_reference: str
    digest: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """What waits for a site, the oldest first; `more` when there is still more behind the last."""

    site: str
    nonce: str
    items: tuple[Held, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of `store`: `stored`; `before` when it was stored already; `changed` when the mail was made anew meanwhile."""

    site: str
    nonce: str
    item: int
    outcome: str


def read_request(signed: Signed) -> SiteRequest:
    """The request in a statement whose signature is right; raises PkiError `bad-statement`."""
    return statements.read(REQUEST, SiteRequest, signed.content)


def read_listing(signed: Signed) -> Listing:
    """The listing in a statement whose signature is right; raises PkiError `bad-statement`."""
    return statements.read(LISTING, Listing, signed.content)


def read_stored(signed: Signed) -> Stored:
    """The answer to `store` in a statement whose signature is right; raises PkiError `bad-statement`."""
    return statements.read(STORED, Stored, signed.content)
