"""The answers of the voyages room: SEAIARR, AIRIARR, SEAAARR and AIRAARR."""

from collections.abc import Sequence
from typing import Final

from openics.decision.answers import entries, error_count
from openics.decision.findings import Finding
from openics.decision.numbers import response_reference
from openics.decision.outcome import Addressed
from openics.messages.codes import MessageFunction
from openics.messages.response import ErrorResponse
from openics.messages.voyages.airaarr import AirActualArrivalResponse
from openics.messages.voyages.airiarr import AirImpendingArrivalResponse
from openics.messages.voyages.seaaarr import SeaActualArrivalResponse
from openics.messages.voyages.seaiarr import SeaImpendingArrivalResponse
from openics.voyages.case import ReportCase

ANSWERS: Final[dict[str, type[ErrorResponse]]] = {
    "SEAIAR": SeaImpendingArrivalResponse,
    "AIRIAR": AirImpendingArrivalResponse,
    "SEAAAR": SeaActualArrivalResponse,
    "AIRAAR": AirActualArrivalResponse,
}
"""The answer to each report."""


def answers(case: ReportCase, findings: Sequence[Finding], *, accepted: bool) -> tuple[Addressed, ...]:
    """The answer to a report; none when there is nothing to say (rule R01)."""
    if not findings:
        return ()
    listed = entries(findings, accepted=accepted)
    document = case.document
    answer = ANSWERS[document.name](
        response_reference=response_reference(case.facts.response_numbers[case.request.number]),
        response_version=1,
        function=MessageFunction.RESPONSE.value,
        recipient_site=case.request.site,
        answered_message=document.name,
        answered_function=document.function,
        sender_reference=document.sender_reference,
        sender_reference_version=document.version,
        responded_at=case.now,
        entries=listed,
        error_count=error_count(listed),
    )
    return (Addressed(case.request.site, answer),)
