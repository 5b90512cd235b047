"""Reads and writes planned outages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from openics.continuity.codes import Concern
from openics.continuity.outages import Outage
from openics.decision.room import Cursor

_COLUMNS: Final = (
    "id, starts_at, ends_at, concerns, words, notice_days, announced_at, sequence, cancelled_at, cancel_reason"
)
MOST: Final = 100
"""Outages that a page or a calendar shows."""


def load(cursor: Cursor, number: int) -> Outage | None:
    """One outage; its row stays locked until the transaction ends."""
    cursor.execute(f"SELECT {_COLUMNS} FROM planned_outage WHERE id = %s FOR UPDATE", (number,))  # noqa: S608 - constants
    row = cursor.fetchone()
    return _outage(row) if row else None


def current(cursor: Cursor, now: datetime) -> list[Outage]:
    """Those that are ahead or under way, the first to begin first."""
    cursor.execute(
        f"SELECT {_COLUMNS} FROM planned_outage WHERE cancelled_at IS NULL AND ends_at > %s "  # noqa: S608 - constants
        "ORDER BY starts_at, id LIMIT %s",
        (now, MOST),
    )
    return [_outage(row) for row in cursor.fetchall()]


def latest(cursor: Cursor) -> list[Outage]:
    """All of them, those that begin last first."""
    cursor.execute(
        f"SELECT {_COLUMNS} FROM planned_outage ORDER BY starts_at DESC, id DESC LIMIT %s",  # noqa: S608 - constants
        (MOST,),
    )
    return [_outage(row) for row in cursor.fetchall()]


def held(cursor: Cursor, now: datetime, catch_up: timedelta = timedelta()) -> tuple[frozenset[str], datetime | None]:
    """The channels that are held up now, or were until `catch_up` ago, and since when."""
    cursor.execute(
        f"SELECT {_COLUMNS} FROM planned_outage WHERE starts_at <= %s AND ends_at > %s "  # noqa: S608 - constants
        "AND coalesce(cancelled_at, ends_at) > %s AND coalesce(cancelled_at, ends_at) > starts_at",
        (now, now - catch_up, now - catch_up),
    )
    found = [_outage(row) for row in cursor.fetchall()]
    channels = frozenset(channel for each in found for channel in each.channels)
    return channels, min((each.starts_at for each in found), default=None)


def add(cursor: Cursor, outage: Outage) -> int:
    """Write a new outage; gives its number."""
    cursor.execute(
        "INSERT INTO planned_outage (starts_at, ends_at, concerns, words, notice_days, announced_at) "
        "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
        (outage.starts_at, outage.ends_at, [str(each) for each in outage.concerns], outage.words)
        + (list(outage.notice_days), outage.announced_at),
    )
    return int((cursor.fetchone() or (0,))[0])


def write(cursor: Cursor, outage: Outage) -> None:
    """Write what may change of an outage."""
    cursor.execute(
        "UPDATE planned_outage SET starts_at = %s, ends_at = %s, words = %s, sequence = %s, cancelled_at = %s, "
        "cancel_reason = %s WHERE id = %s",
        (outage.starts_at, outage.ends_at, outage.words, outage.sequence, outage.cancelled_at, outage.cancel_reason)
        + (outage.number,),
    )


def _outage(row: Sequence[Any]) -> Outage:
    number, starts, ends, concerns, words, days, *rest = row
    return Outage(number, starts, ends, tuple(Concern(each) for each in concerns), words, tuple(days), *rest)
