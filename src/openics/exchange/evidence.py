"""The evidence log: every signed byte in and out, chained by hash.

Recording does not touch the chain, so that many processes record at once; the chainer appends what is recorded, in
batches, within about a second. Each link covers the link before it, so a changed, removed or inserted entry breaks every
later link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from psycopg import Connection, Cursor

GENESIS = bytes(32)
CHAIN_LOCK = 0x0E71DE4CE


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold."""

    position: int
    evidence: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the chain found: entries checked, entries not chained yet, the head's link, and the first break."""

    checked: int
    unchained: int
    head: str
    broken: Break | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A chained entry as stored."""

    position: int
    id: int
    direction: str
    channel: str
    recorded_at: datetime
    digest: bytes
    content_digest: bytes
    link: bytes


def link(before: bytes, entry_id: int, direction: str, channel: str, recorded_at: datetime, digest: bytes) -> bytes:
    """The link of an entry: SHA-256 over the link before it and everything that must not change."""
    identity = f"{entry_id}|{direction}|{channel}|{recorded_at.astimezone(UTC).isoformat(timespec='microseconds')}"
    return sha256(before + identity.encode() + digest).digest()


def chain(connection: Connection, limit: int = 5000) -> int:
    """Append up to `limit` recorded entries to the chain; returns how many."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (CHAIN_LOCK,))
        cursor.execute("SELECT position, link FROM evidence WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1")
        position, before = cursor.fetchone() or (0, GENESIS)
        cursor.execute(
            "SELECT id, direction, channel, recorded_at, digest FROM evidence WHERE position IS NULL ORDER BY id LIMIT %s",
            (limit,),
        )
        rows = cursor.fetchall()
        ids, positions, links = [], [], []
        for entry_id, direction, channel, recorded_at, digest in rows:
            position += 1
            before = link(bytes(before), entry_id, direction, channel, recorded_at, bytes(digest))
            ids.append(entry_id)
            positions.append(position)
            links.append(before)
        cursor.execute(
            "UPDATE evidence SET position = new.position, link = new.link "
            "FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[]) AS new (id, position, link) WHERE evidence.id = new.id",
            (ids, positions, links),
        )
    return len(rows)


def verify(connection: Connection) -> Verification:
    """Read the whole chain again and recompute every digest and link; stops at the first break."""
    before, expected, broken = GENESIS, 0, None
    with connection.transaction():
        for entry in _entries(connection):
            expected += 1
            broken = _check(entry, expected, before)
            if broken:
                break
            before = entry.link
        unchained = connection.execute("SELECT count(*) FROM evidence WHERE position IS NULL").fetchone()
    return Verification(expected - bool(broken), unchained[0] if unchained else 0, before.hex(), broken)


def _check(entry: Entry, expected: int, before: bytes) -> Break | None:
    if entry.position != expected:
        return Break(expected, None, f"entry {expected} is missing; entry {entry.position} follows")
    if entry.content_digest != entry.digest:
        return Break(expected, entry.id, "the content is not what was recorded")
    if link(before, entry.id, entry.direction, entry.channel, entry.recorded_at, entry.digest) != entry.link:
        return Break(expected, entry.id, "the link does not fit the entry before it")
    return None


def _entries(connection: Connection) -> Iterator[Entry]:
    columns = "position, id, direction, channel, recorded_at, digest, sha256(content), link"
    with connection.cursor(name="evidence") as cursor:
        cursor.itersize = 500
        cursor.execute(f"SELECT {columns} FROM evidence WHERE position IS NOT NULL ORDER BY position")  # noqa: S608 - constant
        for row in cursor:
            position, entry_id, direction, channel, recorded_at, digest, content_digest, own_link = row
            yield Entry(
                position,
                entry_id,
                direction,
                channel,
                recorded_at,
                bytes(digest),
                bytes(content_digest),
                bytes(own_link),
            )


def record_sent(cursor: Cursor, contents: Sequence[bytes], channel: str) -> list[int]:
    """Record what is about to be sent; returns the evidence ids in order."""
    cursor.execute(
        "INSERT INTO evidence (direction, channel, digest, content) "
        "SELECT 'out', %s, sha256(content), content FROM unnest(%s::bytea[]) WITH ORDINALITY AS new (content, place) "
        "ORDER BY place RETURNING id",
        (channel, list(contents)),
    )
    return [number for (number,) in cursor.fetchall()]
