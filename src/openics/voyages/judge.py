"""Judging an arrival report: the document, what is stored, then the content."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openics.decision.answers import MOST_ERRORS
from openics.decision.findings import Finding, Severity, has_errors
from openics.decision.outcome import Event, Outcome
from openics.decision.rule import Rule, RuleResult, check_all
from openics.decision.usage import missing_items
from openics.voyages.answer import answers
from openics.voyages.case import ReportCase
from openics.voyages.document_rules import RULES
from openics.voyages.status import SUBJECT


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules said of a report, and whether it is accepted."""

    findings: tuple[Finding, ...]
    results: tuple[RuleResult, ...]

    @property
    def accepted(self) -> bool:
        """Whether no rule found an error: every error rejects."""
        return not has_errors(self.findings)

    @property
    def full(self) -> bool:
        """Whether so many errors are found that validation stops (rule G06)."""
        return sum(each.severity is Severity.ERROR for each in self.findings) >= MOST_ERRORS


def judge(case: ReportCase, stored: Sequence[Rule], content: Sequence[Rule], lines: Sequence[Any]) -> Judged:
    """Run the rules of a report; its content is judged when it is complete, of a change when it fits what is stored."""
    document = case.document
    missing = missing_items(document)
    findings, results = check_all(RULES[document.name], document, None, getattr(document, "lines", ()))
    found, more = check_all(stored, document, case)
    judged = Judged((*missing, *findings, *found), (*results, *more))
    if case.withdraws or missing or judged.full or not (case.original or judged.accepted):
        return judged
    found, more = check_all(content, document, case, lines)
    return Judged((*judged.findings, *found), (*judged.results, *more))


def reject(case: ReportCase, judged: Judged, subject: str) -> Outcome:
    """The outcome of a report that is not accepted: an answer, and nothing that changes."""
    kind, key = (SUBJECT, subject) if subject else ("MESSAGE", str(case.request.number))
    about = {
        "message": case.document.name,
        "sender_reference": case.document.sender_reference,
        "version": case.document.version,
    }
    return Outcome(
        accepted=False,
        findings=judged.findings,
        results=judged.results,
        subject_kind=SUBJECT if subject else "",
        subject_key=subject,
        events=(Event("voyage.report.rejected", kind, key, about),),
        documents=answers(case, judged.findings, accepted=False),
    )


def late_events(case: ReportCase, reference: str, late_seconds: float | None) -> tuple[Event, ...]:
    """The event of a late report; nothing for one in time."""
    if late_seconds is None:
        return ()
    data = {"message": case.document.name, "hours": round(late_seconds / 3600, 1)}
    return (Event("voyage.report.late", SUBJECT, reference, data),)
