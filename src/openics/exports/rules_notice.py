"""Rules on the notices of terminals, warehouses and depots that need nothing but the document.

Sources: ICS software developers guide, business rules of CTOREC, CTOREM, WARREL and DEPREL. Items whose condition carries
no published id are numbered here: TERMINAL-nn, WAREHOUSE-nn and DEPOT-nn.
"""

from collections.abc import Callable
from typing import Final

from openics.cargo.identifiers import is_air_waybill, is_container
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.exports.error_ids import ERROR_IDS
from openics.exports.rules_common import (
    EVERY_LIST,
    EVERY_REPORT,
    each_once,
    keeps,
    transport_mode_known,
    withdraws,
)
from openics.exports.rules_document import line_action_given
from openics.messages.codes import Indicator, TransportMode
from openics.messages.exports.codes import CargoIdType
from openics.messages.exports.ctorec import ReceivalLine, ReceivalNotice
from openics.messages.exports.ctorem import RemovalNotice
from openics.messages.exports.depot_notice import DepotNotice
from openics.messages.exports.terminal_notice import TerminalLine, TerminalNotice
from openics.messages.exports.warehouse_notice import WarehouseLine, WarehouseNotice

RECEIVAL: Final = "CTOREC business rules, ICS software developers guide"
REMOVAL: Final = "CTOREM business rules, ICS software developers guide"
WAREHOUSE: Final = "WARREL business rules, ICS software developers guide"
DEPOT: Final = "DEPREL business rules, ICS software developers guide"
STANDARDS: Final = "ISO 6346; IATA air waybill numbers"

MOST_RECEIVAL_LINES: Final = 999
"""Rule T01 (D)."""
MOST_REMOVAL_LINES: Final = 99
"""Rule R01 (D)."""
MOST_RELEASE_LINES: Final = 999
"""Of a warehouse's notice (D for WARREL)."""


@rule("T01", error=ERROR_IDS["T01"], source=RECEIVAL, evidence="D")
def receival_lines_limited(document: ReceivalNotice) -> Verdict:
    """A RECEIVAL NOTICE MAY HAVE AT MOST 999 LINES"""
    return len(document.lines) <= MOST_RECEIVAL_LINES


@rule("R01", error=ERROR_IDS["R01"], source=REMOVAL, evidence="D")
def removal_lines_limited(document: RemovalNotice) -> Verdict:
    """A REMOVAL NOTICE MAY HAVE AT MOST 99 LINES"""
    return len(document.lines) <= MOST_REMOVAL_LINES


@rule("T04", error=ERROR_IDS["T04"], source=RECEIVAL, evidence="D", per_line=True)
def cargo_id_fits_mode(line: TerminalLine, document: TerminalNotice) -> Verdict:
    """A LINE NAMES ONE AIR WAYBILL (AWB) BY AIR, ONE CONTAINER (AAQ) OR NON-CONTAINERISED ID (AKR) BY SEA"""
    if line.cargo_id_type is None or document.transport_mode is None:
        return None
    by_air = document.transport_mode == TransportMode.AIR
    return by_air is (line.cargo_id_type == CargoIdType.AIR_WAYBILL)


@rule("TERMINAL-01", error=ERROR_IDS["TERMINAL-01"], source=REMOVAL, evidence="D", per_line=True)
def number_or_exemption(line: TerminalLine, document: TerminalNotice) -> Verdict:
    """CUSTOMS AUTHORITY NUMBER OR EXPORT DECLARATION EXEMPTION CODE MUST BE SUPPLIED"""
    return bool(line.authority_number or line.exemption) if keeps(line, document) else None


@rule("TERMINAL-02", error=ERROR_IDS["TERMINAL-02"], source=RECEIVAL, evidence="D", per_line=True)
def one_number_or_exemption(line: TerminalLine, document: TerminalNotice) -> Verdict:  # noqa: ARG001 - as line rules are called
    """A LINE IS UNDER ONE CUSTOMS AUTHORITY NUMBER OR ONE EXEMPTION CODE, NOT BOTH"""
    return not line.exemption if line.authority_number else None


