"""The rules behind a message's results, with the sentence that the sender reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openics.channels.interactive.words import sentence
from openics.decision.rule import CATALOGUE, Rule
from openics.exchange.handlers import HANDLERS


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule's result: `state` is held, broken or not applicable; `places` are header and line numbers where it broke."""

    rule: str
    state: str
    sentence: str
    places: tuple[str, ...]
    error: str
    source: str


def rule_lines(
    message: str, results: Sequence[Mapping[str, Any]], findings: Sequence[Mapping[str, Any]]
) -> list[RuleLine]:
    """The results of a message (its short name first), broken rules first; a broken rule reads as its finding does."""
    room = room_of(message)
    texts = {str(each.get("rule")): str(each.get("text", "")) for each in reversed(findings) if each.get("rule")}
    lines = [_line(each, texts, room) for each in results]
    return sorted(lines, key=lambda line: ("broken", "held", "not applicable").index(line.state))


def _line(result: Mapping[str, Any], texts: Mapping[str, str], room: str) -> RuleLine:
    name = str(result["rule"])
    rule = find(name, room)
    broken = result.get("broken") or ()
    state = "broken" if broken else "held" if result.get("applied") else "not applicable"
    general = sentence(rule.sentence) if rule else ""
    places = tuple("header" if place == 0 else f"line {place}" for place in broken)
    said = texts.get(name, general) if broken else general
    return RuleLine(name, state, said, places, rule.error if rule else "", rule.source if rule else "")


def room_of(message: str) -> str:
    """The room that decides a message, e.g. `exports` for EXD; empty for one that is not decided."""
    handler = HANDLERS.get(message)
    return handler.load.__module__.split(".")[1] if handler else ""


def find(name: str, room: str) -> Rule | None:
    """The rule of this id in the room that decided, else in any room; None when it is no longer in force."""
    found = [rule for (module, each), rule in CATALOGUE.items() if each == name]
    own = [rule for rule in found if rule.module.startswith(f"openics.{room}.")]
    return next(iter(own or found), None)
