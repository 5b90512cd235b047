"""What a site fetches instead of getting it by mail: the sealed mails that wait for it, in order, until it has stored them.

Fetching changes nothing, so it may be broken off and begun again. A mail leaves the list when the site says that it stored
just these bytes, or confirms the interchange with its CONTRL; what is sent again comes back onto the list.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from psycopg import Cursor

from openics.decision.outcome import Event
from openics.exchange.recording import EventRow, write_events

MOST_LISTED: Final = 100
NONCES_KEPT: Final = timedelta(hours=1)
"""Longer than any request counts."""
STORED, BEFORE, CHANGED = "stored", "before", "changed"


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A sealed mail that waits for its site: outbox number, control reference, SHA-256, size in bytes, when it was sealed."""

    item: int
    control_reference: str
    digest: bytes
    size: int
    made_at: datetime


def use_nonce(cursor: Cursor, site: str, nonce: str, now: datetime) -> bool:
    """Use a number up; False when the site has used it before."""
    cursor.execute(
        "DELETE FROM request_nonce WHERE id IN (SELECT id FROM request_nonce WHERE used_at < %s ORDER BY used_at LIMIT 100 "
        "FOR UPDATE SKIP LOCKED)",
        (now - NONCES_KEPT,),
    )
    cursor.execute(
        "INSERT INTO request_nonce (site, nonce, used_at) VALUES (%s, %s, %s) ON CONFLICT (site, nonce) DO NOTHING "
        "RETURNING id",
        (site, nonce, now),
    )
    return cursor.fetchone() is not None


def held(cursor: Cursor, site: str, after: int) -> tuple[list[HeldMail], bool]:
    """The oldest mails that wait for a site behind a number, and whether there are more."""
    cursor.execute(
        "SELECT o.id, i.control_reference, e.digest, length(e.content), e.recorded_at FROM outbox_item o "
        "JOIN interchange i ON i.id = o.interchange_id JOIN evidence e ON e.id = o.evidence_id "
        "WHERE o.site = %s AND o.state = 'held' AND o.id > %s ORDER BY o.id LIMIT %s",
        (site, after, MOST_LISTED + 1),
    )
    rows = [HeldMail(row[0], row[1], bytes(row[2]), row[3], row[4]) for row in cursor.fetchall()]
    return rows[:MOST_LISTED], len(rows) > MOST_LISTED


def fetch(cursor: Cursor, site: str, item: int, now: datetime) -> bytes | None:
    """The bytes of a mail that waits for the site; None when there is no such mail for it."""
    cursor.execute(
        "SELECT e.content, i.control_reference FROM outbox_item o JOIN evidence e ON e.id = o.evidence_id "
        "JOIN interchange i ON i.id = o.interchange_id WHERE o.site = %s AND o.state = 'held' AND o.id = %s",
        (site, item),
    )
    row = cursor.fetchone()
    if row is None:
        return None
    _tell(cursor, "exchange.fetched", site, item, str(row[1]), now)
    return bytes(row[0])


def store(cursor: Cursor, site: str, item: int, digest: bytes, now: datetime, resend_after: timedelta) -> str | None:
    """The site has stored these bytes: `stored`, `before`, or `changed` when they are not the mail of now; None: no such mail.

    What the site must confirm is looked at again after `resend_after`, as if it had gone by mail.
    """
    cursor.execute(
        "SELECT o.state, e.digest, i.control_reference FROM outbox_item o JOIN interchange i ON i.id = o.interchange_id "
        "LEFT JOIN evidence e ON e.id = o.evidence_id WHERE o.site = %s AND o.id = %s FOR UPDATE OF o",
        (site, item),
    )
    row = cursor.fetchone()
    if row is None:
        return None
    state, current, reference = row
    if current is None or bytes(current) != digest:
        return CHANGED
    if state != "held":
        return BEFORE
    cursor.execute(
        "UPDATE outbox_item SET state = 'delivered', delivered_at = %s, sends = sends + 1, attempts = 0, error = '', "
        "next_attempt_at = %s WHERE id = %s",
        (now, now + resend_after, item),
    )
    _tell(cursor, "exchange.stored", site, item, str(reference), now)
    return STORED


def _tell(cursor: Cursor, code: str, site: str, item: int, reference: str, now: datetime) -> None:
    data = {"outbox": item, "control_reference": reference}
    write_events(cursor, [EventRow(Event(code, "SITE", site, data), site, "https", None)], now)
