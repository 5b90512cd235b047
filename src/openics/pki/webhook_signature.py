"""Signatures of webhooks, in the form of Standard Webhooks: HMAC with SHA-256 over id, time and body.

Both sides use it: the system signs, and a trader's program checks with `checked`.
"""

import hmac
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

ID, TIME, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
"""The three headers of a delivery, in lower case."""
PREFIX: Final = "whsec_"
"""What a secret begins with, so that it is recognised where it should not be."""
TOLERANCE: Final = timedelta(minutes=5)
"""How far a delivery's time may be from the receiver's clock."""


class SignatureError(Exception):
    """A delivery that cannot be believed; the text says why."""


def derived(master: bytes, webhook: int, generation: int) -> str:
    """The secret of a webhook, made from the system's own: it is kept nowhere, and each generation has another one."""
    return PREFIX + b64encode(hmac.digest(master, f"openics webhook {webhook} {generation}".encode(), sha256)).decode()


def signed(secrets: Sequence[str], number: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a delivery; while a secret is replaced, `secrets` are both, and either checks."""
    seconds = str(int(at.timestamp()))
    signatures = [f"v1,{_signature(secret, number, seconds, body)}" for secret in secrets]
    return {ID: number, TIME: seconds, SIGNATURE: " ".join(signatures)}


def checked(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> str:
    """The id of a delivery that is genuine; the same id again is the same event again.

    Raises SignatureError when a header is missing, the time is too far from `now`, or no signature fits.
    """
    known = {name.lower(): value for name, value in headers.items()}
    missing = [name for name in (ID, TIME, SIGNATURE) if name not in known]
    if missing:
        raise SignatureError(f"the header {missing[0]} is missing")
    if abs(now - _instant(known[TIME])) > TOLERANCE:
        raise SignatureError(f"its time is more than {TOLERANCE} from this clock")
    due = f"v1,{_signature(secret, known[ID], known[TIME], body)}"
    given = known[SIGNATURE].split(" ")
    if not any(hmac.compare_digest(due.encode(), each.encode()) for each in given):
        raise SignatureError("no signature fits: the body was changed, or the secret is another one")
    return known[ID]


def _instant(seconds: str) -> datetime:
    if not seconds.isdecimal() or len(seconds) > 10:
        raise SignatureError("its time is no number of seconds")
    return datetime.fromtimestamp(int(seconds), UTC)


def _signature(secret: str, number: str, seconds: str, body: bytes) -> str:
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except Base64Error as error:
        raise SignatureError(f"the secret is none: it begins with {PREFIX}, and base64 follows") from error
    return b64encode(hmac.digest(key, f"{number}.{seconds}.".encode() + body, sha256)).decode()
