"""Rules on the requests and periodic declarations of accredited clients that need nothing but the document.

Sources: ICS software developers guide, business rules of RACEAN, EXPED1 and EXPED2. They carry no published ids.
"""

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.exports.codes import codes_of
from openics.exports.error_ids import ERROR_IDS
from openics.exports.policy import FOREIGN_ORIGIN, NO_QUANTITY, WEIGHT_UNITS
from openics.exports.rules_common import (
    EVERY_LIST,
    EVERY_REPORT,
    each_once,
    is_original,
    keeps,
)
from openics.exports.rules_document import heading_without_lines, line_action_given
from openics.messages.codes import MessageFunction, TransportMode
from openics.messages.exports.exped1 import PeriodicDeclarationByNumber
from openics.messages.exports.exped2 import AggregatedPeriodicDeclaration
from openics.messages.exports.periodic import PeriodicLine
from openics.messages.exports.racean import AccreditedNumberRequest

REQUEST: Final = "RACEAN business rules, ICS software developers guide"
BY_NUMBER: Final = "EXPED1 business rules, ICS software developers guide"
AGGREGATED: Final = "EXPED2 business rules, ICS software developers guide"

MOST_NUMBERS_REQUESTED: Final = 9999
"""Of one request (D)."""
MOST_PERIODIC_LINES: Final = 999
"""Of one declaration (D)."""
MOST_NUMBERS: Final = {"EXPED1": 300, "EXPED2": 999}
"""Accredited client numbers in one message (D)."""
MOST_LINES_OF_A_NUMBER: Final = 99
"""Of one number in EXPED1 (D)."""
MONTHS: Final = range(1, 13)

AnyPeriodic = PeriodicDeclarationByNumber | AggregatedPeriodicDeclaration


@rule("RACEAN-01", error=ERROR_IDS["RACEAN-01"], source=REQUEST, evidence="D")
def numbers_requested_possible(document: AccreditedNumberRequest) -> Verdict:
    """NUMBER OF ACEANS REQUESTED MUST BE 1 TO 9999"""
    if document.numbers_requested is None:
        return None
    return 1 <= document.numbers_requested <= MOST_NUMBERS_REQUESTED


@rule("EXPED-01", error=ERROR_IDS["EXPED-01"], source=BY_NUMBER, evidence="D")
def numbers_limited(document: AnyPeriodic) -> Verdict:
    """A PERIODIC DECLARATION MAY NAME AT MOST 300 ACEANS, AN AGGREGATED ONE 999"""
    return len(set(_numbers(document))) <= MOST_NUMBERS[document.name]


@rule("EXPED-02", error=ERROR_IDS["EXPED-02"], source=AGGREGATED, evidence="D")
def periodic_lines_limited(document: AnyPeriodic) -> Verdict:
    """A PERIODIC DECLARATION MAY HAVE AT MOST 999 LINES"""
    return len(document.lines) <= MOST_PERIODIC_LINES


@rule("EXPED-03", error=ERROR_IDS["EXPED-03"], source=BY_NUMBER, evidence="D")
def lines_of_a_number_limited(document: PeriodicDeclarationByNumber) -> Verdict:
    """AN ACEAN MAY HAVE AT MOST 99 LINES"""
    counts: dict[str | None, int] = {}
    for consignment in document.consignments:
        counts[consignment.acean] = counts.get(consignment.acean, 0) + len(consignment.lines)
    return max(counts.values()) <= MOST_LINES_OF_A_NUMBER if counts else None


@rule("EXPED-04", error=ERROR_IDS["EXPED-04"], source=BY_NUMBER, evidence="I")
def declaration_number_given(document: AnyPeriodic) -> Verdict:
    """PERIODIC DECLARATION NUMBER MUST BE SUPPLIED UNLESS THE DECLARATION IS AN ORIGINAL"""
    return None if is_original(document) else document.declaration_number is not None


@rule("EXPED-05", error=ERROR_IDS["EXPED-05"], source=BY_NUMBER, evidence="D")
def one_fob_currency(document: AnyPeriodic) -> Verdict:
    """FOB CURRENCY MUST BE THE SAME FOR ALL LINES"""
    currencies = {consignment.fob_currency for consignment in document.consignments} - {None}
    return len(currencies) == 1 if currencies else None


