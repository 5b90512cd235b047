"""The inbox's door: bytes become durable here, before anybody says that they arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zlib import crc32

from psycopg import Connection

LANES = 64
"""How many lanes the inbox has. What comes from one sender is on one lane, and a lane is handled in order."""

WAKE_WORKERS = "inbox"
"""The notification channel on which workers listen."""

_ACCEPT = """
WITH stored AS (
    INSERT INTO evidence (direction, channel, digest, content) VALUES ('in', %(channel)s, %(digest)s, %(content)s)
    ON CONFLICT (channel, digest) WHERE direction = 'in' DO NOTHING
    RETURNING id
), queued AS (
    INSERT INTO intake (evidence_id, channel, lane, sender, peer, redeliveries, state, attempts, site, checks)
    SELECT id, %(channel)s, %(lane)s, %(sender)s, %(peer)s, 0, 'pending', 0, '', '[]' FROM stored
    RETURNING id
), known AS (
    SELECT id FROM evidence
    WHERE NOT EXISTS (SELECT FROM stored) AND direction = 'in' AND channel = %(channel)s AND digest = %(digest)s
), anew AS (
    UPDATE intake SET redeliveries = redeliveries + 1, state = 'pending', attempts = 0, received_at = now(), site = '',
        lane = %(lane)s, sender = %(sender)s, peer = %(peer)s, checks = '[]', refusal = NULL, finished_at = NULL
    WHERE evidence_id IN (SELECT id FROM known) AND channel NOT IN ('mail', 'https') AND state = 'refused'
    RETURNING id
), again AS (
    UPDATE intake SET redeliveries = redeliveries + 1
    WHERE evidence_id IN (SELECT id FROM known) AND NOT EXISTS (SELECT FROM anew)
    RETURNING id
)
SELECT id, pg_notify('inbox', '') FROM (SELECT id FROM queued UNION ALL SELECT id FROM anew) AS waiting
UNION ALL SELECT id, NULL FROM again
"""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was made durable: its intake number, when it first came, whether that was before, the site if it is proved."""

    intake: int
    received_at: datetime
    again: bool
    site: str


def lane_of(sender: str) -> int:
    """The lane of a claimed sender."""
    return crc32(sender.strip().lower().encode()) % LANES


def accept(connection: Connection, *, channel: str, content: bytes, sender: str, peer: str) -> int:
    """Store what was received and return its intake number; committed when this returns.

    The very same bytes again are not taken twice: mail servers repeat a delivery whose answer they lost. What somebody
    handed in himself and was refused, for instance under the wrong site, is looked at anew when it comes again: other
    than a mail, it does not prove by itself who sent it.
    Raises `psycopg.Error` when the database cannot take it; the sender must then be told to come again.
    """
    values = _values(channel, content, sender, peer)
    while True:
        with connection.transaction():
            row = connection.execute(_ACCEPT, values).fetchone()
        if row is not None:  # none: the same bytes were being stored by somebody else, and are visible only now
            return int(row[0])


def accept_once(connection: Connection, *, channel: str, content: bytes, sender: str, peer: str) -> Accepted:
    """Store what was received, as `accept`, and say whether the very same bytes had come before.

    Raises `psycopg.Error` when the database cannot take it.
    """
    intake = accept(connection, channel=channel, content=content, sender=sender, peer=peer)
    row = connection.execute(
        "SELECT received_at, redeliveries, CASE state WHEN 'done' THEN site ELSE '' END FROM intake WHERE id = %s",
        (intake,),  # only what is done was proved; a refused one is noted under the site whose address it bears
    ).fetchone()
    if row is None:
        raise LookupError(f"intake {intake} is gone")
    return Accepted(intake, row[0], row[1] > 0, row[2])


def accept_all(connection: Connection, channel: str, received: Sequence[tuple[bytes, str, str]]) -> list[int]:
    """Store several (content, sender, peer) with one commit; the intake numbers in the same order.

    All are stored or, when `psycopg.Error` is raised, none.
    """
    with connection.pipeline(), connection.transaction():
        cursors = [connection.execute(_ACCEPT, _values(channel, *each)) for each in received]
    rows = [cursor.fetchone() for cursor in cursors]
    return [
        accept(connection, channel=channel, content=content, sender=sender, peer=peer) if row is None else int(row[0])
        for row, (content, sender, peer) in zip(rows, received, strict=True)
    ]


def _values(channel: str, content: bytes, sender: str, peer: str) -> dict[str, object]:
    return {
        "channel": channel,
        "digest": sha256(content).digest(),
        "content": content,
        "lane": lane_of(sender),
        "sender": sender[:320].replace("\0", ""),
        "peer": peer[:64],
    }
