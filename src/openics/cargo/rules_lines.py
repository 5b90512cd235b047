"""Rules on the lines of the messages on cargo lists, movements, discharge and outturn.

Sources: ICS software developers guide, business rules of these messages; sea cargo types of the ABF; ISO 6346; IATA.
"""

# ruff: noqa: ARG001 - every line rule takes the line and the document, whichever of them it needs

from typing import Final, Protocol

from openics.cargo.error_ids_movement import ERROR_IDS
from openics.cargo.identifiers import is_air_waybill, is_container
from openics.cargo.rules_sea_reports import (
    change_says_what_becomes_of_a_line,
    original_inserts,
    withdrawn_as_a_whole,
)
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.airout import AirOutturn
from openics.messages.cargo.carlst import CargoList, CargoListLine
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.cargo.codes_movement import CargoReference
from openics.messages.cargo.lines import KnownByReference
from openics.messages.cargo.prodis import ProgressiveDischarge
from openics.messages.cargo.seaout import SeaOutturn, SeaOutturnLine
from openics.messages.cargo.ubmreq import MovementLine, UnderbondRequest

LineReport = CargoList | UnderbondRequest | ProgressiveDischarge | AirOutturn | SeaOutturn
"""The messages that have lines."""

SeaLine = CargoListLine | SeaOutturnLine | MovementLine
"""The lines that have a cargo type."""

COMMON: Final = "business rules of the import cargo messages, ICS software developers guide"
CARGO_TYPES: Final = "sea cargo types, ABF"
HOUSE: Final = frozenset({CargoReference.HOUSE_BILL, CargoReference.HOUSE_WAYBILL})
MASTER: Final = frozenset({CargoReference.OCEAN_BILL, CargoReference.MASTER_WAYBILL})
LOOSE: Final = frozenset({ImportCargoType.BREAK_BULK, ImportCargoType.BULK})


class WithContainer(Protocol):
    """A line that may be about a container."""

    @property
    def container(self) -> str | None:
        """The number of the container."""


@rule("LINE-01", error=ERROR_IDS["LINE-01"], source=COMMON, evidence="I")
def line_numbers_differ(document: LineReport) -> Verdict:
    """LINE {document.repeated_numbers} OCCURS MORE THAN ONCE"""
    return not document.repeated_numbers if document.lines else None


@rule("LINE-02", error=ERROR_IDS["LINE-02"], source=COMMON, evidence="I", severity=Severity.ADVICE, per_line=True)
def parent_of_a_house_given(line: KnownByReference, document: LineReport) -> Verdict:
    """THE OCEAN BILL OR MASTER WAYBILL OF HOUSE BILL OR WAYBILL {line.reference} SHOULD BE SUPPLIED"""
    return line.parent is not None if line.reference_type in HOUSE else None


@rule("LINE-03", error=ERROR_IDS["LINE-03"], source=COMMON, evidence="I", per_line=True)
def nothing_above_a_master(line: KnownByReference, document: LineReport) -> Verdict:
    """{line.reference} IS AN OCEAN BILL OR A MASTER WAYBILL; NO BILL OR WAYBILL ABOVE IT MAY BE SUPPLIED"""
    return line.parent is None if line.reference_type in MASTER else None


@rule("LINE-04", error=ERROR_IDS["LINE-04"], source=CARGO_TYPES, evidence="D", per_line=True)
def loose_cargo_in_no_container(line: SeaLine, document: LineReport) -> Verdict:
    """BREAK BULK AND BULK CARGO IS NOT IN A CONTAINER; {line.reference} IS ONE"""
    return line.container is None if line.cargo_type in LOOSE else None


@rule("LINE-05", error=ERROR_IDS["LINE-05"], source=CARGO_TYPES, evidence="D", per_line=True)
def empty_on_a_cargo_list(line: SeaLine, document: UnderbondRequest | SeaOutturn) -> Verdict:
    """EMPTY CONTAINERS ARE REPORTED ON A CARGO LIST ONLY"""
    return None if line.cargo_type is None else line.cargo_type != ImportCargoType.EMPTY


@rule(
    "CONTAINER-01",
    error=ERROR_IDS["CONTAINER-01"],
    source="ISO 6346; vendor's advice that not all containers conform",
    evidence="D",
    severity=Severity.ADVICE,
    per_line=True,
)
def container_number_checked(line: WithContainer, document: LineReport) -> Verdict:
    """CONTAINER NUMBER {line.container} HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"""
    return None if line.container is None else is_container(line.container)


@rule(
    "WAYBILL-01",
    error=ERROR_IDS["WAYBILL-01"],
    source="air waybill check digit routine, ICS software developers guide",
    evidence="D",
    severity=Severity.ADVICE,
    per_line=True,
)
def waybill_number_checked(line: KnownByReference, document: LineReport) -> Verdict:
    """MASTER WAYBILL {line.master_waybill} IS NOT ELEVEN DIGITS WITH A RIGHT CHECK DIGIT"""
    return None if line.master_waybill is None else is_air_waybill(line.master_waybill)


ACTION_RULES: Final[tuple[Rule, ...]] = (
    line_numbers_differ,
    withdrawn_as_a_whole,
    original_inserts,
    change_says_what_becomes_of_a_line,
)
"""The rules on number and action of a line."""

REFERENCE_RULES: Final[tuple[Rule, ...]] = (parent_of_a_house_given, nothing_above_a_master)
"""The rules on what a line is known by."""
