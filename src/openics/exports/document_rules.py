"""The rules of exports that need nothing but the document, by the short name of the message."""

from typing import Final

from openics.decision.rule import Rule
from openics.exports.rules_document import DOCUMENT_RULES
from openics.exports.rules_enquiry import ENQUIRY_RULES
from openics.exports.rules_header import HEADER_RULES
from openics.exports.rules_line import LINE_RULES
from openics.exports.rules_manifest import MAIN_MANIFEST_RULES, SUB_MANIFEST_RULES
from openics.exports.rules_notice import DEPOT_RULES, RECEIVAL_RULES, REMOVAL_RULES, WAREHOUSE_RULES
from openics.exports.rules_periodic import AGGREGATED_RULES, BY_NUMBER_RULES, REQUEST_RULES


def _alone(*rules: Rule) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if not rule.needs_facts)


RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "EXD": _alone(*DOCUMENT_RULES, *HEADER_RULES, *LINE_RULES),
    "ESM": SUB_MANIFEST_RULES,
    "EMM": MAIN_MANIFEST_RULES,
    "CTOREC": RECEIVAL_RULES,
    "CTOREM": REMOVAL_RULES,
    "WARREL": WAREHOUSE_RULES,
    "WARRET": WAREHOUSE_RULES,
    "DEPREC": DEPOT_RULES,
    "DEPREL": DEPOT_RULES,
    "STREQ": _alone(*ENQUIRY_RULES),
    "RACEAN": REQUEST_RULES,
    "EXPED1": BY_NUMBER_RULES,
    "EXPED2": AGGREGATED_RULES,
}
"""In the order in which their errors are reported."""
