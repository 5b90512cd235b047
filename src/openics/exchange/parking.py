"""What an operator does with received items that could not be handled: look, try again, let go."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Item:
    """A received item as an operator sees it."""

    intake: int
    channel: str
    sender: str
    received_at: datetime
    state: str
    attempts: int
    refusal: dict[str, str] | None


_COLUMNS = "id, channel, sender, received_at, state, attempts, refusal"


def items(connection: Connection, state: str, limit: int = 100) -> list[Item]:
    """The newest items in a state: pending, parked, refused or done."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM intake WHERE state = %s ORDER BY id DESC LIMIT %s",  # noqa: S608 - constant columns
        (state, limit),
    ).fetchall()
    return [Item(*row) for row in rows]


def content(connection: Connection, intake: int) -> bytes:
    """The bytes as received. Raises LookupError when there is no such item."""
    row = connection.execute(
        "SELECT e.content FROM intake i JOIN evidence e ON e.id = i.evidence_id WHERE i.id = %s", (intake,)
    ).fetchone()
    if row is None:
        raise LookupError(f"there is no item {intake} in the inbox")
    return bytes(row[0])


def retry(connection: Connection, intake: int) -> bool:
    """Put a parked item back into the queue; False when it is not parked."""
    with connection.transaction():
        row = connection.execute(
            "UPDATE intake SET state = 'pending', attempts = 0, refusal = NULL, finished_at = NULL "
            "WHERE id = %s AND state = 'parked' RETURNING pg_notify('inbox', '')",
            (intake,),
        ).fetchone()
    return row is not None


def release(connection: Connection, intake: int, reason: str, now: datetime) -> bool:
    """Close a parked item without handling it, with the operator's reason; its bytes stay. False when it is not parked."""
    with connection.transaction():
        row = connection.execute(
            "UPDATE intake SET state = 'refused', finished_at = %s, "
            "refusal = refusal || jsonb_build_object('released', %s::text) WHERE id = %s AND state = 'parked' RETURNING id",
            (now, reason, intake),
        ).fetchone()
    return row is not None
