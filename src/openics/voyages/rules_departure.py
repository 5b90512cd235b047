"""Rules on departure reports that need nothing but the report.

Source: ICS software developers guide, DEPART business rules and items.
"""

from typing import Final

from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.codes import MessageFunction, TransportMode
from openics.messages.voyages.codes import DepartureFunction
from openics.messages.voyages.depart import Departure
from openics.voyages.error_ids import ERROR_IDS
from openics.voyages.identifiers import is_imo_number, looks_like_imo_number

RULES_PAGE: Final = "DEPART business rules, ICS software developers guide"
COMMON: Final = "business rules of the export messages, ICS software developers guide"


@rule("D01", error=ERROR_IDS["D01"], source=RULES_PAGE, evidence="D")
def function_allowed(document: Departure) -> Verdict:
    """TRANSACTION TYPE MUST BE 9, 5 OR 50"""
    return document.function in DepartureFunction.meanings()


@rule("DEPART-01", error=ERROR_IDS["DEPART-01"], source=COMMON, evidence="D")
def original_from_version_one(document: Departure) -> Verdict:
    """SENDER REFERENCE VERSION OF AN ORIGINAL MUST BE 1 OR HIGHER"""
    if document.function != MessageFunction.ORIGINAL or document.version is None:
        return None
    return document.version >= 1


@rule("DEPART-02", error=ERROR_IDS["DEPART-02"], source=RULES_PAGE, evidence="D")
def one_mode_of_transport(document: Departure) -> Verdict:
    """MODE OF TRANSPORT MUST BE SUPPLIED: REPORT EITHER A SHIP OR A FLIGHT"""
    return len(document.transport_modes) == 1


@rule("DEPART-03", error=ERROR_IDS["DEPART-03"], source=RULES_PAGE, evidence="D")
def carrier_given_by_sea(document: Departure) -> Verdict:
    """CARRIER PARTY ID MUST BE SUPPLIED BY SEA"""
    return bool(document.carrier_party) if TransportMode.SEA in document.transport_modes else None


@rule("DEPART-04", error=ERROR_IDS["DEPART-04"], source=RULES_PAGE, evidence="D")
def vessel_given_by_sea(document: Departure) -> Verdict:
    """VESSEL ID MUST BE SUPPLIED BY SEA"""
    return bool(document.vessel_id) if TransportMode.SEA in document.transport_modes else None


@rule("DEPART-05", error=ERROR_IDS["DEPART-05"], source=RULES_PAGE, evidence="D")
def voyage_given_by_sea(document: Departure) -> Verdict:
    """VOYAGE NUMBER MUST BE SUPPLIED BY SEA"""
    return bool(document.voyage_number) if TransportMode.SEA in document.transport_modes else None


@rule("DEPART-06", error=ERROR_IDS["DEPART-06"], source=RULES_PAGE, evidence="D")
def flight_given_by_air(document: Departure) -> Verdict:
    """FLIGHT NUMBER MUST BE SUPPLIED BY AIR"""
    return bool(document.flight_number) if TransportMode.AIR in document.transport_modes else None


@rule("DEPART-07", error=ERROR_IDS["DEPART-07"], source=RULES_PAGE, evidence="D")
def airline_given_by_air(document: Departure) -> Verdict:
    """AIRLINE CODE MUST BE SUPPLIED BY AIR"""
    return bool(document.airline) if TransportMode.AIR in document.transport_modes else None


@rule(
    "DEPART-08",
    error=ERROR_IDS["DEPART-08"],
    source="CEO Instrument of Approval No. 57 of 2005; check digit of the IMO ship identification number",
    evidence="I",
    severity=Severity.ADVICE,
)
def vessel_id_checked(document: Departure) -> Verdict:
    """THE CHECK DIGIT OF VESSEL ID {document.vessel_id} IS WRONG FOR AN IMO NUMBER"""
    if document.vessel_id is None or not looks_like_imo_number(document.vessel_id):
        return None
    return is_imo_number(document.vessel_id)


DEPARTURE_RULES: Final[tuple[Rule, ...]] = (
    function_allowed,
    original_from_version_one,
    one_mode_of_transport,
    carrier_given_by_sea,
    vessel_given_by_sea,
    voyage_given_by_sea,
    flight_given_by_air,
    airline_given_by_air,
    vessel_id_checked,
)
"""In the order in which their errors are reported."""
