"""How the exchange stands: whether a gateway takes mail, what waits and for how long, when something last came or went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openics.continuity.outage_store import held
from openics.decision.room import Cursor
from openics.exchange.outbox import AT_WORK

MAIL_GATEWAY: Final = "openics mail gateway"
"""What a mail gateway calls its connections to the database; one that can store mail has at least one open."""
OLDEST_PENDING: Final = timedelta(minutes=2)
"""A received item that waits longer says that no worker works."""
OLDEST_DUE: Final = timedelta(minutes=5)
"""An outgoing mail that is due for longer says that no courier works, or that the relay is away."""
CATCH_UP: Final = timedelta(minutes=30)
"""How long after a planned outage what was received in it may still wait."""
LOOKED_AT: Final = 10_000
"""Rows in which the last message of each channel is looked for, so that the look costs the same for ever."""

_QUEUES: Final = (
    ("inbox", "SELECT count(*), min(received_at) FROM intake WHERE state = 'pending'", OLDEST_PENDING),
    (
        "outbox",
        f"SELECT count(*), min(next_attempt_at) FROM outbox_item o WHERE state IN ('waiting', 'sealed') AND {AT_WORK}",  # noqa: S608 - constants
        OLDEST_DUE,
    ),
    ("evidence chain", "SELECT count(*), min(recorded_at) FROM evidence WHERE position IS NULL", OLDEST_PENDING),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in one place: how many, for how long the oldest, and the longest wait that is well."""

    name: str
    count: int
    age: timedelta
    most: timedelta

    @property
    def well(self) -> bool:
        """Whether nothing waits for too long."""
        return self.age <= self.most


def queues(cursor: Cursor, now: datetime) -> list[Queue]:
    """The queues of the exchange: inbox, outbox, evidence chain.

    In a planned outage, and for a while after it, the inbox may wait for as long as the outage has lasted.
    """
    _, since = held(cursor, now, CATCH_UP)
    more = {"inbox": now - since} if since else {}
    return [_queue(cursor, name, query, most + more.get(name, timedelta()), now) for name, query, most in _QUEUES]


def _queue(cursor: Cursor, name: str, query: str, most: timedelta, now: datetime) -> Queue:
    cursor.execute(query)
    count, oldest = cursor.fetchone() or (0, None)
    return Queue(name, count, max(now - oldest, timedelta()) if oldest else timedelta(), most)


def takes_mail(cursor: Cursor) -> bool:
    """Whether a mail gateway is connected to this database, and so can store what it takes."""
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = %s AND datname = current_database())",
        (MAIL_GATEWAY,),
    )
    return bool((cursor.fetchone() or (False,))[0])


def last_received(cursor: Cursor) -> Mapping[str, datetime]:
    """When something last came, by channel; a channel that none of the latest rows came by is left out."""
    cursor.execute(
        "SELECT channel, max(received_at) FROM (SELECT channel, received_at FROM intake ORDER BY id DESC LIMIT %s) latest "
        "GROUP BY channel ORDER BY channel",
        (LOOKED_AT,),
    )
    return {str(channel): at for channel, at in cursor.fetchall()}


def last_sent(cursor: Cursor) -> Mapping[str, datetime]:
    """When the mail server last took something from us, by channel; all that goes out is mail."""
    cursor.execute(
        "SELECT 'mail', max(delivered_at) FROM (SELECT delivered_at FROM outbox_item ORDER BY id DESC LIMIT %s) latest "
        "HAVING max(delivered_at) IS NOT NULL",
        (LOOKED_AT,),
    )
    return {str(channel): at for channel, at in cursor.fetchall()}
