"""Rules on air cargo reports that need nothing but the report.

Source: ICS software developers guide, AIRCR business rules.
"""

from typing import Final

from openics.cargo.error_ids import ERROR_IDS
from openics.cargo.identifiers import is_air_waybill
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.air_reports import AirReport
from openics.messages.codes import MessageFunction

RULES_PAGE: Final = "AIRCR business rules, ICS software developers guide"


@rule("CR06-A", error=ERROR_IDS["CR06-A"], source=RULES_PAGE, evidence="D")
def parent_of_house_waybill_only(document: AirReport) -> Verdict:
    """PARENT SUB-MASTER WAYBILL MAY BE SUPPLIED FOR A HOUSE WAYBILL ONLY"""
    return bool(document.house_waybill) if document.parent_waybill else None


@rule("AIRCR-01", error=ERROR_IDS["AIRCR-01"], source=RULES_PAGE, evidence="D")
def payment_method_with_declared_value(document: AirReport) -> Verdict:
    """METHOD OF PAYMENT MUST BE SUPPLIED UNLESS THE DECLARED VALUE IS NDV"""
    if document.no_declared_value or document.function == MessageFunction.WITHDRAW:
        return None
    return bool(document.payment_method)


@rule("AIRCR-02", error=ERROR_IDS["AIRCR-02"], source=RULES_PAGE, evidence="I")
def declared_value_or_none(document: AirReport) -> Verdict:
    """DECLARED VALUE MUST BE AN AMOUNT OR NDV, NOT BOTH"""
    return document.declared_value is None if document.no_declared_value else None


@rule("AIRCR-03", error=ERROR_IDS["AIRCR-03"], source=RULES_PAGE, evidence="I")
def declared_value_with_currency(document: AirReport) -> Verdict:
    """DECLARED VALUE AND ITS CURRENCY MUST BE SUPPLIED TOGETHER"""
    if document.declared_value is None and document.declared_value_currency is None:
        return None
    return document.declared_value is not None and document.declared_value_currency is not None


@rule(
    "AIRCR-04",
    error=ERROR_IDS["AIRCR-04"],
    source="air waybill check digit routine, ICS software developers guide",
    evidence="D",
    severity=Severity.ADVICE,
)
def waybill_checked(document: AirReport) -> Verdict:
    """MASTER WAYBILL {document.master_waybill} IS NOT ELEVEN DIGITS WITH A RIGHT CHECK DIGIT"""
    return is_air_waybill(document.master_waybill) if document.master_waybill else None


AIR: Final[tuple[Rule, ...]] = (
    parent_of_house_waybill_only,
    payment_method_with_declared_value,
    declared_value_or_none,
    declared_value_with_currency,
    waybill_checked,
)
"""The rules of every air cargo report."""