@rule(
    "TERMINAL-03",
    error=ERROR_IDS["TERMINAL-03"],
    source=STANDARDS,
    evidence="I",
    severity=Severity.ADVICE,
    per_line=True,
)
def cargo_id_checks(line: TerminalLine, document: TerminalNotice) -> Verdict:  # noqa: ARG001 - as line rules are called
    """CHECK DIGIT OF {line.cargo_id} IS NOT RIGHT; CHECK THE CONTAINER OR AIR WAYBILL NUMBER"""
    check = _CHECKS.get(line.cargo_id_type or "")
    return check(line.cargo_id) if check and line.cargo_id else None


@rule("TERMINAL-04", error=ERROR_IDS["TERMINAL-04"], source=RECEIVAL, evidence="I", per_line=True)
def previous_terminal_given(line: ReceivalLine, document: ReceivalNotice) -> Verdict:
    """PREVIOUS CTO ESTABLISHMENT ID MUST BE SUPPLIED FOR GOODS RECEIVED FROM ANOTHER WHARF OR AIRPORT"""
    if line.offload != Indicator.YES or not keeps(line, document):
        return None
    return line.previous_cto is not None and line.previous_cto != document.cto_establishment


@rule("WAREHOUSE-01", error=ERROR_IDS["WAREHOUSE-01"], source=WAREHOUSE, evidence="D")
def warehouse_lines_limited(document: WarehouseNotice) -> Verdict:
    """A NOTICE OF A WAREHOUSE MAY HAVE AT MOST 999 LINES"""
    return len(document.lines) <= MOST_RELEASE_LINES


@rule("WAREHOUSE-02", error=ERROR_IDS["WAREHOUSE-02"], source=WAREHOUSE, evidence="I", per_line=True)
def quantity_positive(line: WarehouseLine, document: WarehouseNotice) -> Verdict:
    """QUANTITY MUST BE MORE THAN 0"""
    return None if line.quantity is None or withdraws(document) else line.quantity > 0


@rule("WAREHOUSE-03", error=ERROR_IDS["WAREHOUSE-03"], source=WAREHOUSE, evidence="I")
def goods_leave_the_warehouse(document: WarehouseNotice) -> Verdict:
    """DESTINATION ESTABLISHMENT ID MUST NOT BE THAT OF THE WAREHOUSE"""
    if document.warehouse is None or document.other_establishment is None:
        return None
    return document.warehouse != document.other_establishment


@rule("DEPOT-01", error=ERROR_IDS["DEPOT-01"], source=DEPOT, evidence="I")
def goods_move(document: DepotNotice) -> Verdict:
    """ORIGIN AND DESTINATION MUST BE TWO ESTABLISHMENTS"""
    return None if document.origin is None or document.destination is None else document.origin != document.destination


@rule("DEPOT-02", error=ERROR_IDS["DEPOT-02"], source=DEPOT, evidence="I")
def numbers_once(document: DepotNotice) -> Verdict:
    """EACH CUSTOMS AUTHORITY NUMBER MAY BE STATED ONLY ONCE"""
    return each_once(document.authority_numbers)


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    CargoIdType.CONTAINER: is_container,
    CargoIdType.AIR_WAYBILL: is_air_waybill,
}

_TERMINAL: Final[tuple[Rule, ...]] = (
    transport_mode_known,
    line_action_given,
    number_or_exemption,
    one_number_or_exemption,
    cargo_id_fits_mode,
    cargo_id_checks,
)

RECEIVAL_RULES: Final[tuple[Rule, ...]] = (*EVERY_LIST, receival_lines_limited, *_TERMINAL, previous_terminal_given)
"""In the order in which their errors are reported."""

REMOVAL_RULES: Final[tuple[Rule, ...]] = (*EVERY_LIST, removal_lines_limited, *_TERMINAL)
"""In the order in which their errors are reported."""

WAREHOUSE_RULES: Final[tuple[Rule, ...]] = (
    *EVERY_LIST,
    warehouse_lines_limited,
    goods_leave_the_warehouse,
    quantity_positive,
)
"""In the order in which their errors are reported."""

DEPOT_RULES: Final[tuple[Rule, ...]] = (*EVERY_REPORT, goods_move, numbers_once)
"""In the order in which their errors are reported."""
