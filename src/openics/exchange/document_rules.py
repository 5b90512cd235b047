"""The third layer of validation: what a document alone shows to be wrong, once syntax and data dictionary hold.

In its order: clean-up, the items that must be there, the rules of the document's room that need no facts. The first two
layers are answered by CONTRL and ERM; findings of this one stand in the response of the room, with those of the business
rules, which need facts and are the fourth layer.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from openics.cargo import document_rules as cargo
from openics.clients import document_rules as clients
from openics.decision.answers import entries, error_count
from openics.decision.cleanup import clean
from openics.decision.findings import Finding, has_errors
from openics.decision.rule import Rule, check_all
from openics.decision.usage import missing_items
from openics.exports import document_rules as exports
from openics.exports.rules_header import HEADER_RULES
from openics.exports.rules_line import LINE_RULES
from openics.imports import document_rules as imports
from openics.messages.codes import MessageFunction
from openics.messages.document import Document
from openics.messages.registry import by_name
from openics.revenue import document_rules as revenue
from openics.voyages import document_rules as voyages

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    **voyages.RULES,
    **cargo.RULES,
    **imports.RULES,
    **revenue.RULES,
    **exports.RULES,
    **clients.RULES,
}
"""The rules on the document alone by message."""

_ON_ALL_DATA: Final = {"EXD": frozenset(rule.id for rule in (*HEADER_RULES, *LINE_RULES))}
"""Rules on the whole of a document: a change or a withdrawal is completed from what is stored before they are asked."""

_COMPLETE: Final = (MessageFunction.ORIGINAL, MessageFunction.REPLACE)

_ANSWERS: Final = {"UBMREQ": "UBMREQE"}
"""Answers that are not named after the message and R."""


def findings_of(document: Document) -> list[Finding]:
    """Everything that a document alone shows to be wrong or noteworthy, after clean-up; however much it is."""
    cleaned = clean(document)
    found, _ = check_all(rules_for(cleaned), cleaned, None, getattr(cleaned, "lines", ()))
    return missing_items(cleaned) + found


def rules_for(document: Document) -> tuple[Rule, ...]:
    """The rules that can judge this document without facts."""
    rules = RULES.get(document.name, ())
    waiting = _ON_ALL_DATA.get(document.name)
    if waiting is None or getattr(document, "function", None) in _COMPLETE:
        return rules
    return tuple(rule for rule in rules if rule.id not in waiting)


def answer_of(document: type[Document]) -> type[Document] | None:
    """The message in which a document's findings are sent; None when there is none."""
    answer = by_name(_ANSWERS.get(document.name, f"{document.name}R"))
    return answer if answer and "entries" in answer.field_names else None


def rejection(
    document: Document, findings: Sequence[Finding], *, reference: str, site: str, now: datetime
) -> Document | None:
    """The response that these findings make; `reference` is its own.

    At most 50 of them go out, errors before advices. None when there is nothing to say, or no message to say it in. With
    advices alone it is an acceptance.
    """
    answer = answer_of(type(document))
    if answer is None or not findings:
        return None
    listed = entries(findings, accepted=not has_errors(tuple(findings)))
    values: dict[str, Any] = {
        "response_reference": reference,
        "response_version": 1,
        "function": MessageFunction.RESPONSE.value,
        "recipient_site": site,
        "answered_message": document.name,
        "answered_function": getattr(document, "function", None),
        "sender_reference": getattr(document, "sender_reference", None),
        "sender_reference_version": getattr(document, "version", None),
        "responded_at": now,
        "entries": listed,
        "error_count": error_count(listed),
    }
    return answer(**{name: value for name, value in values.items() if name in answer.field_names})
