"""What every business response has in common: its entries, how many, and the advice that says how it went.

Sources: ICS software developers guide, response business rules (at most 50 entries, 50 errors reject); the two outcome
advices and the count of errors alone as seen in CLREGR traffic.
"""

from collections.abc import Sequence
from typing import Final

from openics.decision.findings import Finding, Severity
from openics.messages.response import ResponseEntry

MOST_ENTRIES: Final = 50
"""Errors and advices that one EDI response lists; the web and the API show all."""
MOST_ERRORS: Final = 50
"""With this many errors a document is rejected whatever they are."""

REJECTED: Final = Finding(Severity.ADVICE, "MS5201", "THIS TRANSACTION WAS REJECTED")
ACCEPTED_WITH_FINDINGS: Final = Finding(
    Severity.ADVICE, "MS5202", "THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS"
)


def entries(findings: Sequence[Finding], *, accepted: bool) -> tuple[ResponseEntry, ...]:
    """The entries of a response: the outcome's advice first, then the findings, errors kept when not all have room."""
    if not findings and accepted:
        return ()
    outcome = ACCEPTED_WITH_FINDINGS if accepted else REJECTED
    return listed((outcome, *_most_important(findings)))


def listed(findings: Sequence[Finding]) -> tuple[ResponseEntry, ...]:
    """Findings as entries, without an outcome."""
    return tuple(
        ResponseEntry(line=finding.line, severity=finding.severity.value, error=finding.error, text=finding.text)
        for finding in findings
    )


def error_count(given: Sequence[ResponseEntry]) -> int:
    """How many of the entries are errors (CNT+55)."""
    return sum(entry.severity == Severity.ERROR.value for entry in given)


def _most_important(findings: Sequence[Finding]) -> Sequence[Finding]:
    if len(findings) <= MOST_ENTRIES:
        return findings
    return sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)[:MOST_ENTRIES]
