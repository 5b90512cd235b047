"""Planned outages as every page shows them, looked up once in some seconds however many people look."""

import threading
import time
from datetime import datetime, timedelta
from typing import Final

import psycopg
from django.db import Error, connection
from django.utils import timezone

from openics.continuity import outage_store
from openics.continuity.outages import Outage

KEPT_FOR = 10.0
"""Seconds for which a look serves everybody."""
LONGEST_AHEAD: Final = 7
"""Days before an outage from which on every page says it, unless its first notice comes later."""


class _Kept:
    """The last look and when it was taken."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.found: tuple[Outage, ...] = ()
        self.taken = float("-inf")

    def get(self) -> tuple[Outage, ...]:
        with self.lock:
            if time.monotonic() - self.taken >= KEPT_FOR:
                self.found, self.taken = _look(), time.monotonic()
            return self.found

    def forget(self) -> None:
        with self.lock:
            self.taken = float("-inf")


_kept = _Kept()


def current() -> tuple[Outage, ...]:
    """The outages that are ahead or under way; none while the database is away."""
    now = timezone.now()
    return tuple(each for each in _kept.get() if now < each.ends_at)


def near() -> list[Outage]:
    """Those that every page tells of."""
    now = timezone.now()
    return [each for each in current() if now >= _shown_from(each)]


def forget() -> None:
    """Look anew the next time."""
    _kept.forget()


def _shown_from(outage: Outage) -> datetime:
    return outage.starts_at - timedelta(days=min(LONGEST_AHEAD, max(outage.notice_days)))


def _look() -> tuple[Outage, ...]:
    try:
        with connection.cursor() as cursor:
            return tuple(outage_store.current(cursor, timezone.now()))
    except (Error, psycopg.Error):
        connection.close()
        return ()
