"""What a client changes at its webhooks: each change is an event of the webhook's own history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from psycopg import Connection, Cursor

from openics.decision.outcome import Event
from openics.exchange import webhooks
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.recording import EventRow, write_events

WEBHOOK: Final = "WEBHOOK"
"""The subject kind of a webhook's history."""
MOST: Final = 10
"""Webhooks of one client, at most."""


class WebhookError(Exception):
    """Why a change is not made: what is wrong and how to mend it."""

    def __init__(self, text: str, fix: str) -> None:
        super().__init__(f"{text} {fix}")
        self.text, self.fix = text, fix


@dataclass(frozen=True, slots=True)
class Wanted:
    """A webhook to register: whose, where to, and which events (beginnings of their codes; none: all)."""

    client: str
    url: str
    codes: Sequence[str] = ()


def register(connection: Connection, wanted: Wanted, by: By) -> int:
    """Register a webhook and return its number; raises WebhookError.

    Its address must have been checked by the channel that will use it.
    """
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM client WHERE client_id = %s FOR UPDATE", (wanted.client,))
        row = cursor.fetchone()
        if row is None:
            raise WebhookError(f"No client {wanted.client} is registered.", "Name a registered ABN or CCID.")
        cursor.execute("SELECT count(*) FROM webhook WHERE client_id = %s AND state <> 'ended'", (row[0],))
        if (cursor.fetchone() or (0,))[0] >= MOST:
            raise WebhookError(f"{wanted.client} has {MOST} webhooks already.", "End one that is not used any more.")
        cursor.execute(
            "INSERT INTO webhook (client_id, url, codes, state, reason, generation, created_at, created_by) "
            "VALUES (%s, %s, %s, 'active', '', 1, %s, %s) RETURNING id",
            (row[0], wanted.url, list(wanted.codes), by.now, by.actor[:LONGEST_ACTOR]),
        )
        number = int((cursor.fetchone() or (0,))[0])
        _tell(cursor, by, "webhook.registered", number, url=wanted.url)
        return number


def pause(connection: Connection, number: int, reason: str, by: By) -> bool:
    """Pause it; what is for it waits. False when it is not active."""
    with connection.transaction(), connection.cursor() as cursor:
        webhooks.stop(cursor, number, reason)
        if not cursor.rowcount:
            return False
        _tell(cursor, by, "webhook.paused", number, reason=reason)
        return True


def resume(connection: Connection, number: int, by: By) -> bool:
    """Go on at once with what waits. False when it is not paused."""
    with connection.transaction(), connection.cursor() as cursor:
        if not webhooks.resume(cursor, number, by.now):
            return False
        _tell(cursor, by, "webhook.resumed", number)
        return True


def renew_secret(connection: Connection, number: int, by: By) -> int:
    """Give it a new secret; the one before signs as well for a day. Returns the new generation."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE webhook SET generation = generation + 1, renewed_at = %s WHERE id = %s AND state <> 'ended' "
            "RETURNING generation",
            (by.now, number),
        )
        row = cursor.fetchone()
        if row is None:
            raise WebhookError(f"Webhook {number} has ended.", "Register a new one.")
        _tell(cursor, by, "webhook.secret_renewed", number)
        return int(row[0])


def end(connection: Connection, number: int, by: By) -> None:
    """End it for good."""
    with connection.transaction(), connection.cursor() as cursor:
        webhooks.end(cursor, number)
        _tell(cursor, by, "webhook.ended", number)


def replay(connection: Connection, number: int, after: int, by: By) -> int:
    """Send every event after a cursor once more; returns how many."""
    with connection.transaction(), connection.cursor() as cursor:
        count = webhooks.replay(cursor, number, after, by.now)
        _tell(cursor, by, "webhook.replayed", number, after=after, count=count)
        return count


def _tell(cursor: Cursor, by: By, code: str, number: int, **data: object) -> None:
    row = EventRow(Event(code, WEBHOOK, str(number), data), by.actor[:LONGEST_ACTOR], by.channel, None)
    write_events(cursor, [row], by.now)
