"""What a decision found: errors and advices, each with its rule, place and sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How a response classifies an entry (ERC with code list 80, agency 95)."""

    ERROR = "ERROR"
    """The message, or the line, cannot be accepted as it is."""
    ADVICE = "ADVICE"
    """Accepted; the sender should know."""


HEADER = 0
"""The line number that stands for the header of a document (L0 in the guides)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry of a response: error id, place (0 the header, else the reported line number), sentence, rule."""

    severity: Severity
    error: str
    text: str
    line: int = HEADER
    rule: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return {
            "severity": self.severity.value,
            "error": self.error,
            "text": self.text,
            "line": self.line,
            "rule": self.rule,
        }

    @property
    def place(self) -> str:
        """The place in the guides' notation: `L0` for the header, `L7` for line 7."""
        return f"L{self.line}"


def has_errors(findings: "tuple[Finding, ...] | list[Finding]") -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
