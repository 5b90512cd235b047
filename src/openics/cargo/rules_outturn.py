"""Rules on outturn reports that need nothing but the report.

Source: ICS software developers guide, AIROUT and SEAOUT business rules; their items from the approved statements of 2005.
"""

# ruff: noqa: ARG001 - every line rule takes the line and the document, whichever of them it needs

from typing import Final

from openics.cargo.error_ids_movement import ERROR_IDS
from openics.cargo.identifiers import is_container
from openics.cargo.rules_lines import (
    ACTION_RULES,
    HOUSE,
    MASTER,
    REFERENCE_RULES,
    container_number_checked,
    empty_on_a_cargo_list,
    line_numbers_differ,
    loose_cargo_in_no_container,
    waybill_number_checked,
)
from openics.cargo.rules_reports import function_allowed, original_from_version_one
from openics.cargo.rules_sea_reports import original_inserts, withdrawn_as_a_whole
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.airout import AirOutturn, AirOutturnLine
from openics.messages.cargo.codes_movement import OutturnResult
from openics.messages.cargo.seaout import SeaOutturn, SeaOutturnLine
from openics.messages.codes import LineAction, MessageFunction
from openics.voyages.rules_arrival import vessel_id_checked

AIR_PAGE: Final = "AIROUT business rules, ICS software developers guide"
SEA_PAGE: Final = "SEAOUT business rules, ICS software developers guide"


@rule("AIROUT-01", error=ERROR_IDS["AIROUT-01"], source=AIR_PAGE, evidence="I", per_line=True)
def surplus_has_packages(line: AirOutturnLine, document: AirOutturn) -> Verdict:
    """NUMBER OF PACKAGES OF SURPLUS WAYBILL {line.reference} MUST BE MORE THAN 0"""
    if line.result != OutturnResult.SURPLUS or line.action == LineAction.DELETE or line.packages is None:
        return None
    return line.packages > 0


@rule("L02-SEAOUT", error=ERROR_IDS["L02-SEAOUT"], source=SEA_PAGE, evidence="D", per_line=True)
def line_inserted_or_deleted(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """LINE ACTION CODE OF LINE {line.number} MUST BE I OR D ON A CHANGE, IF IT IS SUPPLIED; NO LINE CAN BE AMENDED"""
    if document.function != MessageFunction.CHANGE or line.action is None:
        return None
    return line.action in (LineAction.INSERT, LineAction.DELETE)


@rule("SEAOUT-01", error=ERROR_IDS["SEAOUT-01"], source=SEA_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True)
def packages_of_a_bill(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """NUMBER OF PACKAGES AND PACKAGE TYPE OF BILL {line.reference} SHOULD BE SUPPLIED"""
    if not _is_bill(line) or not _received(line, document):
        return None
    return line.packages is not None and line.package_type is not None


@rule("SEAOUT-02", error=ERROR_IDS["SEAOUT-02"], source=SEA_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True)
def receipt_of_a_container(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """RECEIPT DATE OF CONTAINER {line.reference} SHOULD BE SUPPLIED"""
    if line.container is None or not _received(line, document):
        return None
    return line.receipt_date is not None


@rule("SEAOUT-03", error=ERROR_IDS["SEAOUT-03"], source=SEA_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True)
def unpacked_when_and_from_what(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """UNPACK DATE AND CONTAINER UNPACKED OF {line.reference} SHOULD BE SUPPLIED TOGETHER, AND FOR A BILL ONLY"""
    given = (line.unpack_date is not None, line.unpacked_from is not None)
    return all((*given, _is_bill(line))) if any(given) else None


@rule("SEAOUT-04", error=ERROR_IDS["SEAOUT-04"], source=SEA_PAGE, evidence="I", per_line=True)
def times_have_dates(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """A TIME OF RECEIPT OR UNPACKING OF {line.reference} MUST HAVE ITS DATE"""
    pairs = ((line.receipt_date, line.receipt_time), (line.unpack_date, line.unpack_time))
    timed = [given_date for given_date, given_time in pairs if given_time is not None]
    return None not in timed if timed else None


@rule("SEAOUT-05", error=ERROR_IDS["SEAOUT-05"], source=SEA_PAGE, evidence="I", per_line=True)
def short_or_surplus(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """PACKAGES OF {line.reference} CANNOT BE BOTH SHORT AND SURPLUS"""
    return not (line.short and line.surplus) if line.short or line.surplus else None


@rule("SEAOUT-06", error=ERROR_IDS["SEAOUT-06"], source=SEA_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True)
def damage_described(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """DAMAGE OR PILLAGE TEXT OF {line.reference} SHOULD BE SUPPLIED WHEN PACKAGES ARE DAMAGED OR PILLAGED"""
    return line.damage_text is not None if line.damaged else None


@rule(
    "SEAOUT-07",
    error=ERROR_IDS["SEAOUT-07"],
    source="ISO 6346; vendor's advice that not all containers conform",
    evidence="D",
    severity=Severity.ADVICE,
    per_line=True,
)
def unpacked_container_checked(line: SeaOutturnLine, document: SeaOutturn) -> Verdict:
    """CONTAINER NUMBER {line.unpacked_from} HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"""
    return None if line.unpacked_from is None else is_container(line.unpacked_from)


def _received(line: SeaOutturnLine, document: SeaOutturn) -> bool:
    """Whether a line says what was received: it is not deleted, nor its report withdrawn."""
    return line.action != LineAction.DELETE and document.function != MessageFunction.WITHDRAW


def _is_bill(line: SeaOutturnLine) -> bool:
    return line.reference_type in HOUSE | MASTER


AIR_OUTTURN_RULES: Final[tuple[Rule, ...]] = (
    function_allowed,
    original_from_version_one,
    *ACTION_RULES,
    *REFERENCE_RULES,
    surplus_has_packages,
    waybill_number_checked,
)
"""In the order in which their errors are reported."""

SEA_OUTTURN_RULES: Final[tuple[Rule, ...]] = (
    function_allowed,
    original_from_version_one,
    vessel_id_checked,
    line_numbers_differ,
    withdrawn_as_a_whole,
    original_inserts,
    line_inserted_or_deleted,
    *REFERENCE_RULES,
    loose_cargo_in_no_container,
    empty_on_a_cargo_list,
    packages_of_a_bill,
    receipt_of_a_container,
    unpacked_when_and_from_what,
    times_have_dates,
    short_or_surplus,
    damage_described,
    container_number_checked,
    unpacked_container_checked,
)
"""In the order in which their errors are reported."""
