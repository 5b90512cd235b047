"""Rules: one function each, under its published id, whose docstring is the sentence that the sender reads.

A rule says True when it holds, False when it is broken, None when it does not apply. A header rule is called once with
`(document, facts)`; a line rule once for each line with `(line, document, facts)`. A rule that can be checked on the
document alone takes no `facts`. Braces in the docstring are filled from the line and the document: `{line.ahecc}`,
`{document.version}`, `{facts.today}`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any, Final

from openics.decision.findings import HEADER, Finding, Severity

Verdict = bool | None


@dataclass(frozen=True, slots=True)
class KeptElsewhere:
    """A published rule that is no check of a document: where it is kept, and what it says."""

    id: str
    place: str
    sentence: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule and the function that checks it; `evidence` is D, S, I or U."""

    id: str
    error: str
    source: str
    evidence: str
    severity: Severity
    per_line: bool
    sentence: str
    check: Callable[..., Verdict]
    module: str
    needs_facts: bool = True

    def explain(self, document: object, facts: object, line: object = None) -> str:
        """The sentence with its braces filled."""
        return self.sentence.format(document=document, facts=facts, line=line)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule said of one document: `broken` holds the places (0 header, else line numbers) where it failed."""

    rule: str
    applied: bool
    broken: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values."""
        return {"rule": self.rule, "applied": self.applied, "broken": list(self.broken)}

    @property
    def held(self) -> bool:
        """True when the rule applied and nothing broke it."""
        return self.applied and not self.broken


CATALOGUE: Final[dict[tuple[str, str], Rule]] = {}
"""Every rule by (module, id); filled as the rooms' rule modules are imported."""


def rule(
    id: str,
    *,
    error: str,
    source: str,
    evidence: str,
    severity: Severity = Severity.ERROR,
    per_line: bool = False,
) -> Callable[[Callable[..., Verdict]], Rule]:
    """Declare a rule; the decorated name becomes the `Rule`."""

    def declare(check: Callable[..., Verdict]) -> Rule:
        if not check.__doc__:
            raise TypeError(
                f"rule {id} in {check.__module__} has no docstring: it is the sentence that the sender reads"
            )
        sentence = " ".join(check.__doc__.split())
        needs_facts = "facts" in signature(check).parameters
        declared = Rule(id, error, source, evidence, severity, per_line, sentence, check, check.__module__, needs_facts)
        if (check.__module__, id) in CATALOGUE:
            raise TypeError(f"rule {id} is declared twice in {check.__module__}")
        CATALOGUE[check.__module__, id] = declared
        return declared

    return declare


def check_all(
    rules: Iterable[Rule], document: Any, facts: Any, lines: Sequence[Any] = ()
) -> tuple[list[Finding], list[RuleResult]]:
    """Run the rules over a document; `lines` have a `number`. Returns the findings and the result of every rule."""
    findings: list[Finding] = []
    results: list[RuleResult] = []
    for each in rules:
        found, result = _check_lines(each, document, facts, lines) if each.per_line else _check(each, document, facts)
        findings.extend(found)
        results.append(result)
    return findings, results


def _check(each: Rule, document: Any, facts: Any) -> tuple[list[Finding], RuleResult]:
    verdict = each.check(document, facts) if each.needs_facts else each.check(document)
    if verdict is False:
        finding = Finding(each.severity, each.error, each.explain(document, facts), HEADER, each.id)
        return [finding], RuleResult(each.id, applied=True, broken=(HEADER,))
    return [], _unbroken(each.id, verdict is not None)


def _check_lines(each: Rule, document: Any, facts: Any, lines: Sequence[Any]) -> tuple[list[Finding], RuleResult]:
    findings = []
    applied = False
    for line in lines:
        verdict = each.check(line, document, facts) if each.needs_facts else each.check(line, document)
        applied = applied or verdict is not None
        if verdict is False:
            text = each.explain(document, facts, line)
            findings.append(Finding(each.severity, each.error, text, line.number, each.id))
    if not findings:
        return findings, _unbroken(each.id, applied)
    return findings, RuleResult(each.id, applied, tuple(finding.line for finding in findings))


@cache
def _unbroken(rule: str, applied: bool) -> RuleResult:
    return RuleResult(rule, applied)
