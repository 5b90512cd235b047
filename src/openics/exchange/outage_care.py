"""Planned outages: announced, changed and called off, each with an event in its history."""

from collections.abc import Sequence
from datetime import datetime

from psycopg import Connection, Cursor

from openics.clients.register_errors import RegisterError
from openics.continuity import outage_store, outages
from openics.continuity.outages import Outage
from openics.decision.outcome import Event
from openics.decision.room import Cursor as CursorLike
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.intake import WAKE_WORKERS
from openics.exchange.recording import EventRow, write_events

OUTAGE = "OUTAGE"
"""The subject kind of an outage's history."""
NEW = 0
"""The number of an outage that has none yet."""


def announce(connection: Connection, wanted: Outage, by: By) -> tuple[Outage, bool]:
    """Announce an outage; gives it with its number, and whether it is new: the same one again is the one there is."""
    wanted = outages.checked(wanted, by.now)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE planned_outage IN SHARE ROW EXCLUSIVE MODE")
        for known in outage_store.current(cursor, by.now):
            if _same(known, wanted):
                return known, False
        made = _numbered(wanted, outage_store.add(cursor, wanted))
        _tell(cursor, by, "outage.announced", made)
        return made, True


def change(
    connection: Connection,
    number: int,
    by: By,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    words: str = "",
) -> tuple[Outage, bool]:
    """Give an outage other times or words; gives it, and whether something is new."""
    with connection.transaction(), connection.cursor() as cursor:
        found = required(cursor, number)
        new = outages.changed(found, by.now, starts_at=starts_at, ends_at=ends_at, words=words)
        if new is None:
            return found, False
        outage_store.write(cursor, new)
        _tell(cursor, by, "outage.changed", new)
        return new, True


def cancel(connection: Connection, number: int, reason: str, by: By) -> tuple[Outage, bool]:
    """Call an outage off, or end it at once; gives it, and whether it was not called off before."""
    with connection.transaction(), connection.cursor() as cursor:
        found = required(cursor, number)
        new = outages.cancelled(found, reason, by.now)
        if new is None:
            return found, False
        outage_store.write(cursor, new)
        _tell(cursor, by, "outage.called-off", new, reason=new.cancel_reason)
        cursor.execute(f"SELECT pg_notify('{WAKE_WORKERS}', '')")
        return new, True


def _same(known: Outage, wanted: Outage) -> bool:
    return (known.starts_at, known.ends_at, known.concerns, known.words) == (
        *(wanted.starts_at, wanted.ends_at, wanted.concerns, wanted.words),
    )


def _numbered(outage: Outage, number: int) -> Outage:
    return Outage(
        number,
        outage.starts_at,
        outage.ends_at,
        outage.concerns,
        outage.words,
        outage.notice_days,
        outage.announced_at,
    )


def required(cursor: Cursor, number: int) -> Outage:
    """The outage, locked; a refusal when there is none."""
    found = outage_store.load(cursor, number)
    if found is None:
        fix = "`openics outage list` shows those there are."
        raise RegisterError("unknown-outage", outages.place(number), "There is no such outage.", fix)
    return found


def history(cursor: Cursor, number: int) -> list[tuple[datetime, str, str]]:
    """What was done to an outage, the first first: when, what (`outage.changed`), and who."""
    cursor.execute(
        "SELECT at, code, actor FROM event WHERE subject_kind = %s AND subject_key = %s ORDER BY id",
        (OUTAGE, str(number)),
    )
    return cursor.fetchall()


def last_changes(cursor: CursorLike, numbers: Sequence[int]) -> dict[int, datetime]:
    """When each outage was announced or changed last."""
    cursor.execute(
        "SELECT subject_key, max(at) FROM event WHERE subject_kind = %s AND subject_key = ANY(%s) GROUP BY subject_key",
        (OUTAGE, [str(number) for number in numbers]),
    )
    return {int(number): at for number, at in cursor.fetchall()}


def _tell(cursor: Cursor, by: By, code: str, outage: Outage, **more: str) -> None:
    data = {
        "starts_at": outage.starts_at.isoformat(),
        "ends_at": outage.ends_at.isoformat(),
        "concerns": [str(each) for each in outage.concerns],
        "words": outage.words,
        **more,
    }
    row = EventRow(Event(code, OUTAGE, str(outage.number), data), by.actor[:LONGEST_ACTOR], by.channel, None)
    write_events(cursor, [row], by.now)
