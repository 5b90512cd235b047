"""What a single rule says of a document, without facts."""

from typing import Any

from openics.cargo import document_rules as cargo
from openics.clients import document_rules as clients
from openics.decision.findings import Finding
from openics.decision.rule import Rule, RuleResult, check_all
from openics.exports import document_rules as exports
from openics.imports import document_rules as imports
from openics.messages.document import Document
from openics.revenue import document_rules as revenue
from openics.voyages import document_rules as voyages

RULES: dict[str, tuple[Rule, ...]] = {
    **voyages.RULES,
    **cargo.RULES,
    **imports.RULES,
    **revenue.RULES,
    **exports.RULES,
    **clients.RULES,
}


def held(rule: str) -> RuleResult:
    return RuleResult(rule, applied=True)


def broken(rule: str, *lines: int) -> RuleResult:
    return RuleResult(rule, applied=True, broken=lines or (0,))


def not_applied(rule: str) -> RuleResult:
    return RuleResult(rule, applied=False)


def verdict(rule: str, document: Document) -> RuleResult:
    """What one rule of a document's message says of it."""
    (found,) = [each for each in RULES[document.name] if each.id == rule]
    return _run((found,), document)[1][0]


def findings(document: Document) -> list[Finding]:
    """What all rules of a document's message find."""
    return _run(RULES[document.name], document)[0]


def texts(document: Document) -> list[str]:
    """The sentences of all findings."""
    return [finding.text for finding in findings(document)]


def _run(rules: tuple[Rule, ...], document: Any) -> tuple[list[Finding], list[RuleResult]]:
    return check_all(rules, document, None, getattr(document, "lines", ()))
