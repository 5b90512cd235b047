"""Webhooks: which events go to whom, in which order, and what became of each delivery.

An event is offered in the transaction that makes it, so none is missed. Deliveries of one subject go one after the other;
what is not taken is tried again, and holds back only what follows about the same subject. A delivery is made at least
once: after a crash it may be made again, with the same id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection, Cursor

from openics.decision.room import Cursor as AnyCursor

WAKE: Final = "webhooks"
"""The notification channel on which senders listen."""
LEASE: Final = timedelta(minutes=1)
"""For how long a delivery belongs to the sender that took it; longer than any delivery takes."""
RETRIES: Final = tuple(
    timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400)
)
"""Waits between attempts; the last one again and again."""
PATIENCE: Final = timedelta(days=3)
"""After so long without a taken delivery a webhook is paused; nothing of it is lost."""
KEPT: Final = timedelta(days=30)
"""How long taken deliveries are kept, and how far back a replay reaches."""

# Who may know of an event: whose message made it, whose site it is about, and the parties of the declaration.
_PARTIES = """
    SELECT m.owner FROM message m WHERE m.id = e.message_id
    UNION SELECT c.client_id FROM site s JOIN client c ON c.id = s.owner_id
          WHERE e.subject_kind = 'SITE' AND s.site_id = e.subject_key
    UNION SELECT unnest(ARRAY[d.owner, d.goods_owner]) FROM export_declaration d
          WHERE e.subject_kind = 'EDN' AND d.edn = e.subject_key
