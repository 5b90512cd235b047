"""The rules on payments and drawback that need nothing but the document, by message."""

from typing import Final

from openics.decision.rule import Rule
from openics.revenue.rules_drawback import DRAWBACK_RULES
from openics.revenue.rules_payment import PAYMENT_RULES, paid_for_a_week, period_complete

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "PAYSTD": PAYMENT_RULES,
    "PAYPED": (*PAYMENT_RULES, period_complete),
    "PAYWK": (*PAYMENT_RULES, period_complete, paid_for_a_week),
    "DRWBCK": DRAWBACK_RULES,
}
"""By message short name."""
