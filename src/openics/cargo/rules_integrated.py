"""Rules that integrated cargo reports add, and that need nothing but the report.

Source: ICS software developers guide, AIRINT and SEAINT business rules; on the movement those of UBMREQ.
"""

from typing import Final

from openics.cargo.error_ids import ERROR_IDS
from openics.cargo.rules_reports import PARTY_RULES, is_overseas, original_from_version_one
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.airint import AirIntegratedReport
from openics.messages.cargo.codes import IntegratedFunction, UnderbondReason
from openics.messages.cargo.reports import IntegratedReport
from openics.messages.codes import Indicator

RULES_PAGE: Final = "AIRINT and SEAINT business rules, ICS software developers guide"
MOVEMENT: Final = "UBMREQ business rules, ICS software developers guide"


@rule("IN01", error=ERROR_IDS["IN01"], source=RULES_PAGE, evidence="D")
def original_only(document: IntegratedReport) -> Verdict:
    """TRANSACTION TYPE MUST BE 9; CHANGE OR WITHDRAW THE CARGO REPORT AND THE UNDERBOND REQUEST BY THEMSELVES"""
    return document.function in IntegratedFunction.meanings()


@rule("IN05", error=ERROR_IDS["IN05"], source=RULES_PAGE, evidence="D")
def kind_of_cargo_allowed(document: AirIntegratedReport) -> Verdict:
    """AN INTEGRATED AIR CARGO REPORT IS FOR REPORTABLE DOCUMENTS, PERSONAL EFFECTS OR TRANSHIPMENT CARGO ONLY"""
    if Indicator.YES in (document.documents, document.personal_effects):
        return True
    return document.request_reason == UnderbondReason.TRANSHIPMENT or is_transhipped(document)


def is_transhipped(document: IntegratedReport) -> bool:
    """Whether the cargo is discharged in Australia and goes on to a port overseas."""
    discharged_here = bool(document.port_of_discharge) and not is_overseas(document.port_of_discharge)
    return discharged_here and is_overseas(document.port_of_destination)


@rule("IN06", error=ERROR_IDS["IN06"], source=RULES_PAGE, evidence="D")
def request_reason_known(document: IntegratedReport) -> Verdict:
    """REQUEST REASON {document.request_reason} IS NOT KNOWN"""
    return document.request_reason in UnderbondReason.meanings() if document.request_reason else None


@rule("INT-01", error=ERROR_IDS["INT-01"], source=MOVEMENT, evidence="D")
def establishments_differ(document: IntegratedReport) -> Verdict:
    """DESTINATION ESTABLISHMENT ID MUST DIFFER FROM ORIGINATING ESTABLISHMENT ID {document.origin_establishment}"""
    if not document.origin_establishment or not document.destination_establishment:
        return None
    return document.origin_establishment != document.destination_establishment


@rule("INT-02", error=ERROR_IDS["INT-02"], source=MOVEMENT, evidence="D")
def transhipment_port_with_its_reason_only(document: IntegratedReport) -> Verdict:
    """TRANSHIPMENT OVERSEAS PORT MUST BE BLANK UNLESS THE REQUEST REASON IS TSH"""
    return None if document.request_reason == UnderbondReason.TRANSHIPMENT else not document.transhipment_port


@rule("INT-03", error=ERROR_IDS["INT-03"], source=MOVEMENT, evidence="I")
def transhipped_overseas(document: IntegratedReport) -> Verdict:
    """TRANSHIPMENT OVERSEAS PORT {document.transhipment_port} IS AN AUSTRALIAN PORT"""
    return is_overseas(document.transhipment_port) if document.transhipment_port else None


INTEGRATED: Final[tuple[Rule, ...]] = (
    original_only,
    original_from_version_one,
    request_reason_known,
    establishments_differ,
    transhipment_port_with_its_reason_only,
    transhipped_overseas,
    *PARTY_RULES,
)
"""The rules of every integrated report."""
