"""What time does to clients: on the day on which a role or an activity centre begins or ends, its facts follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from openics.clients.register_record import ClientRecord
from openics.clients.register_store import Stored, load_many, lock_clients, refresh
from openics.decision.outcome import Due, Event, Outcome
from openics.decision.room import Cursor, DueHandler
from openics.reference.facts import CANBERRA

CLIENT: Final = "CLIENT"
"""The subject kind of a client's history."""
DATES: Final = "client-dates"
"""The kind of due date at which an entry begins or ends."""


def legal_date(now: datetime) -> date:
    """The legal date at a moment: Canberra's."""
    return now.astimezone(CANBERRA).date()


def next_date(record: ClientRecord, today: date) -> Due:
    """When to look at the client again, because an entry begins or ends; never, where none does."""
    day = None if record.merged_into else record.next_change(today)
    return Due(DATES, CLIENT, record.client_id, datetime.combine(day, time(), CANBERRA) if day else None)


@dataclass(frozen=True, slots=True)
class Dated:
    """A client whose facts are to follow its entries, as they hold on a day."""

    stored: Stored
    today: date


class DatedClients:
    """The clients that a batch of due dates is about."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        """Each by its id."""
        self.by_id = {each.record.client_id: each for each in stored}

    def apply(self, outcome: Outcome) -> None:
        """A date changes no record, so the next due date sees the same."""


def load_due(cursor: Cursor, due: Sequence[Due], now: datetime) -> DatedClients:  # noqa: ARG001 - as every room
    """The clients of due dates, which nobody else writes until the transaction ends."""
    ids = {each.subject_key for each in due}
    lock_clients(cursor, ids)
    return DatedClients(load_many(cursor, ids))


def decide_due(due: Due, facts: DatedClients, now: datetime) -> Outcome:
    """Let roles and address follow the date; the event says which roles hold now."""
    stored = facts.by_id.get(due.subject_key)
    if stored is None or stored.record.merged_into:
        return Outcome(accepted=False, subject_kind=CLIENT, subject_key=due.subject_key)
    today = legal_date(now)
    event = Event("client.dates-passed", CLIENT, due.subject_key, {"roles": list(stored.record.roles(today))})
    return Outcome(
        accepted=True,
        change=Dated(stored, today),
        subject_kind=CLIENT,
        subject_key=due.subject_key,
        events=(event,),
        due=(next_date(stored.record, today),),
    )


def record_outcomes(cursor: Cursor, outcomes: Sequence[Outcome]) -> None:
    """Write what follows from the date."""
    for change in (each.change for each in outcomes if isinstance(each.change, Dated)):
        refresh(cursor, [change.stored], change.today)


HANDLER: Final = DueHandler(load_due, decide_due, record_outcomes)
