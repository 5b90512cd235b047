"""What happened to how a person signs in, as events of the person."""

from typing import Any

from openics.channels.interactive.database import raw_connection
from openics.decision.outcome import Event
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.recording import EventRow, write_events

PERSON = "PERSON"
"""The subject kind of a person's history."""


def tell(by: By, code: str, email: str, **data: Any) -> None:
    """Add an event to a person's history, in the transaction of the change that it tells of."""
    event = Event(code, PERSON, email.lower()[:LONGEST_ACTOR], data)
    with raw_connection().cursor() as cursor:
        write_events(cursor, [EventRow(event, by.actor[:LONGEST_ACTOR], by.channel, None)], by.now)
