"""Whether the system lives and is ready, and if not, why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psycopg import Connection, Error

OLDEST_PENDING = timedelta(minutes=2)
"""A received item that waits longer says that no worker works."""
OLDEST_DUE = timedelta(minutes=5)
"""An outgoing mail that is due for longer says that no courier works, or that the relay is away."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what was seen."""

    name: str
    well: bool
    detail: str


def examine(connect: Callable[[], Connection]) -> list[Finding]:
    """Look at the database and the queues; a database that cannot be reached is a finding, not an error."""
    try:
        connection = connect()
    except Error as error:
        return [Finding("database", False, f"cannot be reached: {error}")]
    return [Finding("database", True, "reachable"), *_queues(connection)]


def _queues(connection: Connection) -> list[Finding]:
    now = datetime.now(UTC)
    return [
        _age(
            connection,
            "inbox",
            "SELECT count(*), min(received_at) FROM intake WHERE state = 'pending'",
            now,
            OLDEST_PENDING,
        ),
        _age(
            connection,
            "outbox",
            "SELECT count(*), min(next_attempt_at) FROM outbox_item WHERE state IN ('waiting', 'sealed')",
            now,
            OLDEST_DUE,
        ),
        _age(
            connection,
            "evidence chain",
            "SELECT count(*), min(recorded_at) FROM evidence WHERE position IS NULL",
            now,
            OLDEST_PENDING,
        ),
    ]


def _age(connection: Connection, name: str, query: str, now: datetime, most: timedelta) -> Finding:
    row = connection.execute(query).fetchone()
    count, oldest = row if row is not None else (0, None)
    age = max(now - oldest, timedelta()) if oldest else timedelta()
    text = f"{count} waiting, the oldest for {age.total_seconds():.0f} s" if count else "nothing waits"
    return Finding(name, age <= most, text)
