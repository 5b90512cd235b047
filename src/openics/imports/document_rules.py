"""The rules on import declarations, release and movement that need nothing but the document, by message."""

from typing import Final

from openics.decision.rule import Rule
from openics.imports.rules_header import (
    HEADER_RULES,
    airline_only_by_air,
    amber_reason_with_statement,
    exported_before_arrival,
    prices_make_the_invoice,
)
from openics.imports.rules_line import (
    IMPORT_LINE_RULES,
    TARIFF_LINE_RULES,
    preference_complete,
    protection_questions_answered_once,
    refund_reason_on_a_change,
)
from openics.imports.rules_nature import CLEARANCE_RULES, NATURE_RULES
from openics.imports.rules_release import (
    CARGO_RULES,
    PERIODIC_RULES,
    lines_after_all_releases,
    lines_declared,
    moved_elsewhere,
    packages_add_up,
)
from openics.revenue.rules_common import (
    BANK_RULES,
    LINE_RULES,
    REQUEST_RULES,
    change_reason_given,
    line_numbers_differ,
    number_given,
)

_DECLARATION: Final[tuple[Rule, ...]] = (
    *REQUEST_RULES,
    number_given,
    change_reason_given,
    *BANK_RULES,
    *HEADER_RULES,
)
_PERIODIC: Final[tuple[Rule, ...]] = (
    *REQUEST_RULES,
    number_given,
    *BANK_RULES,
    *PERIODIC_RULES,
    *LINE_RULES,
    *TARIFF_LINE_RULES,
    preference_complete,
)

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "IMD": (
        *_DECLARATION,
        amber_reason_with_statement,
        exported_before_arrival,
        prices_make_the_invoice,
        *NATURE_RULES,
        *LINE_RULES,
        *IMPORT_LINE_RULES,
    ),
    "SAC": (
        *_DECLARATION,
        *CLEARANCE_RULES,
        *LINE_RULES,
        *TARIFF_LINE_RULES,
        refund_reason_on_a_change,
        protection_questions_answered_once,
    ),
    "RCR": (*REQUEST_RULES, number_given, airline_only_by_air, packages_add_up, line_numbers_differ, *CARGO_RULES),
    "MOVAPP": (*REQUEST_RULES, moved_elsewhere, line_numbers_differ, *CARGO_RULES),
    "IMPED1": _PERIODIC,
    "IMPED2": (*_PERIODIC, lines_after_all_releases, lines_declared),
}
"""By message short name."""
