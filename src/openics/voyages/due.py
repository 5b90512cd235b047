"""What time does to voyages: ports of call become due and overdue."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from openics.decision.outcome import Due, Outcome
from openics.voyages.facts import StoredVoyage, VoyageChange
from openics.voyages.status import SUBJECT, aged, due_dates, status_events


class DueFacts:
    """The voyages that a batch of due dates is about."""

    def __init__(self, voyages: Iterable[StoredVoyage]) -> None:
        """Keep the voyages by reference."""
        self._voyages = {voyage.reference: voyage for voyage in voyages}

    def voyage(self, reference: str) -> StoredVoyage | None:
        """The voyage with a reference."""
        return self._voyages.get(reference)

    def apply(self, outcome: Outcome) -> None:
        """Let the next due date of the batch see what became of this one."""
        if isinstance(outcome.change, VoyageChange):
            self._voyages[outcome.change.voyage.reference] = outcome.change.voyage


def decide_due(due: Due, facts: DueFacts, now: datetime) -> Outcome:
    """Apply the time to one voyage; nothing happens when it has moved on since the date was set."""
    voyage = facts.voyage(due.subject_key)
    if voyage is None:
        return Outcome(accepted=False, subject_kind=due.subject_kind, subject_key=due.subject_key)
    changed = replace(aged(voyage, now), changed_at=now)
    follows = due_dates(changed, now)
    if changed.calls == voyage.calls:
        return Outcome(accepted=True, subject_kind=SUBJECT, subject_key=voyage.reference, due=follows)
    return Outcome(
        accepted=True,
        change=VoyageChange(changed),
        subject_kind=SUBJECT,
        subject_key=voyage.reference,
        events=status_events(changed, voyage),
        due=follows,
    )
