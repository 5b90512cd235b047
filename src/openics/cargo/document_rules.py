"""The rules on arriving cargo that need nothing but the document, by message."""

from typing import Final

from openics.cargo.rules_air_reports import AIR
from openics.cargo.rules_integrated import INTEGRATED, kind_of_cargo_allowed
from openics.cargo.rules_movement import MOVEMENT_RULES
from openics.cargo.rules_reports import REPORTED
from openics.cargo.rules_sea_reports import SEA
from openics.decision.rule import Rule

REPORT_RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "AIRCR": (*REPORTED, *AIR),
    "AIRINT": (*INTEGRATED, kind_of_cargo_allowed, *AIR),
    "SEACR": (*REPORTED, *SEA),
    "SEAINT": (*INTEGRATED, *SEA),
}
"""The rules of the cargo reports."""

RULES: Final[dict[str, tuple[Rule, ...]]] = {**REPORT_RULES, **MOVEMENT_RULES}
"""By message short name."""
