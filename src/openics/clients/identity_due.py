"""Erases the details of identity checks when their time has come; points, kinds, officer and moment stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from openics.decision.outcome import Due, Event, Outcome
from openics.decision.room import Cursor, DueHandler

APPLICATION: Final = "APPLICATION"
"""The subject kind of an application's history."""
IDENTITY: Final = "identity-details"
"""The kind of due date at which the details of a check are erased."""


class KeptDetails:
    """The references of applications whose details are still kept."""

    def __init__(self, references: Iterable[str]) -> None:
        """Each once."""
        self.references = set(references)

    def apply(self, outcome: Outcome) -> None:
        """What is erased is kept no more."""
        self.references.discard(outcome.change)


def load_due(cursor: Cursor, due: Sequence[Due], now: datetime) -> KeptDetails:  # noqa: ARG001 - as every room
    """Which of these applications have details that are kept."""
    cursor.execute(
        "SELECT a.reference FROM identity_check i JOIN client_application a ON a.id = i.application_id "
        "WHERE a.reference = ANY(%s) AND i.erased_at IS NULL ORDER BY a.reference FOR UPDATE OF i",
        (sorted({each.subject_key for each in due}),),
    )
    return KeptDetails(row[0] for row in cursor.fetchall())


def decide_due(due: Due, facts: KeptDetails, now: datetime) -> Outcome:
    """Erase the details of one check; nothing happens when they are erased already."""
    if due.subject_key not in facts.references:
        return Outcome(accepted=False, subject_kind=APPLICATION, subject_key=due.subject_key)
    event = Event("application.identity-erased", APPLICATION, due.subject_key, {"at": now.isoformat()})
    return Outcome(
        accepted=True,
        change=due.subject_key,
        subject_kind=APPLICATION,
        subject_key=due.subject_key,
        events=(event,),
    )


def record_outcomes(cursor: Cursor, outcomes: Sequence[Outcome]) -> None:
    """Erase in one statement."""
    references = [each.change for each in outcomes if each.change]
    if references:
        cursor.execute(
            "UPDATE identity_check SET documents = '[]', erased_at = now() "
            "WHERE application_id IN (SELECT id FROM client_application WHERE reference = ANY(%s))",
            (references,),
        )


HANDLER: Final = DueHandler(load_due, decide_due, record_outcomes)
