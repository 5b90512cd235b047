"""Every error id that an answer of customs may carry: of rules, outcomes, the gateway and the syntax report."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from inspect import getsource
from types import ModuleType
from typing import Final

from openics.decision.answers import ACCEPTED_WITH_FINDINGS, REJECTED
from openics.decision.findings import Finding, Severity
from openics.decision.rule import Rule
from openics.decision.usage import ITEM_ERRORS, ITEM_RULE, OWN_RULES
from openics.edifact.faults import SyntaxCode
from openics.handbook.markup import plain_sentence
from openics.handbook.rulebook import messages_of, modules, rules, rules_with
from openics.handbook.syntax_advice import ADVICE, DOCUMENTED, SEEN
from openics.messages.choices.gateway import DATA_ERROR
from openics.messages.codes import EntrySeverity
from openics.messages.document import Document
from openics.messages.page_names import error_page, syntax_page
from openics.messages.registry import ALL

_SHAPE: Final = re.compile(r"[A-Z]{2}[0-9]{4}")
_OUTCOMES: Final = {
    REJECTED.error: "Look at the entries with severity ERROR in the same answer; correct them and send the message again. "
    "Nothing of it was recorded.",
    ACCEPTED_WITH_FINDINGS.error: "Look at the other entries of the same answer: the message is recorded, and some of them "
    "may ask for an amendment.",
}


@dataclass(frozen=True, slots=True)
class ErrorId:
    """One error id; `group` is the heading of the index that it stands under, `advice` says what to do."""

    id: str
    path: str
    group: str
    severity: str
    meaning: str
    advice: str
    evidence: str
    carried_by: tuple[str, ...]
    """The short names of the messages that carry it, or that it is about."""
    common_rules: tuple[str, ...] = ()
    """The ids of rules that all messages share, and that are not among those of a room."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that report it."""
        return rules_with(self.id) if self.group not in (SYNTAX, GATEWAY) else ()


SYNTAX: Final = "Syntax error codes of CONTRL"
GATEWAY: Final = "Data errors of the gateway"
OUTCOMES: Final = "Outcomes"
ITEMS: Final = "Missing items"


@cache
def errors() -> dict[str, ErrorId]:
    """Every error id by the path of its page: outcomes, gateway, rooms, syntax."""
    found = [*_outcomes(), _data_error(), *_missing_items(), *_of_rules(), *_of_no_rule(), *_syntax()]
    return {each.path: each for each in found}


def error_path(error: str) -> str:
    """Where the page of an error id of the application lies."""
    return f"{error_page(error)}.md"


def _outcomes() -> Iterator[ErrorId]:
    for finding in (REJECTED, ACCEPTED_WITH_FINDINGS):
        advice = _OUTCOMES[finding.error]
        yield ErrorId(
            finding.error, error_path(finding.error), OUTCOMES, _severity(finding), finding.text, advice, "S", ()
        )


def _severity(finding: Finding) -> str:
    return finding.severity.value


def _data_error() -> ErrorId:
    meaning = "A data item is shorter, longer or of another kind than the data dictionary allows; the text names it."
    advice = "Correct the item that the text names and send the message again: it has not reached the application."
    severity = EntrySeverity.GATEWAY.value
    return ErrorId(DATA_ERROR, f"errors/erm-{DATA_ERROR}.md", GATEWAY, severity, meaning, advice, "S", ("ERM",))


def item_error(document: type[Document]) -> str:
    """The error id of a mandatory item that a message lacks; empty for one whose own rules ask for its items."""
    asked = document.guide.direction == "in" and document.name not in OWN_RULES
    return ITEM_ERRORS.get(document.__module__.split(".")[2], "") if asked else ""


def _missing_items() -> Iterator[ErrorId]:
    for error in sorted(set(ITEM_ERRORS.values())):
        found = tuple(document.name for document in ALL if item_error(document) == error)
        meaning = "<item> MUST BE SUPPLIED"
        advice = "Supply the item that the answer names, in the line that it names, and send the message again."
        if found:
            yield ErrorId(
                error, error_path(error), ITEMS, Severity.ERROR.value, meaning, advice, "I", found, (ITEM_RULE,)
            )


def _of_rules() -> Iterator[ErrorId]:
    named = {*_OUTCOMES, *ITEM_ERRORS.values()}
    for error in sorted({rule.error for rule in rules()} - named):
        found = rules_with(error)
        first = found[0]
        names = dict.fromkeys(document.name for rule in found for document in messages_of(rule))
        meaning = plain_sentence(first)
        group = _group(first.module.split(".")[1])
        severity = first.severity.value
        yield ErrorId(error, error_path(error), group, severity, meaning, _advice(first), first.evidence, tuple(names))


def _advice(rule: Rule) -> str:
    where = "on each line that the answer names" if rule.per_line else "in the document"
    if rule.severity is Severity.ADVICE:
        return "The message is accepted all the same. Check what the sentence says, and amend the document where it is wrong."
    return f"Correct {where} what the sentence says, and send the message again."


def _group(room: str) -> str:
    return room.capitalize()


def _of_no_rule() -> Iterator[ErrorId]:
    """The ids that a room declares and no rule reports: findings that a decision adds by itself."""
    known = {rule.error for rule in rules()} | _OUTCOMES.keys() | set(ITEM_ERRORS.values())
    for module in modules():
        if module.__name__.endswith(".error_ids"):
            for error, meaning in _declared(module):
                if error not in known:
                    known.add(error)
                    advice = "The answer that carries it says in words what to do."
                    group = _group(module.__name__.split(".")[1])
                    yield ErrorId(error, error_path(error), group, "", meaning, advice, "I", ())


def _declared(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The ids in a module with what the text below each says, else its name in words."""
    body = ast.parse(getsource(module)).body
    for statement, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        target = _target(statement)
        value = getattr(module, target, None) if target else None
        if isinstance(value, str) and _SHAPE.fullmatch(value):
            yield value, _text(after) or f"{target.replace('_', ' ').capitalize()}."
        elif isinstance(value, dict):
            yield from ((error, f"Rule {name}.") for name, error in value.items() if _SHAPE.fullmatch(str(error)))


def _target(statement: ast.stmt) -> str:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return ""


def _text(statement: ast.stmt) -> str:
    found = statement.value if isinstance(statement, ast.Expr) else None
    return " ".join(found.value.split()) if isinstance(found, ast.Constant) and isinstance(found.value, str) else ""


def _syntax() -> Iterator[ErrorId]:
    for code in SyntaxCode:
        number = int(code)
        evidence = "D" if number in DOCUMENTED else "S" if number in SEEN else "I"
        path = f"{syntax_page(code)}.md"
        yield ErrorId(str(number), path, SYNTAX, "", code.meaning, ADVICE[code], evidence, ("CONTRL",))
