"""Looking for notices that are due: one due date for each kind, which sets itself again after each look.

What is due follows from the keys, the certificates and the outages as they are at the moment of the look. So nothing has
to be kept in step when dates are moved, an outage is called off or a successor is registered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from psycopg import Connection

from openics.decision.outcome import Due, Outcome
from openics.decision.room import Cursor, DueHandler
from openics.exchange.notices import store
from openics.exchange.notices.store import Draft

SUBJECT: Final = ("SYSTEM", "notices")


@dataclass(frozen=True, slots=True)
class Given:
    """What `record` writes: the drafts, and when they are given."""

    drafts: tuple[Draft, ...]
    at: datetime


@dataclass(slots=True)
class Found:
    """What a look found: the notices to give, when the next step comes, and how to settle what needs no action any more."""

    drafts: list[Draft] = field(default_factory=list)
    next_step: datetime | None = None

    def apply(self, outcome: Outcome) -> None:
        """Nothing that one look decides changes what another kind's look finds."""


Look = Callable[[Cursor, datetime], Found]
"""Fetches what is due of one kind; drafts are made purely from it."""
Settle = Callable[[Cursor, datetime], None]
"""Settles notices that need no action any more."""


def handler(kind: str, every: timedelta, look: Look, settle: Settle) -> DueHandler:
    """The handler of the due date `notices.KIND`, which looks again after `every`, or at the next step."""

    def load(cursor: Cursor, due: Sequence[Due], now: datetime) -> Found:  # noqa: ARG001 - the protocol's
        store.lock(cursor, kind)
        return look(cursor, now)

    def decide(due: Due, facts: Found, now: datetime) -> Outcome:
        again = min(now + every, facts.next_step or now + every)
        given = Given(tuple(facts.drafts), now)
        return Outcome(accepted=True, change=given, due=(Due(due.kind, *SUBJECT, at=again),))

    def record(cursor: Cursor, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            store.give(cursor, outcome.change.drafts, outcome.change.at)
            settle(cursor, outcome.change.at)

    return DueHandler(load, decide, record)


def start(connection: Connection, kinds: Sequence[str], now: datetime) -> None:
    """Set the due dates of these kinds where there are none; those that are set stay as they are."""
    with connection.transaction():
        connection.execute(
            "INSERT INTO due_date (kind, subject_kind, subject_key, at) SELECT kind, %s, %s, %s "
            "FROM unnest(%s::text[]) AS kind ON CONFLICT (kind, subject_kind, subject_key) DO NOTHING",
            (*SUBJECT, now, list(kinds)),
        )
