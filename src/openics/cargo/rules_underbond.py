"""Rules on an underbond movement request that need nothing but the request.

Source: ICS software developers guide, UBMREQ business rules; ABF on transhipped goods.
"""

from typing import Final

from openics.cargo.error_ids_movement import ERROR_IDS
from openics.cargo.rules_lines import (
    ACTION_RULES,
    HOUSE,
    MASTER,
    REFERENCE_RULES,
    container_number_checked,
    empty_on_a_cargo_list,
    loose_cargo_in_no_container,
    waybill_number_checked,
)
from openics.cargo.rules_reports import original_from_version_one
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.codes import MovementMode, RequestFunction, UnderbondReason
from openics.messages.cargo.codes_movement import AirReference, SeaReference
from openics.messages.cargo.ubmreq import MovementLine, UnderbondRequest
from openics.messages.codes import LineAction, MessageFunction, TransportMode
from openics.voyages.rules_arrival import vessel_id_checked

RULES_PAGE: Final = "UBMREQ business rules, ICS software developers guide"
TRANSHIPMENT: Final = "transhipped goods, ABF"
AUSTRALIA: Final = "AU"
VESSELS: Final = frozenset({MovementMode.INTERNATIONAL_VESSEL, MovementMode.DOMESTIC_VESSEL})
REFERENCES: Final = {TransportMode.SEA: SeaReference.meanings(), TransportMode.AIR: AirReference.meanings()}


@rule("G01-UBMREQ", error=ERROR_IDS["G01-UBMREQ"], source=RULES_PAGE, evidence="D")
def function_allowed(document: UnderbondRequest) -> Verdict:
    """TRANSACTION TYPE MUST BE 9, 4, 5 OR 50"""
    return document.function in RequestFunction.meanings()


@rule("UBMREQ-01", error=ERROR_IDS["UBMREQ-01"], source=RULES_PAGE, evidence="D")
def reason_known(document: UnderbondRequest) -> Verdict:
    """REQUEST REASON MUST BE DEL, DCL, MOV, TUW, TSH OR AQS"""
    return None if document.request_reason is None else document.request_reason in UnderbondReason.meanings()


@rule("UBMREQ-02", error=ERROR_IDS["UBMREQ-02"], source=RULES_PAGE, evidence="D")
def vessel_named_by_sea(document: UnderbondRequest) -> Verdict:
    """VESSEL ID MUST BE SUPPLIED FOR CARGO THAT ARRIVES BY SEA"""
    return None if _repeats_nothing(document) or not _by_sea(document) else document.vessel_id is not None


@rule("UBMREQ-03", error=ERROR_IDS["UBMREQ-03"], source=RULES_PAGE, evidence="I")
def airline_named_by_air(document: UnderbondRequest) -> Verdict:
    """AIRLINE CODE MUST BE SUPPLIED FOR CARGO THAT ARRIVES BY AIR"""
    return None if _repeats_nothing(document) or _by_sea(document) else document.airline is not None


@rule("UBMREQ-04", error=ERROR_IDS["UBMREQ-04"], source=RULES_PAGE, evidence="D")
def arrival_date_by_air(document: UnderbondRequest) -> Verdict:
    """ESTIMATED ARRIVAL DATE MUST BE SUPPLIED FOR CARGO THAT ARRIVES BY AIR"""
    return None if _repeats_nothing(document) or _by_sea(document) else document.estimated_arrival is not None


@rule("UBMREQ-05", error=ERROR_IDS["UBMREQ-05"], source=RULES_PAGE, evidence="D")
def discharge_establishment_by_sea(document: UnderbondRequest) -> Verdict:
    """DISCHARGE ESTABLISHMENT ID MAY BE SUPPLIED FOR CARGO THAT ARRIVES BY SEA ONLY"""
    return None if document.discharge_establishment is None else _by_sea(document)


@rule("UBMREQ-06", error=ERROR_IDS["UBMREQ-06"], source=RULES_PAGE, evidence="D")
def destination_differs(document: UnderbondRequest) -> Verdict:
    """DESTINATION ESTABLISHMENT {document.destination_establishment} MUST DIFFER FROM THE ORIGINATING ESTABLISHMENT"""
    if document.destination_establishment is None:
        return None
    return document.destination_establishment != document.origin_establishment


