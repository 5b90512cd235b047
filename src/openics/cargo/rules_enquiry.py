"""Rules on cargo lists and on establishment queries that need nothing but the message.

Source: ICS software developers guide, CARLST and SEQ business rules.
"""

# ruff: noqa: ARG001 - every line rule takes the line and the document, whichever of them it needs

from typing import Final

from openics.cargo.error_ids_movement import ERROR_IDS
from openics.cargo.identifiers import is_container
from openics.cargo.rules_lines import (
    ACTION_RULES,
    REFERENCE_RULES,
    container_number_checked,
    loose_cargo_in_no_container,
)
from openics.cargo.rules_reports import function_allowed, original_from_version_one
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.carlst import CargoList, CargoListLine
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.cargo.codes_movement import QueryFunction
from openics.messages.cargo.seq import EstablishmentQuery
from openics.messages.codes import LineAction, MessageFunction
from openics.voyages.rules_arrival import vessel_id_checked

LIST_PAGE: Final = "CARLST business rules, ICS software developers guide"
QUERY_PAGE: Final = "SEQ business rules, ICS software developers guide"


@rule("CARLST-01", error=ERROR_IDS["CARLST-01"], source=LIST_PAGE, evidence="I", per_line=True)
def empty_container_by_its_number(line: CargoListLine, document: CargoList) -> Verdict:
    """AN EMPTY CONTAINER IS LISTED BY ITS NUMBER; {line.reference} IS A BILL"""
    return line.container is not None if line.cargo_type == ImportCargoType.EMPTY else None


@rule(
    "CARLST-02", error=ERROR_IDS["CARLST-02"], source=LIST_PAGE, evidence="I", severity=Severity.ADVICE, per_line=True
)
def packages_of_break_bulk(line: CargoListLine, document: CargoList) -> Verdict:
    """NUMBER OF PACKAGES AND PACKAGE TYPE OF BREAK BULK CARGO {line.reference} SHOULD BE SUPPLIED"""
    withdrawn = document.function == MessageFunction.WITHDRAW
    if line.cargo_type != ImportCargoType.BREAK_BULK or line.action == LineAction.DELETE or withdrawn:
        return None
    return line.packages is not None and line.package_type is not None


@rule("SEQ-01", error=ERROR_IDS["SEQ-01"], source=QUERY_PAGE, evidence="I")
def query_function_known(document: EstablishmentQuery) -> Verdict:
    """TRANSACTION TYPE MUST BE 9 OR 13"""
    return document.function in QueryFunction.meanings()


@rule("SEQ-02", error=ERROR_IDS["SEQ-02"], source=QUERY_PAGE, evidence="D")
def goods_quoted(document: EstablishmentQuery) -> Verdict:
    """CONTAINER NUMBER MUST BE SUPPLIED FOR FCL AND FCX, CONTAINER NUMBER AND OCEAN BILL FOR LCL, OCEAN BILL FOR BREAK BULK"""
    return document.container is not None or document.ocean_bill is not None


@rule("SEQ-03", error=ERROR_IDS["SEQ-03"], source=QUERY_PAGE, evidence="D")
def house_bill_with_ocean_bill(document: EstablishmentQuery) -> Verdict:
    """OCEAN BILL MUST BE SUPPLIED WITH HOUSE BILL {document.house_bill}"""
    return None if document.house_bill is None else document.ocean_bill is not None


@rule(
    "SEQ-04",
    error=ERROR_IDS["SEQ-04"],
    source="ISO 6346; vendor's advice that not all containers conform",
    evidence="D",
    severity=Severity.ADVICE,
)
def queried_container_checked(document: EstablishmentQuery) -> Verdict:
    """CONTAINER NUMBER {document.container} HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"""
    return None if document.container is None else is_container(document.container)


LIST_RULES: Final[tuple[Rule, ...]] = (
    function_allowed,
    original_from_version_one,
    vessel_id_checked,
    *ACTION_RULES,
    *REFERENCE_RULES,
    loose_cargo_in_no_container,
    empty_container_by_its_number,
    packages_of_break_bulk,
    container_number_checked,
)
"""The rules on cargo lists, in the order in which their errors are reported."""

QUERY_RULES: Final[tuple[Rule, ...]] = (
    query_function_known,
    goods_quoted,
    house_bill_with_ocean_bill,
    vessel_id_checked,
    queried_container_checked,
)
"""The rules on establishment queries, in the order in which their errors are reported."""
