"""The page of a room's rules, and their index."""

import sys
from collections.abc import Iterator
from typing import Any

from openics.decision.rule import Rule
from openics.handbook.errors import error_path
from openics.handbook.markup import EVIDENCE, capital, code, link, literal, sentence, source, table
from openics.handbook.pages import Page
from openics.handbook.rulebook import messages_of, modules, room_of, rules

HEAD = ("Rule", "Error", "Messages", "Checked for", "Severity", "Sentence", "Evidence", "Source")


def rooms() -> list[str]:
    """The rooms that have rules."""
    return list(dict.fromkeys(room_of(rule) for rule in rules()))


def rule_path(room: str) -> str:
    """Where the page of a room's rules lies."""
    return f"rules/{room}.md"


def rule_page(room: str) -> Page:
    """Every rule of a room, module by module, and the published ones that other places keep."""
    path, title = rule_path(room), f"Rules: {room}"
    own = [rule for rule in rules() if room_of(rule) == room]
    lines = [
        f"# {title}",
        "",
        f"{len(own)} rules. The sentence is what the sender reads, with the words in italics filled in.",
        "",
    ]
    for module in dict.fromkeys(rule.module for rule in own):
        rows = [_row(rule, path) for rule in own if rule.module == module]
        lines += [f"## {_heading(module)}", "", *table(HEAD, rows)]
    lines += _elsewhere(room)
    summary = f"Every rule of the room {room}."
    return Page(path, title, "rules", "\n".join(lines).rstrip() + "\n", summary, tuple(rule.id for rule in own))


def _heading(module: str) -> str:
    """What the module says that it holds."""
    return literal(capital((sys.modules[module].__doc__ or "").partition("\n")[0].rstrip(".")))


def _row(rule: Rule, path: str) -> tuple[str, ...]:
    return (
        literal(rule.id),
        link(rule.error, path, error_path(rule.error)),
        ", ".join(link(each.name, path, f"messages/{each.name}.md") for each in messages_of(rule)),
        "each line" if rule.per_line else "the document",
        rule.severity.value.lower(),
        sentence(rule),
        EVIDENCE[rule.evidence],
        source(rule.source),
    )


def _elsewhere(room: str) -> Iterator[str]:
    """Published rules of a room that are no checks of a document."""
    found: list[Any] = [
        each
        for module in modules()
        if module.__name__.split(".")[1] == room
        for each in getattr(module, "ELSEWHERE", ())
    ]
    if found:
        yield from ("## Published rules that are kept elsewhere", "")
        rows = [(literal(each.id), literal(each.sentence), code(each.place), EVIDENCE[each.evidence]) for each in found]
        yield from table(("Rule", "What it says", "Where it is kept", "Evidence"), rows)


def rule_index() -> Page:
    """The index of rules, room by room."""
    path, summary = "rules/index.md", "Every rule that decides on a message, room by room."
    rows = []
    for room in rooms():
        own = [rule for rule in rules() if room_of(rule) == room]
        names = dict.fromkeys(each.name for rule in own for each in messages_of(rule))
        shown = ", ".join(link(name, path, f"messages/{name}.md") for name in names)
        rows.append((link(capital(room), path, rule_path(room)), str(len(own)), shown))
    lines = ["# Rules", "", summary, "", *table(("Room", "Rules", "Messages"), rows)]
    return Page(path, "Rules", "index", "\n".join(lines).rstrip() + "\n", summary)
