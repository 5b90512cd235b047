"""The outbox: what leaves, from rendered to confirmed.

waiting → sealed (signed and encrypted, bytes kept) → delivered (a mail server took it) → confirmed (the site's CONTRL).
For a site that fetches its mails: waiting → held (sealed, until the site has stored it) → delivered → confirmed.
A sealed mail is sent with the same bytes and Message-ID until a server takes it, however often a process dies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection, Cursor

from openics.exchange.evidence import record_sent
from openics.exchange.rendering import redate

WAKE_COURIER = "outbox"
"""The notification channel on which couriers listen."""
AT_WORK = (
    "((o.interchange_id IS NULL AND NOT o.is_text) "
    "OR NOT EXISTS (SELECT FROM site s WHERE s.site_id = o.site AND NOT s.active))"
)
"""What may leave now: responses for a paused site wait until it is resumed; notices to administrators do not."""
_TAKE_WAITING = f"""
SELECT o.id, o.site, o.recipient, o.subject, coalesce(o.site || '_' || i.control_reference || '.edi', ''), i.content,
       o.notice
FROM outbox_item o LEFT JOIN interchange i ON i.id = o.interchange_id
WHERE o.state = 'waiting' AND {AT_WORK} ORDER BY o.id LIMIT %s FOR UPDATE OF o SKIP LOCKED
"""  # noqa: S608 - constants
_TAKE_DUE = f"""
SELECT o.id, o.site, o.recipient, e.content FROM outbox_item o JOIN evidence e ON e.id = o.evidence_id
WHERE o.state = 'sealed' AND o.next_attempt_at <= %s AND {AT_WORK} ORDER BY o.id LIMIT %s FOR UPDATE OF o SKIP LOCKED
"""  # noqa: S608 - constants
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to sign and encrypt: an interchange (`content`), or a plain-text notice to an administrator."""

    id: int
    site: str
    recipient: str
    subject: str
    filename: str
    content: bytes | None
    notice: str


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A sealed mail to hand to the mail server."""

    id: int
    site: str
    recipient: str
    mail: bytes


def take_waiting(cursor: Cursor, limit: int) -> list[Waiting]:
    """The oldest rows that wait to be sealed, locked until the transaction ends; rows others hold are left out."""
    cursor.execute(_TAKE_WAITING, (limit,))
    return [
        Waiting(number, site, recipient, subject, filename, None if content is None else bytes(content), notice)
        for number, site, recipient, subject, filename, content, notice in cursor.fetchall()
    ]


def store_sealed(cursor: Cursor, sealed: Sequence[tuple[int, bytes]], now: datetime) -> None:
    """Keep the sealed mails as evidence and mark their rows ready to send, or to be fetched where the site fetches."""
    evidence = record_sent(cursor, [mail for _, mail in sealed], "mail")
    cursor.execute(
        "UPDATE outbox_item SET state = CASE WHEN interchange_id IS NOT NULL AND EXISTS (SELECT FROM site s "
        "WHERE s.site_id = outbox_item.site AND s.delivery = 'pull') THEN 'held' ELSE 'sealed' END, "
        "evidence_id = new.evidence, next_attempt_at = %s, error = '' "
        "FROM unnest(%s::bigint[], %s::bigint[]) AS new (id, evidence) WHERE outbox_item.id = new.id",
        (now, [row for row, _ in sealed], evidence),
    )


def fail_sealing(cursor: Cursor, failed: Sequence[tuple[int, str]]) -> None:
    """Park rows that cannot be sealed, for instance because the site has no valid certificate."""
    cursor.execute(
        "UPDATE outbox_item SET state = 'parked', error = left(new.error, 500) "
        "FROM unnest(%s::bigint[], %s::text[]) AS new (id, error) WHERE outbox_item.id = new.id",
        ([row for row, _ in failed], [error for _, error in failed]),
    )


def take_due(cursor: Cursor, limit: int, now: datetime) -> list[Deliverable]:
    """Sealed mails whose time has come, oldest first, locked until the transaction ends."""
    cursor.execute(_TAKE_DUE, (now, limit))
    return [Deliverable(row[0], row[1], row[2], bytes(row[3])) for row in cursor.fetchall()]


def record_deliveries(
    cursor: Cursor,
    delivered: Sequence[int],
    failed: Sequence[tuple[int, str]],
    now: datetime,
    resend_after: timedelta,
) -> None:
    """Write what the mail server took, and when to try again what it did not take (doubling from 5 s to 15 min).

    What it took but the site must confirm is looked at again after `resend_after`.
    """
    cursor.execute(
        "UPDATE outbox_item SET state = 'delivered', delivered_at = %s, sends = sends + 1, attempts = 0, error = '', "
        "next_attempt_at = %s WHERE id = ANY(%s)",
        (now, now + resend_after, list(delivered)),
    )
    cursor.execute(
        "UPDATE outbox_item SET attempts = attempts + 1, error = left(new.error, 500), "
        "next_attempt_at = %s + least(%s * power(2, least(attempts, 12)), %s) "
        "FROM unnest(%s::bigint[], %s::text[]) AS new (id, error) WHERE outbox_item.id = new.id",
        (now, FIRST_RETRY, LONGEST_RETRY, [row for row, _ in failed], [error for _, error in failed]),
    )


def request_redelivery(connection: Connection, item: int, now: datetime) -> bool:
    """Send an interchange again on request, with a new date in UNB; False when it is on its way already, or not there."""
    with connection.transaction(), connection.cursor() as cursor:
        return bool(send_again(cursor, [item], now))


def send_again(cursor: Cursor, items: Sequence[int], now: datetime) -> list[int]:
    """Have items sealed and sent anew, with a new date in UNB; those of them that are on their way already are left out."""
    cursor.execute(
        "UPDATE outbox_item o SET state = 'waiting', evidence_id = NULL, attempts = 0, sends = 0, error = '', "
        "recipient = coalesce((SELECT s.edi_address FROM site s WHERE s.site_id = o.site "
        "AND o.interchange_id IS NOT NULL), recipient), next_attempt_at = %s "
        "WHERE id = ANY(%s) AND state IN ('delivered', 'confirmed', 'parked') RETURNING id, interchange_id",
        (now, list(items)),
    )
    rows = cursor.fetchall()
    renew_dates(cursor, [interchange for _, interchange in rows if interchange is not None], now)
    if rows:
        cursor.execute("SELECT pg_notify('outbox', '')")
    return sorted(item for item, _ in rows)


def renew_dates(cursor: Cursor, interchanges: Sequence[int], now: datetime) -> None:
    """Give interchanges that are sent again a new date and time in UNB."""
    cursor.execute("SELECT id, content FROM interchange WHERE id = ANY(%s)", (list(interchanges),))
    renewed = [(number, redate(bytes(content), now)) for number, content in cursor.fetchall()]
    cursor.execute(
        "UPDATE interchange SET content = new.content FROM unnest(%s::bigint[], %s::bytea[]) AS new (id, content) "
        "WHERE interchange.id = new.id",
        ([number for number, _ in renewed], [content for _, content in renewed]),
    )
