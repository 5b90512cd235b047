"""Whether the system lives and is ready, and if not, why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from psycopg import Connection, Error

from openics.exchange.standing import Queue, queues
from openics.ops.database import NotRunningError


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
    return [Finding(each.name, each.well, _waits(each)) for each in queues(connection.cursor(), datetime.now(UTC))]


def _waits(queue: Queue) -> str:
    waits = f"{queue.count} waiting, the oldest for {queue.age.total_seconds():.0f} s"
    return waits if queue.count else "nothing waits"