@rule("UBMREQ-07", error=ERROR_IDS["UBMREQ-07"], source=RULES_PAGE, evidence="D")
def port_for_transhipment_only(document: UnderbondRequest) -> Verdict:
    """TRANSHIPMENT OVERSEAS PORT MUST BE BLANK UNLESS THE REQUEST REASON IS TSH"""
    return None if document.transhipment_port is None else document.request_reason == UnderbondReason.TRANSHIPMENT


@rule("TS02", error=ERROR_IDS["TS02"], source=TRANSHIPMENT, evidence="D")
def transhipment_port_overseas(document: UnderbondRequest) -> Verdict:
    """TRANSHIPMENT OVERSEAS PORT {document.transhipment_port} IS AN AUSTRALIAN PORT"""
    return None if document.transhipment_port is None else not document.transhipment_port.startswith(AUSTRALIA)


@rule("UBMREQ-08", error=ERROR_IDS["UBMREQ-08"], source=RULES_PAGE, evidence="I")
def moving_ship_for_sea_movements(document: UnderbondRequest) -> Verdict:
    """VESSEL AND VOYAGE OF THE MOVEMENT MAY BE SUPPLIED ONLY WHEN THE MODE OF MOVEMENT IS A VESSEL"""
    if document.movement_vessel_id is None and document.movement_voyage is None:
        return None
    return document.movement_mode in VESSELS


@rule("UBMREQ-09", error=ERROR_IDS["UBMREQ-09"], source=RULES_PAGE, evidence="I", per_line=True)
def reference_of_the_mode(line: MovementLine, document: UnderbondRequest) -> Verdict:
    """{line.reference} MUST BE A CONTAINER OR A BILL BY SEA, A WAYBILL BY AIR"""
    return line.reference_type in REFERENCES[TransportMode.SEA if _by_sea(document) else TransportMode.AIR]


@rule(
    "UBMREQ-10", error=ERROR_IDS["UBMREQ-10"], source=RULES_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True
)
def cargo_type_by_sea(line: MovementLine, document: UnderbondRequest) -> Verdict:
    """CARGO TYPE OF {line.reference} SHOULD BE SUPPLIED FOR CARGO THAT ARRIVES BY SEA"""
    if not _by_sea(document) or line.action == LineAction.DELETE or _repeats_nothing(document):
        return None
    return line.cargo_type is not None


@rule(
    "UBMREQ-11", error=ERROR_IDS["UBMREQ-11"], source=RULES_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True
)
def packages_of_bills(line: MovementLine, document: UnderbondRequest) -> Verdict:
    """NUMBER OF PACKAGES OF BILL OR WAYBILL {line.reference} SHOULD BE SUPPLIED"""
    if line.reference_type not in HOUSE | MASTER or line.action == LineAction.DELETE or _repeats_nothing(document):
        return None
    return line.packages is not None


@rule("UBMREQ-12", error=ERROR_IDS["UBMREQ-12"], source=RULES_PAGE, evidence="I", per_line=True)
def replacement_inserts(line: MovementLine, document: UnderbondRequest) -> Verdict:
    """A REPLACEMENT CARRIES ALL LINES AGAIN; LINE {line.number} CANNOT BE AMENDED OR DELETED BY IT"""
    return line.action in (None, LineAction.INSERT) if document.function == MessageFunction.REPLACE else None


def _by_sea(document: UnderbondRequest) -> bool:
    return document.arrives_by_sea


def _repeats_nothing(document: UnderbondRequest) -> bool:
    """A withdrawal names the request; what was asked for need not be said again."""
    return document.function == MessageFunction.WITHDRAW


UNDERBOND_RULES: Final[tuple[Rule, ...]] = (
    function_allowed,
    original_from_version_one,
    reason_known,
    vessel_named_by_sea,
    airline_named_by_air,
    arrival_date_by_air,
    discharge_establishment_by_sea,
    destination_differs,
    port_for_transhipment_only,
    transhipment_port_overseas,
    moving_ship_for_sea_movements,
    vessel_id_checked,
    *ACTION_RULES,
    replacement_inserts,
    *REFERENCE_RULES,
    reference_of_the_mode,
    cargo_type_by_sea,
    loose_cargo_in_no_container,
    empty_on_a_cargo_list,
    packages_of_bills,
    container_number_checked,
    waybill_number_checked,
)
"""In the order in which their errors are reported."""
