"""The receipt for what was handed in over HTTPS: signed by the gateway, given only when the bytes are durable.

A receipt names the bytes by their digest, so that it fits nothing else; and it repeats the number that the sender chose for
this one hand-in (`nonce`), so that an old receipt does not pass for a new one.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from openics.pki import statements
from openics.pki.cms import Signed
from openics.pki.errors import PkiError
from openics.pki.identity import Identity

FORMAT: Final = "openics-receipt-1"
NONCE: Final = re.compile(r"[0-9a-f]{32,64}")
"""A random number in hexadecimal, of 16 to 32 bytes."""
_FIX: Final = "Hand the same bytes in again: they are taken once, and a fresh receipt says so."


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the gateway stored, and when.

    `digest` is the SHA-256 of the bytes as they were handed in, hexadecimal, `size` their number; `intake` the gateway's number
    for them; `again` whether they had been handed in before, at `received_at`; `site` the site that they were proved to come
    from, empty while that is not checked yet; `nonce` the sender's own number, empty where it gave none.
    """

    digest: str
    size: int
    intake: int
    received_at: datetime
    issued_at: datetime
    again: bool
    site: str
    nonce: str


def sign(receipt: Receipt, identity: Identity) -> bytes:
    """The receipt as CMS signed-data (DER)."""
    return statements.sign(FORMAT, receipt, identity)


def read(signed: Signed) -> Receipt:
    """The receipt in a statement whose signature is right; raises PkiError `bad-statement`."""
    return statements.read(FORMAT, Receipt, signed.content)


def check(receipt: Receipt, content: bytes, nonce: str) -> None:
    """Raise PkiError `bad-statement` unless the receipt is for these bytes and this hand-in."""
    if not hmac.compare_digest(receipt.digest, sha256(content).hexdigest()) or receipt.size != len(content):
        raise PkiError("bad-statement", "The receipt is for other bytes than those handed in.", _FIX)
    if not hmac.compare_digest(receipt.nonce, nonce):
        raise PkiError("bad-statement", "The receipt is for another hand-in: somebody shows an old one again.", _FIX)
