"""Rules on arrival reports that need nothing but the report.

Source: ICS software developers guide, business rules of AIRIAR, SEAIAR, AIRAAR and SEAAAR.
"""

from typing import Final

from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.codes import LineAction, MessageFunction
from openics.messages.voyages.arrivals import (
    ActualArrivalReport,
    ArrivalReport,
    ImpendingArrivalReport,
    NumberedCall,
    ShipArrival,
)
from openics.messages.voyages.codes import ArrivalFunction
from openics.voyages.error_ids import ERROR_IDS
from openics.voyages.identifiers import is_imo_number, looks_like_imo_number

COMMON: Final = "business rules of the import cargo messages, ICS software developers guide"
IMPENDING: Final = "AIRIAR and SEAIAR business rules, ICS software developers guide"
AUSTRALIA: Final = "AU"


@rule("G01", error=ERROR_IDS["G01"], source=COMMON, evidence="D")
def function_allowed(document: ArrivalReport) -> Verdict:
    """TRANSACTION TYPE MUST BE 9, 4 OR 50"""
    return document.function in ArrivalFunction.meanings()


@rule("G03", error=ERROR_IDS["G03"], source=COMMON, evidence="D")
def original_from_version_one(document: ArrivalReport) -> Verdict:
    """SENDER REFERENCE VERSION OF AN ORIGINAL MUST BE 1 OR HIGHER"""
    if document.function != MessageFunction.ORIGINAL or document.version is None:
        return None
    return document.version >= 1


@rule("G10", error=ERROR_IDS["G10"], source=COMMON, evidence="I", per_line=True)
def withdrawn_as_a_whole(line: NumberedCall, document: ImpendingArrivalReport) -> Verdict:
    """A WITHDRAWAL APPLIES TO THE WHOLE REPORT; PORT {line.call.port} CANNOT BE AMENDED OR DELETED BY IT"""
    if document.function != MessageFunction.WITHDRAW:
        return None
    return line.call.action in (None, LineAction.INSERT)


@rule("L01", error=ERROR_IDS["L01"], source=COMMON, evidence="D", per_line=True)
def original_inserts(line: NumberedCall, document: ImpendingArrivalReport) -> Verdict:
    """LINE ACTION CODE OF PORT {line.call.port} MUST BE I ON AN ORIGINAL"""
    return line.call.action == LineAction.INSERT if document.function == MessageFunction.ORIGINAL else None


@rule("L02", error=ERROR_IDS["L02"], source=COMMON, evidence="D", per_line=True)
def change_says_what_becomes_of_a_port(line: NumberedCall, document: ImpendingArrivalReport) -> Verdict:
    """LINE ACTION CODE OF PORT {line.call.port} MUST BE I, A OR D ON A CHANGE, IF IT IS SUPPLIED"""
    if document.function != MessageFunction.CHANGE or line.call.action is None:
        return None
    return line.call.action in LineAction.meanings()


@rule("IAR-01", error=ERROR_IDS["IAR-01"], source=IMPENDING, evidence="I", per_line=True)
def port_reported_once(line: NumberedCall, document: ImpendingArrivalReport) -> Verdict:
    """PORT {line.call.port} IS REPORTED TWICE FOR {line.call.estimated_arrival_date}"""
    calls = [(call.port, call.estimated_arrival_date) for call in document.calls[: line.number - 1]]
    return (line.call.port, line.call.estimated_arrival_date) not in calls


@rule("IAR-02", error=ERROR_IDS["IAR-02"], source=IMPENDING, evidence="D", per_line=True)
def port_of_call_in_australia(line: NumberedCall, document: ImpendingArrivalReport) -> Verdict:  # noqa: ARG001
    """PORT OF CALL {line.call.port} IS NOT AN AUSTRALIAN PORT"""
    return line.call.port.startswith(AUSTRALIA) if line.call.port else None


@rule("IAR-03", error=ERROR_IDS["IAR-03"], source=IMPENDING, evidence="I")
def last_port_overseas(document: ImpendingArrivalReport) -> Verdict:
    """LAST OVERSEAS DEPARTURE PORT {document.last_overseas_port} IS AN AUSTRALIAN PORT"""
    return None if document.last_overseas_port is None else not document.last_overseas_port.startswith(AUSTRALIA)


@rule("IAR-04", error=ERROR_IDS["IAR-04"], source=IMPENDING, evidence="I")
def first_port_among_the_calls(document: ImpendingArrivalReport) -> Verdict:
    """FIRST ARRIVAL PORT {document.first_arrival_port} IS NOT AMONG THE PORTS OF CALL"""
    if document.function != MessageFunction.ORIGINAL or not document.first_arrival_port or not document.calls:
        return None
    return document.first_arrival_port in {call.port for call in document.calls}


@rule("AAR-01", error=ERROR_IDS["AAR-01"], source="AIRAAR business rules and user data dictionary", evidence="I")
def port_of_arrival_in_australia(document: ActualArrivalReport) -> Verdict:
    """PORT OF ARRIVAL {document.port_of_arrival} IS NOT AN AUSTRALIAN PORT"""
    return document.port_of_arrival.startswith(AUSTRALIA) if document.port_of_arrival else None


@rule(
    "VESSEL-01",
    error=ERROR_IDS["VESSEL-01"],
    source="CEO Instrument of Approval No. 57 of 2005; check digit of the IMO ship identification number",
    evidence="I",
    severity=Severity.ADVICE,
)
def vessel_id_checked(document: ShipArrival) -> Verdict:
    """THE CHECK DIGIT OF VESSEL ID {document.vessel_id} IS WRONG FOR AN IMO NUMBER"""
    if document.vessel_id is None or not looks_like_imo_number(document.vessel_id):
        return None
    return is_imo_number(document.vessel_id)


REPORT_RULES: Final[tuple[Rule, ...]] = (function_allowed, original_from_version_one)
"""The rules of every arrival report."""

IMPENDING_RULES: Final[tuple[Rule, ...]] = (
    *REPORT_RULES,
    last_port_overseas,
    first_port_among_the_calls,
    withdrawn_as_a_whole,
    original_inserts,
    change_says_what_becomes_of_a_port,
    port_reported_once,
    port_of_call_in_australia,
)
"""The rules of an impending arrival report, in the order in which their errors are reported."""

ACTUAL_RULES: Final[tuple[Rule, ...]] = (*REPORT_RULES, port_of_arrival_in_australia)
"""The rules of an actual arrival report."""
