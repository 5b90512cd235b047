"""Rules on payment approvals, on the document alone. Source: REMADV guidelines of ICS; the amounts of payment receipts."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.messages.revenue.payment import PaymentApproval, PeriodicPayment, WeeklyPayment
from openics.revenue.error_ids import ERROR_IDS
from openics.revenue.rules_common import BANK_RULES, REQUEST_RULES

GUIDE: Final = "PAYSTD, PAYPED and PAYWK guidelines, ICS software developers guide"
RECEIPTS: Final = "payment receipts in traffic"
CURRENCY: Final = "AUD"
WEEK: Final = timedelta(days=7)


@rule("PAY-02", error=ERROR_IDS["PAY-02"], source=GUIDE, evidence="I")
def something_is_paid(document: PaymentApproval) -> Verdict:
    """TOTAL MUST BE MORE THAN 0"""
    return None if document.total is None else document.total > 0


@rule("PAY-03", error=ERROR_IDS["PAY-03"], source=RECEIPTS, evidence="I")
def amounts_make_the_total(document: PaymentApproval) -> Verdict:
    """THE AMOUNTS DO NOT ADD UP TO THE TOTAL {document.total}"""
    if not document.amounts or document.total is None:
        return None
    return sum((each.amount or Decimal(0) for each in document.amounts), Decimal(0)) == document.total


@rule("PAY-04", error=ERROR_IDS["PAY-04"], source=RECEIPTS, evidence="I")
def amounts_differ(document: PaymentApproval) -> Verdict:
    """EACH TYPE OF AMOUNT MAY BE SUPPLIED ONCE"""
    kinds = [each.kind for each in document.amounts]
    return len(set(kinds)) == len(kinds) if kinds else None


@rule("PAY-05", error=ERROR_IDS["PAY-05"], source=RECEIPTS, evidence="I")
def paid_in_local_currency(document: PaymentApproval) -> Verdict:
    """CURRENCY {document.currency} IS NOT AUD"""
    return None if document.currency is None else document.currency == CURRENCY


@rule("PAY-07", error=ERROR_IDS["PAY-07"], source=GUIDE, evidence="I")
def period_complete(document: PeriodicPayment | WeeklyPayment) -> Verdict:
    """PERIOD START DATE AND PERIOD END DATE MUST BE SUPPLIED BOTH OR NEITHER, THE START NOT AFTER THE END"""
    if document.period_start is None and document.period_end is None:
        return None
    if document.period_start is None or document.period_end is None:
        return False
    return document.period_start <= document.period_end


@rule("PAY-08", error=ERROR_IDS["PAY-08"], source=GUIDE, evidence="I")
def paid_for_a_week(document: WeeklyPayment) -> Verdict:
    """THE WEEK PAID FOR MUST BE AT MOST SEVEN DAYS AND END BEFORE THE DAY OF PAYMENT {document.payment_date}"""
    first, last, paid = document.period_start, document.period_end, document.payment_date
    if first is None or last is None or paid is None or first > last:
        return None
    return last < paid and last - first < WEEK


PAYMENT_RULES: Final[tuple[Rule, ...]] = (
    *REQUEST_RULES,
    something_is_paid,
    amounts_make_the_total,
    amounts_differ,
    paid_in_local_currency,
    *BANK_RULES,
)
"""The rules of every payment approval."""
