"""What time does to export declarations: they go idle, are revoked, or expire."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from openics.decision.conditions import Condition
from openics.decision.outcome import Addressed, Due, Outcome
from openics.exports.answer import status_change
from openics.exports.decide import status_event
from openics.exports.facts import DeclarationChange, StoredDeclaration
from openics.exports.status import Deadlines, aged, due_dates, released, status
from openics.reference.facts import CANBERRA, ReferenceFacts

Change = Callable[[tuple[Condition, ...]], tuple[Condition, ...]]


class DueFacts:
    """The declarations that a batch of due dates is about, and the numbers reserved for the answers, by EDN."""

    def __init__(
        self,
        declarations: Iterable[StoredDeclaration],
        *,
        reference: ReferenceFacts | None = None,
        response_numbers: Mapping[str, int] | None = None,
        default_sites: Mapping[str, str] | None = None,
    ) -> None:
        """Reference data holds the ports of loading, for their time zones; default sites are by client id."""
        self.reference = reference or ReferenceFacts()
        self.response_numbers = response_numbers or {}
        self._default_sites = default_sites or {}
        self._by_edn = {declaration.edn: declaration for declaration in declarations}

    def declaration(self, edn: str) -> StoredDeclaration | None:
        """The declaration with a number."""
        return self._by_edn.get(edn)

    def addressee(self, declaration: StoredDeclaration) -> str:
        """The site that is told: the one that sent the latest version, else its owner's default site; empty for none."""
        return declaration.site or self._default_sites.get(declaration.owner, "")

    def apply(self, outcome: Outcome) -> None:
        """Let the next due date of the batch see what became of this one."""
        if isinstance(outcome.change, DeclarationChange):
            self._by_edn[outcome.change.declaration.edn] = outcome.change.declaration


def decide_due(due: Due, facts: DueFacts, now: datetime) -> Outcome:
    """Apply the time to one declaration; nothing happens when it has moved on since the date was set."""
    return _moved_on(due, facts, now, lambda conditions: conditions)


def decide_release(due: Due, facts: DueFacts, now: datetime) -> Outcome:
    """Release a declaration that is held; nothing happens when it is not held any more."""
    return _moved_on(due, facts, now, lambda conditions: released(conditions, now))


def _moved_on(due: Due, facts: DueFacts, now: datetime, change: Change) -> Outcome:
    declaration = facts.declaration(due.subject_key)
    if declaration is None:
        return Outcome(accepted=False, subject_kind=due.subject_kind, subject_key=due.subject_key)
    zone = facts.reference.zone(declaration.document.port_of_loading, now.astimezone(CANBERRA).date())
    deadlines = Deadlines.of(declaration.document, zone)
    conditions = aged(change(declaration.conditions), deadlines, now)
    if status(conditions) is declaration.status:
        return Outcome(accepted=True, subject_kind="EDN", subject_key=declaration.edn)
    changed = replace(declaration, status=status(conditions), conditions=conditions, changed_at=now)
    site = facts.addressee(declaration)
    answer = status_change(replace(changed, site=site), facts.response_numbers[declaration.edn], now)
    return Outcome(
        accepted=True,
        change=DeclarationChange(changed),
        subject_kind="EDN",
        subject_key=declaration.edn,
        events=status_event(changed, declaration.status),
        due=due_dates(declaration.edn, changed.status, deadlines, now),
        documents=(Addressed(site, answer),) if site else (),
    )
