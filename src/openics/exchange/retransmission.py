"""What a site, or an operator for it, asks for when answers are missing: lists of what is open, and sending a range again."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from psycopg import Connection

from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import site_place
from openics.decision.outcome import Event
from openics.decision.room import Cursor
from openics.exchange.care import LONGEST_ACTOR, SITE, By
from openics.exchange.outbox import send_again
from openics.exchange.recording import EventRow, write_events

MOST_AT_ONCE: Final = 500
"""Interchanges that one request sends again."""
MOST_LISTED: Final = 200
LOOKED_AT: Final = 10_000
"""Messages of a site among which the unanswered ones are looked for, the latest first."""
_REFERENCE: Final = re.compile(r"[0-9]{1,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An interchange to a site that the site has not confirmed: outbox number, names of its messages, state and sends."""

    item: int
    site: str
    control_reference: str
    names: str
    state: str
    sends: int
    created_at: datetime
    delivered_at: datetime | None
    next_attempt_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A message from a site that no message answers: its number, name, references and state."""

    message: int
    site: str
    control_reference: str
    name: str
    sender_reference: str
    state: str
    recorded_at: datetime


def unconfirmed(cursor: Cursor, site: str = "", limit: int = MOST_LISTED) -> list[Unconfirmed]:
    """What was sent to a site, or to any, and waits for a confirmation or was given up; the oldest first."""
    cursor.execute(
        "SELECT o.id, o.site, i.control_reference, (SELECT string_agg(m.name, ', ' ORDER BY m.position) FROM message m "
        "WHERE m.interchange_id = i.id), o.state, o.sends, o.created_at, o.delivered_at, o.next_attempt_at, o.error "
        "FROM outbox_item o JOIN interchange i ON i.id = o.interchange_id WHERE %s IN ('', o.site) "
        "AND (o.state IN ('waiting', 'sealed', 'held', 'parked') OR (o.state = 'delivered' AND o.wants_confirmation)) "
        "ORDER BY o.id LIMIT %s",
        (site, limit),
    )
    return [Unconfirmed(*row) for row in cursor.fetchall()]


def unanswered(cursor: Cursor, site: str, limit: int = MOST_LISTED) -> list[Unanswered]:
    """What a site sent lately and nothing answers; the oldest first. What was refused for its syntax is answered by CONTRL."""
    cursor.execute(
        "SELECT m.id, m.site, i.control_reference, m.name, m.sender_reference, m.state, m.recorded_at "
        "FROM (SELECT * FROM message WHERE site = %s AND direction = 'in' ORDER BY id DESC LIMIT %s) m "
        "JOIN interchange i ON i.id = m.interchange_id WHERE m.name <> 'CONTRL' AND m.state <> 'invalid' "
        "AND NOT EXISTS (SELECT FROM message a WHERE a.answers_id = m.id AND a.name <> 'CONTRL') ORDER BY m.id LIMIT %s",
        (site, LOOKED_AT, limit),
    )
    return [Unanswered(*row) for row in cursor.fetchall()]


def checked_range(site: str, first: str, last: str) -> tuple[str, str]:
    """The first and last control reference in full; a refusal in words when they are none. `last` may be left out."""
    first, last = first.strip(), last.strip() or first.strip()
    for text in (first, last):
        if not _REFERENCE.fullmatch(text):
            fix = "Give the number, with or without its leading noughts: 00000000000012 or 12."
            raise RegisterError(
                "bad-reference", site_place(site), f"{text[:20]!r} is no control reference of ours.", fix
            )
    if int(last) < int(first):
        fix = "Give the lower number first."
        raise RegisterError("bad-range", site_place(site), f"The range ends ({last}) before it begins ({first}).", fix)
    return f"{int(first):014d}", f"{int(last):014d}"


def send_range_again(connection: Connection[Any], site: str, first: str, last: str, by: By) -> list[int]:
    """Send what a site got under these control references again, at most 500; the outbox numbers that go again.

    What is on its way already is left out. Raises RegisterError for a range that cannot be used or holds nothing.
    """
    first, last = checked_range(site, first, last)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id FROM outbox_item o JOIN interchange i ON i.id = o.interchange_id WHERE i.direction = 'out' "
            "AND i.site = %s AND i.control_reference BETWEEN %s AND %s ORDER BY o.id LIMIT %s FOR UPDATE OF o",
            (site, first, last, MOST_AT_ONCE + 1),
        )
        items = [int(row[0]) for row in cursor.fetchall()]
        _check_size(site, first, last, items)
        again = send_again(cursor, items, by.now)
        if again:
            data = {"first": first, "last": last, "count": len(again)}
            event = Event("exchange.sent-again", SITE, site, data)
            write_events(cursor, [EventRow(event, by.actor[:LONGEST_ACTOR], by.channel, None)], by.now)
        return again


def _check_size(site: str, first: str, last: str, items: list[int]) -> None:
    if not items:
        text = f"Nothing was sent under the control references {first} to {last}."
        raise RegisterError("nothing-sent", site_place(site), text, "Give references of interchanges from customs.")
    if len(items) > MOST_AT_ONCE:
        text = f"There are more than {MOST_AT_ONCE} interchanges from {first} to {last}."
        raise RegisterError("too-many", site_place(site), text, f"Ask for at most {MOST_AT_ONCE} at once.")
