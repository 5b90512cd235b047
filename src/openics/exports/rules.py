"""All rules of exports, and the published ones that other places keep.

A rule is either a function in one of the modules named `rules_...`, or one of the sentences below, which say where it is
kept.
"""

from typing import Final

from openics.decision.rule import KeptElsewhere, Rule
from openics.exports.rules_document import DOCUMENT_RULES
from openics.exports.rules_enquiry import ENQUIRY_RULES
from openics.exports.rules_header import HEADER_RULES
from openics.exports.rules_line import LINE_RULES
from openics.exports.rules_manifest import MAIN_MANIFEST_RULES, SUB_MANIFEST_RULES
from openics.exports.rules_notice import DEPOT_RULES, RECEIVAL_RULES, REMOVAL_RULES, WAREHOUSE_RULES
from openics.exports.rules_periodic import AGGREGATED_RULES, BY_NUMBER_RULES, REQUEST_RULES

RULES: Final[tuple[Rule, ...]] = tuple(
    dict.fromkeys(
        (
            *DOCUMENT_RULES,
            *HEADER_RULES,
            *LINE_RULES,
            *ENQUIRY_RULES,
            *SUB_MANIFEST_RULES,
            *MAIN_MANIFEST_RULES,
            *RECEIVAL_RULES,
            *REMOVAL_RULES,
            *WAREHOUSE_RULES,
            *DEPOT_RULES,
            *REQUEST_RULES,
            *BY_NUMBER_RULES,
            *AGGREGATED_RULES,
        )
    )
)
"""Each once, although several messages may keep it."""

ELSEWHERE: Final[tuple[KeptElsewhere, ...]] = (
    KeptElsewhere("X01", "openics.channels", "Reports are electronic: only channels lead to a decision.", "D"),
    KeptElsewhere("X09", "openics.exports.amend", "A replacement is complete; a heading keeps the stored lines.", "D"),
    KeptElsewhere("X10", "openics.exports.amend", "The withdrawal of an EXD need not repeat its data.", "I"),
    KeptElsewhere("X11", "openics.decision.cleanup", "Blanks are compressed, illegal characters dropped.", "D"),
    KeptElsewhere("X12", "openics.exchange", "First CONTRL, then a response, then changes of status.", "D"),
    KeptElsewhere("X13", "openics.exports.decide", "A rejected original gets no number; its reference is free.", "D"),
    KeptElsewhere("X15", "openics.exports.case", "Days are those of the port or airport concerned.", "I"),
    KeptElsewhere("X16", "openics.exchange", "A control reference used before: CONTRL with error 26.", "D"),
    KeptElsewhere("E05", "openics.exports.policy", "Any error rejects, unless the policy tolerates its rule.", "D"),
    KeptElsewhere("E06", "openics.exports.policy", "Tolerated errors give a number in error status.", "D"),
)
"""Published rules that are no checks of one document."""
