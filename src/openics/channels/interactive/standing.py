"""What the status page shows, looked up once in some seconds however many people look at it."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import psycopg
from django.db import Error, connection
from django.utils import timezone

from openics.exchange import standing
from openics.exchange.standing import Queue

KEPT_FOR: Final = 10.0
"""Seconds for which a look serves everybody."""
ALWAYS: Final = ("mail", "web")
"""Channels that are shown even while nothing has come by them."""
QUEUES: Final[Mapping[str, str]] = {
    "inbox": "Received, to be handled",
    "outbox": "Answers, to be sent",
    "evidence chain": "Evidence, to be chained",
}
"""The queues as outsiders call them."""


@dataclass(frozen=True, slots=True)
class Channel:
    """When something last came and went by one channel; None for none lately."""

    name: str
    received: datetime | None
    sent: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the system stood at a moment. Without `reachable` nothing else is known."""

    at: datetime
    reachable: bool = False
    takes_mail: bool = False
    queues: tuple[Queue, ...] = ()
    channels: tuple[Channel, ...] = ()

    @property
    def well(self) -> bool:
        """Whether mail is taken and nothing waits for too long."""
        return self.takes_mail and all(each.well for each in self.queues)


class _Kept:
    """The last look and when it was taken; one thread looks while the others wait for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.standing: Standing | None = None
        self.taken = 0.0

    def get(self) -> Standing:
        with self.lock:
            if self.standing is None or time.monotonic() - self.taken >= KEPT_FOR:
                self.standing, self.taken = look(), time.monotonic()
            return self.standing

    def forget(self) -> None:
        with self.lock:
            self.standing = None


_kept = _Kept()


def current() -> Standing:
    """How the system stands, at most ten seconds ago."""
    return _kept.get()


def forget() -> None:
    """Look anew the next time."""
    _kept.forget()


def look() -> Standing:
    """How the system stands now; a database that is away is an answer, not an error."""
    now = timezone.now()
    try:
        with connection.cursor() as cursor:
            return Standing(
                now,
                reachable=True,
                takes_mail=standing.takes_mail(cursor),
                queues=tuple(standing.queues(cursor, now)),
                channels=_channels(standing.last_received(cursor), standing.last_sent(cursor)),
            )
    except (Error, psycopg.Error):
        connection.close()
        return Standing(now)


def _channels(received: Mapping[str, datetime], sent: Mapping[str, datetime]) -> tuple[Channel, ...]:
    names = sorted({*ALWAYS, *received, *sent})
    return tuple(Channel(name, received.get(name), sent.get(name)) for name in names)


def waiting(age: timedelta) -> str:
    """How long something has waited, in words: `40 seconds`, `3 minutes`, `2 hours`."""
    seconds = int(age.total_seconds())
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def queue_rows(queues: Sequence[Queue]) -> list[tuple[str, str, bool]]:
    """The queues as rows: what waits there, for how long the oldest, and whether that is well."""
    return [(QUEUES[each.name], waiting(each.age) if each.count else "nothing waits", each.well) for each in queues]
