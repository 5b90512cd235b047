"""Rules on sea cargo reports that need nothing but the report.

Source: ICS software developers guide, SEACR business rules.
"""

from typing import Final

from openics.cargo.error_ids import ERROR_IDS
from openics.cargo.identifiers import is_container
from openics.cargo.rules_reports import COMMON, is_overseas
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.cargo.sea_reports import SeaCargoLine, SeaReport
from openics.messages.codes import LineAction, MessageFunction
from openics.voyages.identifiers import is_imo_number, looks_like_imo_number

RULES_PAGE: Final = "SEACR business rules, ICS software developers guide"
CARGO_TYPES: Final = "sea cargo types, Australian Border Force"
IN_CONTAINERS: Final = (
    ImportCargoType.FULL_CONTAINER,
    ImportCargoType.FULL_CONTAINER_MULTIPLE,
    ImportCargoType.LESS_THAN_CONTAINER,
)
LOOSE: Final = (ImportCargoType.BREAK_BULK, ImportCargoType.BULK)


@rule("CR06-B", error=ERROR_IDS["CR06-B"], source=RULES_PAGE, evidence="D")
def parent_of_house_bill_only(document: SeaReport) -> Verdict:
    """PARENT BILL MAY BE SUPPLIED FOR A HOUSE BILL ONLY"""
    return bool(document.house_bill) if document.parent_bill else None


@rule("CR09", error=ERROR_IDS["CR09"], source=RULES_PAGE, evidence="D")
def final_port_of_transit_cargo(document: SeaReport) -> Verdict:
    """FINAL AUSTRALIAN PORT MUST BE SUPPLIED WHEN PORT OF DISCHARGE AND PORT OF DESTINATION ARE BOTH OVERSEAS"""
    if document.function == MessageFunction.WITHDRAW:
        return None
    in_transit = is_overseas(document.port_of_discharge) and is_overseas(document.port_of_destination)
    return bool(document.final_australian_port) if in_transit else None


@rule("SEACR-01", error=ERROR_IDS["SEACR-01"], source=RULES_PAGE, evidence="I")
def final_port_in_australia(document: SeaReport) -> Verdict:
    """FINAL AUSTRALIAN PORT {document.final_australian_port} IS NOT AN AUSTRALIAN PORT"""
    return not is_overseas(document.final_australian_port) if document.final_australian_port else None


@rule(
    "SEACR-02",
    error=ERROR_IDS["SEACR-02"],
    source="CEO Instrument of Approval No. 57 of 2005; check digit of the IMO ship identification number",
    evidence="I",
    severity=Severity.ADVICE,
)
def vessel_id_checked(document: SeaReport) -> Verdict:
    """THE CHECK DIGIT OF VESSEL ID {document.vessel_id} IS WRONG FOR AN IMO NUMBER"""
    if document.vessel_id is None or not looks_like_imo_number(document.vessel_id):
        return None
    return is_imo_number(document.vessel_id)


@rule("G10", error=ERROR_IDS["G10"], source=COMMON, evidence="I", per_line=True)
def withdrawn_as_a_whole(line: SeaCargoLine, document: SeaReport) -> Verdict:
    """A WITHDRAWAL APPLIES TO THE WHOLE REPORT; LINE {line.number} CANNOT BE AMENDED OR DELETED BY IT"""
    return line.action in (None, LineAction.INSERT) if document.function == MessageFunction.WITHDRAW else None


@rule("L01", error=ERROR_IDS["L01"], source=COMMON, evidence="D", per_line=True)
def original_inserts(line: SeaCargoLine, document: SeaReport) -> Verdict:
    """LINE ACTION CODE OF LINE {line.number} MUST BE I ON AN ORIGINAL"""
    return line.action == LineAction.INSERT if document.function == MessageFunction.ORIGINAL else None


@rule("L02", error=ERROR_IDS["L02"], source=COMMON, evidence="I", per_line=True)
def change_says_what_becomes_of_a_line(line: SeaCargoLine, document: SeaReport) -> Verdict:
    """LINE ACTION CODE OF LINE {line.number} MUST BE I, A OR D ON A CHANGE, IF IT IS SUPPLIED"""
    if document.function != MessageFunction.CHANGE or line.action is None:
        return None
    return line.action in LineAction.meanings()


@rule("SEACR-03", error=ERROR_IDS["SEACR-03"], source=RULES_PAGE, evidence="I")
def line_numbers_once(document: SeaReport) -> Verdict:
    """LINE NUMBERS {document.repeated_numbers} OCCUR MORE THAN ONCE"""
    return not document.repeated_numbers


@rule("SEACR-04", error=ERROR_IDS["SEACR-04"], source=CARGO_TYPES, evidence="I", per_line=True)
def container_given(line: SeaCargoLine, document: SeaReport) -> Verdict:
    """CONTAINER NUMBER MUST BE SUPPLIED FOR CARGO TYPE {line.cargo_type}"""
    if document.function == MessageFunction.WITHDRAW:
        return None
    return bool(line.container) if line.cargo_type in IN_CONTAINERS else None


@rule("SEACR-05", error=ERROR_IDS["SEACR-05"], source=CARGO_TYPES, evidence="I", per_line=True)
def loose_cargo_without_container(line: SeaCargoLine, document: SeaReport) -> Verdict:  # noqa: ARG001
    """CARGO TYPE {line.cargo_type} IS NOT IN A CONTAINER; CONTAINER NUMBER MUST BE BLANK"""
    return not line.container if line.cargo_type in LOOSE else None


@rule("SEACR-06", error=ERROR_IDS["SEACR-06"], source=CARGO_TYPES, evidence="D", per_line=True)
def empty_containers_listed_not_reported(line: SeaCargoLine, document: SeaReport) -> Verdict:  # noqa: ARG001
    """AN EMPTY CONTAINER IS REPORTED ON A CARGO LIST, NOT ON A CARGO REPORT"""
    return line.cargo_type != ImportCargoType.EMPTY if line.cargo_type else None


@rule("SEACR-07", error=ERROR_IDS["SEACR-07"], source=CARGO_TYPES, evidence="I", per_line=True)
def packages_unless_bulk(line: SeaCargoLine, document: SeaReport) -> Verdict:
    """NUMBER OF PACKAGES AND PACKAGE TYPE MUST BE SUPPLIED UNLESS THE CARGO IS BULK"""
    withdrawn = document.function == MessageFunction.WITHDRAW
    if line.cargo_type == ImportCargoType.BULK or line.action == LineAction.DELETE or withdrawn:
        return None
    return line.packages is not None and bool(line.package_type)


@rule(
    "SEACR-08",
    error=ERROR_IDS["SEACR-08"],
    source="ISO 6346; advice only, as not all containers conform",
    evidence="D",
    severity=Severity.ADVICE,
    per_line=True,
)
def container_checked(line: SeaCargoLine, document: SeaReport) -> Verdict:  # noqa: ARG001
    """CONTAINER NUMBER {line.container} HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"""
    return is_container(line.container) if line.container else None


SEA: Final[tuple[Rule, ...]] = (
    parent_of_house_bill_only,
    final_port_of_transit_cargo,
    final_port_in_australia,
    vessel_id_checked,
    withdrawn_as_a_whole,
    original_inserts,
    change_says_what_becomes_of_a_line,
    line_numbers_once,
    container_given,
    loose_cargo_without_container,
    empty_containers_listed_not_reported,
    packages_unless_bulk,
    container_checked,
)
"""The rules of every sea cargo report, in the order in which their errors are reported."""
