"""The rules on voyages that need nothing but the document, by message."""

from typing import Final

from openics.decision.rule import Rule
from openics.voyages.rules_arrival import ACTUAL_RULES, IMPENDING_RULES, vessel_id_checked
from openics.voyages.rules_departure import DEPARTURE_RULES

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "AIRAAR": ACTUAL_RULES,
    "AIRIAR": IMPENDING_RULES,
    "DEPART": DEPARTURE_RULES,
    "SEAAAR": (*ACTUAL_RULES, vessel_id_checked),
    "SEAIAR": (*IMPENDING_RULES, vessel_id_checked),
}
"""By message short name."""
