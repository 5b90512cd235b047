"""Deciding on export declarations: EXD in, EXDR out (rules X and E; life cycle of the EDN)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from openics.decision.answers import MOST_ERRORS
from openics.decision.authority_numbers import authority_number
from openics.decision.conditions import Condition
from openics.decision.findings import Finding, Severity
from openics.decision.outcome import Addressed, Event, Outcome, Request
from openics.decision.rule import RuleResult, check_all
from openics.exports.amend import in_force
from openics.exports.answer import acceptance, rejection
from openics.exports.case import Case
from openics.exports.codes import Status
from openics.exports.facts import DeclarationChange, ExportFacts, StoredDeclaration, StoredVersion
from openics.exports.policy import MOST_LINES, POLICY, Policy
from openics.exports.rules_document import DOCUMENT_RULES
from openics.exports.rules_header import HEADER_RULES
from openics.exports.rules_line import LINE_RULES
from openics.exports.status import Deadlines, aged, declared, due_dates, held, status, withdrawn
from openics.messages.codes import DeclarationFunction
from openics.messages.exports.exd import ExportDeclaration, ExportLine

_COMPLETE: Final = (DeclarationFunction.ORIGINAL, DeclarationFunction.REPLACE)
"""Functions whose message is the whole declaration, whatever is stored."""
_EVENTS: Final[dict[str, str]] = {
    DeclarationFunction.ORIGINAL: "export.declaration.lodged",
    DeclarationFunction.WITHDRAW: "export.declaration.withdrawn",
}


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the rules said, and whether the declaration is accepted for all that."""

    findings: tuple[Finding, ...]
    results: tuple[RuleResult, ...]
    accepted: bool


def decide_declaration(request: Request, facts: ExportFacts, now: datetime, policy: Policy = POLICY) -> Outcome:
    """Lodge, change, replace or withdraw an export declaration, or say why not."""
    if not isinstance(request.document, ExportDeclaration):
        raise TypeError(f"an export declaration is decided here, not {request.document.name}")
    case = Case(request, request.document, facts, now)
    judged = _judge(case, policy)
    return _accept(case, judged, policy) if judged.accepted else _reject(case, judged)


def _judge(case: Case, policy: Policy) -> _Judged:
    findings, results = check_all(DOCUMENT_RULES, case.document, case, _lines(case.document))
    if _content_counts(case.document, findings):
        full = _full(case)
        judged = full.lines if _lines(case.document) or not case.document.lines else ()
        more, more_results = _judge_content(replace(case, document=full), judged)
        findings, results = findings + more, results + more_results
    findings = [*(_weighed(finding, policy) for finding in findings), *policy.further]
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    accepted = len(errors) < MOST_ERRORS and all(error.rule in policy.tolerated for error in errors)
    return _Judged(tuple(findings), tuple(results), accepted)


def _weighed(finding: Finding, policy: Policy) -> Finding:
    return replace(finding, severity=Severity.ADVICE) if finding.rule in policy.advised else finding


def _content_counts(document: ExportDeclaration, findings: Sequence[Finding]) -> bool:
    """A full data set is always judged; a part only when it fits what is stored; a withdrawal never."""
    if document.function in _COMPLETE:
        return True
    return document.function != DeclarationFunction.WITHDRAW and not findings


def _judge_content(case: Case, lines: Sequence[ExportLine]) -> tuple[list[Finding], list[RuleResult]]:
    findings, results = check_all(HEADER_RULES, case.document, case)
    more, more_results = check_all(LINE_RULES, case.document, case, lines)
    return findings + more, results + more_results


def _lines(document: ExportDeclaration) -> Sequence[ExportLine]:
    """The lines to judge: none when there are too many, which is error enough (E01)."""
    return document.lines if len(document.lines) <= MOST_LINES else ()


def _full(case: Case) -> ExportDeclaration:
    return in_force(case.document, case.stored.document if case.stored else None)


def _reject(case: Case, judged: _Judged) -> Outcome:
    kind, key = ("EDN", case.own.edn) if case.own else ("", "")
    return Outcome(
        accepted=False,
        findings=judged.findings,
        results=judged.results,
        subject_kind=kind,
        subject_key=key,
        events=(_rejected(case),),
        documents=(Addressed(case.request.site, rejection(case, judged.findings)),),
    )


def _rejected(case: Case) -> Event:
    kind, key = ("EDN", case.own.edn) if case.own else ("MESSAGE", str(case.request.number))
    data = {"sender_reference": case.document.sender_reference, "version": case.document.version}
    return Event("export.declaration.rejected", kind, key, data)


def _accept(case: Case, judged: _Judged, policy: Policy) -> Outcome:
    full = _full(case)
    deadlines = Deadlines.of(full, replace(case, document=full).zone)
    conditions = aged(_conditions(case, full, judged.findings, policy), deadlines, case.now)
    declaration = _declaration(case, full, conditions)
    return Outcome(
        accepted=True,
        findings=judged.findings,
        results=judged.results,
        change=DeclarationChange(declaration, _version(case, declaration, judged.findings)),
        subject_kind="EDN",
        subject_key=declaration.edn,
        events=_events(case, declaration),
        due=due_dates(declaration.edn, declaration.status, deadlines, case.now),
        documents=(Addressed(case.request.site, acceptance(case, declaration, judged.findings)),),
    )


def _conditions(
    case: Case, full: ExportDeclaration, findings: Sequence[Finding], policy: Policy
) -> tuple[Condition, ...]:
    before = case.stored.conditions if case.stored else ()
    if case.document.function == DeclarationFunction.WITHDRAW:
        return withdrawn(before, case.request.number, case.now)
    given = declared(full, findings, before, case.request.number, case.now)
    return held(given, policy.held, case.now) if policy.held else given


def _declaration(case: Case, full: ExportDeclaration, conditions: tuple[Condition, ...]) -> StoredDeclaration:
    stored = case.stored
    edn = stored.edn if stored else authority_number(case.facts.edn_numbers[case.request.number])
    return StoredDeclaration(
        edn=edn,
        owner=stored.owner if stored else case.request.owner,
        site=case.request.site,
        channel=case.request.channel,
        sender_reference=case.document.sender_reference or "",
        version=case.document.version or 0,
        amendments=stored.amendments + 1 if stored else 0,
        status=status(conditions),
        conditions=conditions,
        document=full.replace(declaration_number=edn),
        lodged_at=stored.lodged_at if stored else case.now,
        changed_at=case.now,
    )


def _version(case: Case, declaration: StoredDeclaration, findings: tuple[Finding, ...]) -> StoredVersion:
    return StoredVersion(
        version=declaration.version,
        function=case.document.function or "",
        message=case.request.number,
        document=case.document,
        status=declaration.status,
        findings=findings,
    )


def _events(case: Case, declaration: StoredDeclaration) -> tuple[Event, ...]:
    code = _EVENTS.get(case.document.function or "", "export.declaration.changed")
    happened = Event(code, "EDN", declaration.edn, {"version": declaration.version})
    changed = status_event(declaration, case.stored.status if case.stored else None)
    return (happened, *changed)


def status_event(declaration: StoredDeclaration, before: Status | None) -> tuple[Event, ...]:
    """The event of a changed status; nothing when it stayed."""
    if declaration.status is before:
        return ()
    data = {"from": before.value if before else None, "to": declaration.status.value}
    return (Event("export.declaration.status", "EDN", declaration.edn, data),)
