"""Whether the system lives and is ready, and if not, why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psycopg import Connection, Error

from openics.ops.database import NotRunningError

OLDEST_PENDING = timedelta(minutes=2)
"""A received item that waits longer says that no worker works."""
OLDEST_DUE = timedelta(minutes=5)
"""An outgoing mail that is due for longer says that no courier works, or that the relay is away."""

QUEUES = (
    ("inbox", "SELECT count(*), min(received_at) FROM intake WHERE state = 'pending'", OLDEST_PENDING),
    (
        "outbox",
        "SELECT count(*), min(next_attempt_at) FROM outbox_item WHERE state IN ('waiting', 'sealed')",
        OLDEST_DUE,
    ),
    ("evidence chain", "SELECT count(*), min(recorded_at) FROM evidence WHERE position IS NULL", OLDEST_PENDING),
)
"""What waits where: a name, how many there are and since when, and the longest wait that is well."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what was seen."""

    name: str
    well: bool
    detail: str


def examine(connect: Callable[[], Connection]) -> list[Finding]:
    """Look at the database and the queues, over a connection that is closed afterwards.

    A database that cannot be reached is a finding, not an error.
    """
    try:
        with connect() as connection:
            return [Finding("database", True, "reachable"), *_queues(connection)]
    except (Error, NotRunningError) as error:
        return [Finding("database", False, f"cannot be reached: {error}")]


def _queues(connection: Connection) -> list[Finding]:
    now = datetime.now(UTC)
    return [_age(connection, name, query, now, most) for name, query, most in QUEUES]


def _age(connection: Connection, name: str, query: str, now: datetime, most: timedelta) -> Finding:
    row = connection.execute(query).fetchone()
    count, oldest = row if row is not None else (0, None)
    age = max(now - oldest, timedelta()) if oldest else timedelta()
    text = f"{count} waiting, the oldest for {age.total_seconds():.0f} s" if count else "nothing waits"
    return Finding(name, age <= most, text)
