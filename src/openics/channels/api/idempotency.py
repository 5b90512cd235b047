"""Idempotency keys: the key and what was taken in under it are committed together, or neither is."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from psycopg import Connection

from openics.channels.api.problems import ProblemError

KEPT: Final = "48 hours"
LONGEST: Final = 255

_CLAIM: Final = """
INSERT INTO api_idempotency_key (caller, key, request) VALUES (%(caller)s, %(key)s, %(request)s)
ON CONFLICT (caller, key) DO NOTHING RETURNING id
"""
_KNOWN: Final = "SELECT request, intake_id FROM api_idempotency_key WHERE caller = %(caller)s AND key = %(key)s"
_FORGET: Final = f"DELETE FROM api_idempotency_key WHERE caller = %s AND made_at < now() - interval '{KEPT}'"  # noqa: S608 - a constant


def checked(key: str) -> str:
    """A key as it was sent; raises ProblemError for one that is too long or not plain."""
    if len(key) > LONGEST or (key and not (key.isascii() and key.isprintable())):
        detail = f"An idempotency key has 1 to {LONGEST} printable ASCII characters."
        raise ProblemError("invalid-parameter", detail, place="header.Idempotency-Key")
    return key


def once(
    connection: Connection, caller: str, key: str, request: tuple[str, bytes], take: Callable[[], int]
) -> tuple[int, bool]:
    """Take in under a key: the intake number, and whether it was there before.

    Two requests with the same key at once: the second waits at the insertion until the first has committed, and then
    finds its row. `request` is media type and body; the same key with another one raises ProblemError `key-reused`.
    Without a key everything is taken as new.
    """
    if not key:
        return take(), False
    media, body = request
    values: dict[str, object] = {
        "caller": caller,
        "key": key,
        "request": sha256(media.encode() + b"\0" + body).digest(),
    }
    with connection.transaction():
        connection.execute(_FORGET, (caller,))
        claimed = connection.execute(_CLAIM, values).fetchone()
        if claimed is None:
            return _known(connection, values), True
        intake = take()
        connection.execute("UPDATE api_idempotency_key SET intake_id = %s WHERE id = %s", (intake, claimed[0]))
    return intake, False


def _known(connection: Connection, values: dict[str, object]) -> int:
    row = connection.execute(_KNOWN, values).fetchone()
    if row is None or bytes(row[0]) != values["request"]:
        detail = "This key was used for a request with another body."
        raise ProblemError("key-reused", detail, place="header.Idempotency-Key")
    return int(row[1])
