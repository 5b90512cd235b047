"""The rules of the register of clients that need nothing but the document, by the short name of the message."""

from typing import Final

from openics.clients.rules import RULES as REGISTRATION_RULES
from openics.decision.rule import Rule

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "CLREG": tuple(rule for rule in REGISTRATION_RULES if not rule.needs_facts),
}
"""In the order in which their errors are reported."""