"""
_WANTED = "(cardinality(w.codes) = 0 OR EXISTS (SELECT FROM unnest(w.codes) AS code WHERE starts_with(e.code, code)))"
_OFFER = f"""
INSERT INTO webhook_delivery (webhook_id, event_id, subject, state, attempts, next_attempt_at, answer)
SELECT w.id, e.id, e.subject_kind || ' ' || e.subject_key, 'waiting', 0, %(now)s, ''
FROM webhook w JOIN client o ON o.id = w.client_id JOIN event e ON {{which}}
WHERE w.state <> 'ended' AND {_WANTED} AND o.client_id IN ({_PARTIES})
"""  # noqa: S608 - constants
_TAKE = """
WITH head AS (
    SELECT d.id FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
    WHERE d.state = 'waiting' AND d.next_attempt_at <= %(now)s AND w.state = 'active'
      AND NOT EXISTS (
        SELECT FROM webhook_delivery b WHERE b.webhook_id = d.webhook_id AND b.subject = d.subject
        AND b.state = 'waiting' AND b.event_id < d.event_id)
    ORDER BY d.next_attempt_at LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED
)
UPDATE webhook_delivery d SET next_attempt_at = %(lease)s, attempts = attempts + 1
FROM head, webhook w, event e
WHERE d.id = head.id AND w.id = d.webhook_id AND e.id = d.event_id
RETURNING d.id, d.webhook_id, w.url, w.generation, w.renewed_at, d.attempts, e.id, e.code, e.subject_kind, e.subject_key, e.at
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to make now: what, where to, and with which generation of the secret."""

    id: int
    webhook: int
    url: str
    generation: int
    renewed_at: datetime | None
    attempts: int
    event: int
    code: str
    subject_kind: str
    subject_key: str
    at: datetime


def offer(cursor: AnyCursor, events: Sequence[int], now: datetime) -> None:
    """Put new events on their way to the webhooks of those who may know of them."""
    statement = _OFFER.format(which="e.id = ANY(%(events)s)")
    cursor.execute(f"{statement} RETURNING id", {"events": list(events), "now": now})
    if cursor.fetchall():
        cursor.execute(f"SELECT pg_notify('{WAKE}', '')")


def replay(cursor: Cursor, webhook: int, after: int, now: datetime) -> int:
    """Send every event after a cursor (an event's number) once more; returns how many.

    Reaches back as far as `KEPT`. What waits anyway stays as it is.
    """
    statement = _OFFER.format(which="e.id > %(after)s AND e.at > %(oldest)s AND w.id = %(webhook)s")
    again = (
        " ON CONFLICT (webhook_id, event_id) DO UPDATE SET state = 'waiting', attempts = 0, next_attempt_at = %(now)s, "
        "taken_at = NULL WHERE webhook_delivery.state = 'taken'"
    )
    values = {"after": after, "oldest": now - KEPT, "webhook": webhook, "now": now}
    cursor.execute(statement + again, values)
    count = cursor.rowcount
    cursor.execute(f"SELECT pg_notify('{WAKE}', '')")
    return count


def take_due(cursor: Cursor, limit: int, now: datetime) -> list[Due]:
    """Deliveries whose time has come, at most one for each subject of a webhook; they are ours until the lease ends."""
    cursor.execute(_TAKE, {"now": now, "limit": limit, "lease": now + LEASE})
    return [Due(*row) for row in cursor.fetchall()]


def record_taken(cursor: Cursor, due: Due, status: int, answer: str, now: datetime) -> None:
    """The receiver took it."""
    cursor.execute(
        "UPDATE webhook_delivery SET state = 'taken', taken_at = %s, status = %s, answer = left(%s, 500) WHERE id = %s",
        (now, status, answer, due.id),
    )
    cursor.execute(
        "UPDATE webhook SET failing_since = NULL WHERE id = %s AND failing_since IS NOT NULL", (due.webhook,)
    )


def record_failed(cursor: Cursor, due: Due, status: int, answer: str, now: datetime) -> None:
    """The receiver did not take it: it is tried again later, and the webhook is paused when that goes on for too long."""
    wait = RETRIES[min(due.attempts, len(RETRIES)) - 1]
    cursor.execute(
        "UPDATE webhook_delivery SET next_attempt_at = %s, status = %s, answer = left(%s, 500) WHERE id = %s",
        (now + wait, status, answer, due.id),
    )
    cursor.execute(
        "UPDATE webhook SET failing_since = coalesce(failing_since, %s) WHERE id = %s RETURNING failing_since",
        (now, due.webhook),
    )
    row = cursor.fetchone()
    if row is not None and now - row[0] > PATIENCE:
        stop(cursor, due.webhook, f"Nothing was taken for {PATIENCE.days} days")


def stop(cursor: Cursor, webhook: int, reason: str) -> None:
    """Pause a webhook; what is for it waits."""
    cursor.execute(
        "UPDATE webhook SET state = 'paused', reason = left(%s, 300) WHERE id = %s AND state = 'active'",
        (reason, webhook),
    )


def resume(cursor: Cursor, webhook: int, now: datetime) -> bool:
    """Go on with a paused webhook at once; False when it is not paused."""
    cursor.execute(
        "UPDATE webhook SET state = 'active', reason = '', failing_since = NULL WHERE id = %s AND state = 'paused'",
        (webhook,),
    )
    if not cursor.rowcount:
        return False
    cursor.execute(
        "UPDATE webhook_delivery SET next_attempt_at = %s, attempts = 0 WHERE webhook_id = %s AND state = 'waiting'",
        (now, webhook),
    )
    cursor.execute(f"SELECT pg_notify('{WAKE}', '')")
    return True


def end(cursor: Cursor, webhook: int) -> None:
    """End a webhook for good; what waits for it is not delivered any more."""
    cursor.execute("UPDATE webhook SET state = 'ended' WHERE id = %s", (webhook,))
    cursor.execute("DELETE FROM webhook_delivery WHERE webhook_id = %s AND state = 'waiting'", (webhook,))


def clear_old(connection: Connection, now: datetime, limit: int = 1000) -> int:
    """Delete taken deliveries that are older than `KEPT`; returns how many."""
    statement = (
        "DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery "
        "WHERE state = 'taken' AND taken_at < %s LIMIT %s)"
    )
    return connection.execute(statement, (now - KEPT, limit)).rowcount


def health(cursor: Cursor, webhooks: Sequence[int], now: datetime) -> dict[int, dict[str, Any]]:
    """For each webhook: how many wait, since when the oldest event does, what was taken in a day, and the last one taken."""
    cursor.execute(
        "SELECT d.webhook_id, count(*) FILTER (WHERE d.state = 'waiting'), "
        "min(e.at) FILTER (WHERE d.state = 'waiting'), "
        "count(*) FILTER (WHERE d.taken_at > %s), max(d.taken_at), coalesce(max(d.event_id) FILTER (WHERE d.state = 'taken'), 0) "
        "FROM webhook_delivery d JOIN event e ON e.id = d.event_id WHERE d.webhook_id = ANY(%s) GROUP BY 1",
        (now - timedelta(days=1), list(webhooks)),
    )
    names = ("waiting", "oldest", "taken_in_a_day", "last_taken", "cursor")
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()}
    nothing = dict.fromkeys(names[1:], None) | {"waiting": 0, "taken_in_a_day": 0, "cursor": 0}
    return {webhook: found.get(webhook, nothing) for webhook in webhooks}
