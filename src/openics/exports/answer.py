"""The answers of the exports room: EXDR and STREQR."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openics.decision.answers import entries, error_count
from openics.decision.findings import Finding
from openics.decision.numbers import response_reference
from openics.exports.case import Case
from openics.exports.codes import Status
from openics.exports.facts import StoredDeclaration
from openics.messages.codes import MessageFunction
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse


def rejection(case: Case, findings: Sequence[Finding]) -> ExportDeclarationResponse:
    """The answer to a declaration that is not accepted; what is stored stays as it is."""
    stored = case.own
    description = f"NOT ACCEPTED; {stored.edn} REMAINS {stored.status}" if stored else Status.REJECTED.description
    return ExportDeclarationResponse(
        **_heading(case.facts.response_numbers[case.request.number], case.request.site, case.document, case.now),
        **_judged(findings, accepted=False),
        declaration_number=stored.edn if stored else None,
        status_type=Status.REJECTED.value,
        status_description=description,
    )


def acceptance(case: Case, declaration: StoredDeclaration, findings: Sequence[Finding]) -> ExportDeclarationResponse:
    """The answer to a declaration that is accepted, with its number and status."""
    return ExportDeclarationResponse(
        **_heading(case.facts.response_numbers[case.request.number], case.request.site, case.document, case.now),
        **_judged(findings, accepted=True),
        **_standing(declaration),
    )


def status_change(declaration: StoredDeclaration, response_number: int, now: datetime) -> ExportDeclarationResponse:
    """The answer that is sent again, without being asked, when the status has changed."""
    sent = declaration.document.replace(version=declaration.version)
    return ExportDeclarationResponse(
        **_heading(response_number, declaration.site, sent, now),
        **_judged((), accepted=True),
        **_standing(declaration),
    )


def _heading(number: int, site: str, document: ExportDeclaration, now: datetime) -> dict[str, Any]:
    return {
        "response_reference": response_reference(number),
        "response_version": 1,
        "function": MessageFunction.RESPONSE.value,
        "recipient_site": site,
        "answered_message": document.name,
        "answered_function": document.function,
        "sender_reference": document.sender_reference,
        "sender_reference_version": document.version,
        "responded_at": now,
    }


def _judged(findings: Sequence[Finding], *, accepted: bool) -> dict[str, Any]:
    listed = entries(findings, accepted=accepted)
    return {"entries": listed, "error_count": error_count(listed)}


def _standing(declaration: StoredDeclaration) -> dict[str, Any]:
    return {
        "declaration_number": declaration.edn,
        "status_type": declaration.status.value,
        "status_description": declaration.status.description,
    }