@rule("EXPED-06", error=ERROR_IDS["EXPED-06"], source=BY_NUMBER, evidence="I")
def settlement_period_is_a_month(document: AnyPeriodic) -> Verdict:
    """SETTLEMENT PERIOD {document.settlement_period} IS NO YEAR AND MONTH (CCYYMM)"""
    return None if document.settlement_period is None else int(document.settlement_period[4:]) in MONTHS


@rule("EXPED-07", error=ERROR_IDS["EXPED-07"], source=BY_NUMBER, evidence="I")
def lines_given(document: AnyPeriodic) -> Verdict:
    """AT LEAST ONE LINE MUST BE DECLARED"""
    return None if document.function == MessageFunction.REPLACE_HEADING else len(document.lines) > 0


@rule("EXPED-08", error=ERROR_IDS["EXPED-08"], source=BY_NUMBER, evidence="D")
def modes_known(document: AnyPeriodic) -> Verdict:
    """MODE OF TRANSPORT MUST BE 11 (SEA) OR 6 (AIR)"""
    modes = {consignment.transport_mode for consignment in document.consignments} - {None}
    return modes <= codes_of(TransportMode) if modes else None


@rule("EXPED-09", error=ERROR_IDS["EXPED-09"], source=BY_NUMBER, evidence="D", per_line=True)
def net_quantity_given(line: PeriodicLine, document: AnyPeriodic) -> Verdict:
    """NET QUANTITY MUST BE MORE THAN 0 UNLESS THE UNIT IS NR"""
    if line.net_quantity_unit == NO_QUANTITY or not keeps(line, document):
        return None
    return line.net_quantity is not None and line.net_quantity > 0


@rule("EXPED-10", error=ERROR_IDS["EXPED-10"], source=BY_NUMBER, evidence="I", per_line=True)
def gross_weight_possible(line: PeriodicLine, document: AnyPeriodic) -> Verdict:
    """GROSS WEIGHT MUST BE MORE THAN 0, IN KG, T OR G"""
    if line.gross_weight is None or not keeps(line, document):
        return None
    return line.gross_weight > 0 and line.gross_weight_unit in WEIGHT_UNITS


@rule("EXPED-11", error=ERROR_IDS["EXPED-11"], source=BY_NUMBER, evidence="I", per_line=True)
def fob_value_possible(line: PeriodicLine, document: AnyPeriodic) -> Verdict:
    """FOB VALUE MUST NOT BE NEGATIVE"""
    return None if line.fob_value is None or not keeps(line, document) else line.fob_value >= 0


@rule("EXPED-12", error=ERROR_IDS["EXPED-12"], source=BY_NUMBER, evidence="D", per_line=True)
def foreign_origin_named(line: PeriodicLine, document: AnyPeriodic) -> Verdict:
    """GOODS ORIGIN COUNTRY MUST BE SUPPLIED WHEN THE ORIGIN IS YY-FO"""
    if line.origin_code != FOREIGN_ORIGIN or not keeps(line, document):
        return None
    return line.origin_country is not None


@rule("EXPED-13", error=ERROR_IDS["EXPED-13"], source=AGGREGATED, evidence="I")
def numbers_once(document: AggregatedPeriodicDeclaration) -> Verdict:
    """EACH ACEAN MAY BE STATED ONLY ONCE"""
    return each_once(_numbers(document))


def _numbers(document: AnyPeriodic) -> list[str]:
    if isinstance(document, AggregatedPeriodicDeclaration):
        return [number for consignment in document.consignments for number in consignment.aceans]
    return [consignment.acean for consignment in document.consignments if consignment.acean]


_BOTH: Final[tuple[Rule, ...]] = (
    *EVERY_LIST,
    declaration_number_given,
    settlement_period_is_a_month,
    numbers_limited,
    periodic_lines_limited,
    lines_given,
    one_fob_currency,
    modes_known,
    heading_without_lines,
    line_action_given,
    net_quantity_given,
    gross_weight_possible,
    fob_value_possible,
    foreign_origin_named,
)

REQUEST_RULES: Final[tuple[Rule, ...]] = (*EVERY_REPORT, numbers_requested_possible)
"""In the order in which their errors are reported."""

BY_NUMBER_RULES: Final[tuple[Rule, ...]] = (*_BOTH, lines_of_a_number_limited)
"""In the order in which their errors are reported."""

AGGREGATED_RULES: Final[tuple[Rule, ...]] = (*_BOTH, numbers_once)
"""In the order in which their errors are reported."""
