"""All rules of voyages, and the published ones that other places keep."""

from typing import Final

from openics.decision.rule import KeptElsewhere, Rule
from openics.voyages import rules_actual, rules_impending
from openics.voyages.document_rules import RULES as DOCUMENT_RULES

RULES: Final[tuple[Rule, ...]] = tuple(
    dict.fromkeys(
        (
            *(rule for rules in DOCUMENT_RULES.values() for rule in rules),
            *rules_impending.STORED_RULES,
            *rules_impending.FULL_RULES,
            *rules_actual.STORED_RULES,
            *rules_actual.FULL_RULES,
        )
    )
)
"""Each once, although several messages may keep it."""

ELSEWHERE: Final[tuple[KeptElsewhere, ...]] = (
    KeptElsewhere("G04", "openics.decision.cleanup", "Blanks are compressed, illegal characters dropped.", "D"),
    KeptElsewhere("G05", "openics.voyages.answer", "All errors and advices go back in one response.", "D"),
    KeptElsewhere("G06", "openics.voyages.judge", "Validation stops at 50 errors; 50 entries are reported.", "D"),
    KeptElsewhere("G12", "openics.voyages.judge", "Nothing is accepted until the validation has run.", "I"),
    KeptElsewhere("L03", "openics.voyages.amend", "A change inserts, amends and deletes ports by line action.", "D"),
    KeptElsewhere("L04", "openics.voyages.amend", "A port without line action stays as it is.", "I"),
    KeptElsewhere("R01", "openics.voyages.answer", "A response is sent only when there is something to say.", "D"),
    KeptElsewhere("R02", "openics.voyages.answer", "It quotes the sender reference; errors have place, id, text.", "D"),
)
"""Published rules that are no checks of one document."""
