"""An interchange checked in every layer that needs no facts: syntax and structure, data dictionary, document rules."""

from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final

from openics.decision.findings import HEADER, Finding
from openics.decision.rule import Rule
from openics.decision.usage import ITEM_RULE
from openics.exchange.document_rules import RULES, findings_of
from openics.messages.binding import Slot
from openics.messages.diagnostics import Checked, CheckedMessage, Layer, Problem, allowed, check, pages_of
from openics.messages.outline import Entry, Outline
from openics.messages.page_names import error_page

MOST_SHOWN: Final = 8
"""Segments that are shown for one finding."""

Seen = tuple[Entry, Slot | None]


def diagnose(data: bytes) -> tuple[Checked, list[Problem]]:
    """The interchange as read, and all that is wrong with it; a message is judged further only while it has passed."""
    checked = check(data)
    problems = list(checked.problems())
    for message in checked.messages:
        problems += rule_problems(message)
    return checked, problems


def rule_problems(message: CheckedMessage) -> Iterator[Problem]:
    """The findings of the document rules on a message whose syntax, structure and data hold."""
    reading = message.reading
    if reading.document is None or reading.faults or reading.data_faults:
        return
    rules = {rule.id: rule for rule in RULES.get(reading.document.name, ())}
    for finding in findings_of(reading.document):
        yield _problem(message, finding, rules.get(finding.rule or ""))


def _problem(message: CheckedMessage, finding: Finding, rule: Rule | None) -> Problem:
    outline, number = message.outline, message.raw.index
    seen = _seen(outline, finding, rule)
    items = [(entry, slot) for entry, slot in seen if slot]
    concerned = list(dict.fromkeys(slot for _, slot in items)) or _absent(outline, finding, rule)
    offsets = tuple(outline.offset(entry, slot) for entry, slot in seen)
    return Problem(
        layer=Layer.DOCUMENT,
        text=finding.text,
        place=f"message {number + 1}, {finding.place}{'' if finding.line else ' (header)'}",
        offset=offsets[0] if offsets else message.raw.offset,
        offsets=offsets if len(offsets) > 1 else (),
        path=", ".join(outline.path_of(slot) for slot in concerned),
        message=number,
        document=message.reading.name or "",
        segments=tuple(dict.fromkeys(entry.position for entry, _ in seen)),
        line=finding.line,
        item=", ".join(dict.fromkeys(slot.field.label for slot in concerned)),
        found=", ".join(_text(entry, slot) for entry, slot in items),
        expected=allowed(concerned[0], "") if len(concerned) == 1 else "",
        rule=f"{finding.rule} ({rule.source})" if rule else finding.rule or "",
        code=finding.error,
        severity=finding.severity.value,
        page=error_page(finding.error),
        pages=pages_of(outline, *concerned),
    )


def _absent(outline: Outline, finding: Finding, rule: Rule | None) -> list[Slot]:
    """The items that a rule reads, or whose absence is the finding, when the message has none of them."""
    if outline.binding is None:
        return []
    names = read_by(rule) if rule else frozenset()
    missing = finding.text.partition(" MUST BE SUPPLIED")[0] if finding.rule == ITEM_RULE else ""
    header = outline.binding.scope
    scopes = [each for each in header.all_scopes() if (each is header) is (finding.line == HEADER)]
    slots = [slot for scope in (scopes if rule else header.all_scopes()) for slot in scope.slots]
    return [slot for slot in slots if slot.field.name in names or slot.field.label.upper() == missing]


def _seen(outline: Outline, finding: Finding, rule: Rule | None) -> list[Seen]:
    """The items that a rule reads, in the line it is about; where there are none, the segment that the line begins with."""
    entries = outline.lines.get(finding.line, ())
    names = read_by(rule) if rule else frozenset()
    found = [(entry, slot) for entry in entries for slot, _ in entry.items if slot.field.name in names]
    first = next((entry for entry in entries if entry.items), None)
    return [*found[:MOST_SHOWN]] if found else [(first, None)] if first else []


@cache
def read_by(rule: Rule) -> frozenset[str]:
    """The names that a rule's function, and the functions it calls, read from documents and lines."""
    found: set[str] = set()
    seen: set[Any] = set()
    waiting: list[Any] = [rule.check]
    while waiting:
        function = waiting.pop()
        seen.add(function)
        names = set(_names(function.__code__))
        called = [function.__globals__.get(name) for name in names]
        waiting += [each for each in called if isinstance(each, FunctionType) and each not in seen]
        found |= names
    return frozenset(found)


def _names(code: CodeType) -> Iterator[str]:
    """The attributes and texts in a function, those inside it included."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _names(constant)


def _text(entry: Entry, slot: Slot) -> str:
    return next((text for each, text in entry.items if each is slot), "")
