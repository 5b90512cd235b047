"""Deciding on status requests: STREQ in, STREQR out. Anyone registered may ask; details go to the parties alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openics.clients.facts import RegisteredClient, UsedReference
from openics.decision.answers import entries, error_count, listed
from openics.decision.conditions import next_actions
from openics.decision.findings import Finding, Severity, has_errors
from openics.decision.numbers import response_reference
from openics.decision.outcome import Addressed, Outcome, Request
from openics.decision.rule import RuleResult, check_all
from openics.exports.codes import Status
from openics.exports.error_ids import STATUS_REASON
from openics.exports.facts import EnquiryChange, ExportFacts, StoredDeclaration
from openics.exports.rules_enquiry import ENQUIRY_RULES
from openics.messages.codes import MessageFunction
from openics.messages.exports.streq import StatusRequest
from openics.messages.exports.streqr import StatusRequestResponse
from openics.messages.response import ResponseEntry


@dataclass(frozen=True, slots=True)
class _Enquiry:
    """A status request with what is known about it."""

    request: Request
    document: StatusRequest
    facts: ExportFacts
    now: datetime

    @property
    def sender(self) -> RegisteredClient | None:
        return self.facts.clients.get(self.request.owner)

    @property
    def reference_used(self) -> bool:
        return self.facts.is_used(self.request)

    @property
    def declaration(self) -> StoredDeclaration | None:
        return self.facts.declaration(self.document.authority_number)


def decide_enquiry(request: Request, facts: ExportFacts, now: datetime) -> Outcome:
    """Tell the status of a customs authority number, or say why not."""
    if not isinstance(request.document, StatusRequest):
        raise TypeError(f"a status request is decided here, not {request.document.name}")
    enquiry = _Enquiry(request, request.document, facts, now)
    findings, results = check_all(ENQUIRY_RULES, enquiry.document, enquiry)
    if has_errors(findings) or enquiry.declaration is None:
        return _reject(enquiry, findings, results)
    return _tell(enquiry, enquiry.declaration, results)


def _reject(enquiry: _Enquiry, findings: list[Finding], results: list[RuleResult]) -> Outcome:
    answer = _answer(enquiry, entries(findings, accepted=False)).replace(
        status_type=Status.REJECTED.value, status_description="NO STATUS CAN BE GIVEN"
    )
    return Outcome(
        accepted=False,
        findings=tuple(findings),
        results=tuple(results),
        documents=(Addressed(enquiry.request.site, answer),),
    )


def _tell(enquiry: _Enquiry, declaration: StoredDeclaration, results: list[RuleResult]) -> Outcome:
    party = enquiry.facts.concerns(declaration, enquiry.request.owner)
    findings = _reasons(declaration) if party else []
    answer = _answer(enquiry, listed(findings)).replace(
        status_type=declaration.status.value,
        status_description=declaration.status.description,
        **(_details(declaration) if party else {}),
    )
    request = enquiry.request
    used = UsedReference(request.owner, enquiry.document.name, enquiry.document.sender_reference or "", request.number)
    return Outcome(
        accepted=True,
        findings=tuple(findings),
        results=tuple(results),
        change=EnquiryChange(used),
        subject_kind="EDN",
        subject_key=declaration.edn,
        documents=(Addressed(request.site, answer),),
    )


def _reasons(declaration: StoredDeclaration) -> list[Finding]:
    """What the number waits for, and who must act."""
    return [
        Finding(
            Severity.ADVICE,
            STATUS_REASON,
            f"WAITS FOR {condition.who}: {condition.action}".upper(),
        )
        for condition in next_actions(declaration.conditions)
        if condition.who
    ]


def _details(declaration: StoredDeclaration) -> dict[str, Any]:
    document = declaration.document
    return {
        "intended_export_date": document.intended_export_date,
        "port_of_loading": document.port_of_loading,
        "first_port_of_discharge": document.first_port_of_discharge,
        "destination_country": document.destination_country,
        "goods_owner": declaration.goods_owner,
    }


def _answer(enquiry: _Enquiry, given: tuple[ResponseEntry, ...]) -> StatusRequestResponse:
    return StatusRequestResponse(
        response_reference=response_reference(enquiry.facts.response_numbers[enquiry.request.number]),
        response_version=1,
        function=MessageFunction.RESPONSE.value,
        recipient_site=enquiry.request.site,
        answered_message=enquiry.document.name,
        answered_function=enquiry.document.function,
        authority_number=enquiry.document.authority_number,
        sender_reference=enquiry.document.sender_reference,
        sender_reference_version=enquiry.document.version,
        responded_at=enquiry.now,
        entries=given,
        error_count=error_count(given),
    )
