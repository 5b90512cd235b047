"""The rules on cargo lists, movements, discharge, outturn and enquiries that need nothing but the document, by message."""

from typing import Final

from openics.cargo.rules_discharge import DISCHARGE_RULES
from openics.cargo.rules_enquiry import LIST_RULES, QUERY_RULES
from openics.cargo.rules_outturn import AIR_OUTTURN_RULES, SEA_OUTTURN_RULES
from openics.cargo.rules_underbond import UNDERBOND_RULES
from openics.decision.rule import Rule

MOVEMENT_RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "AIROUT": AIR_OUTTURN_RULES,
    "CARLST": LIST_RULES,
    "PRODIS": DISCHARGE_RULES,
    "SEAOUT": SEA_OUTTURN_RULES,
    "SEQ": QUERY_RULES,
    "UBMREQ": UNDERBOND_RULES,
}
"""By message short name."""
