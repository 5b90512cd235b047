"""The rules of all rooms: which message each decides on, and which carry an error id."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final, get_args, get_type_hints

import openics
from openics.decision.rule import CATALOGUE, Rule
from openics.messages.document import Document
from openics.messages.registry import ALL

_PURE: Final = (
    "edifact",
    "messages",
    "pki",
    "decision",
    "trader",
    "handbook",
    "channels",
    "exchange",
    "ops",
    "sandbox",
)
"""Rooms without rules."""


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules of all rooms that declare rules or error ids, in alphabetical order."""
    return tuple(import_module(name) for name in sorted(_module_names()))


def _module_names() -> Iterator[str]:
    for room in iter_modules(openics.__path__):
        if room.ispkg and room.name not in (*_PURE, "migrations"):
            inside = iter_modules([f"{path}/{room.name}" for path in openics.__path__])
            yield from (f"openics.{room.name}.{each.name}" for each in inside if _declares(each.name))


def _declares(name: str) -> bool:
    return name.partition("_")[0] == "rules" or name in {"document_rules", "error_ids"}


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, room by room in the order of declaration."""
    names = [module.__name__ for module in modules()]
    found = [rule for rule in CATALOGUE.values() if rule.module in names]
    return tuple(sorted(found, key=lambda rule: (room_of(rule), names.index(rule.module))))


def room_of(rule: Rule) -> str:
    """The room of a rule, `exports`."""
    return rule.module.split(".")[1]


@cache
def messages_of(rule: Rule) -> tuple[type[Document], ...]:
    """The messages that a rule decides on: those it is listed for, else those that its function takes."""
    listed = {name for name, found in _listed() if rule in found}
    return tuple(each for each in ALL if each.name in listed) or _annotated(rule)


@cache
def _listed() -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """The rules by short name of message that the rooms list so."""
    tables: list[dict[str, tuple[Rule, ...]]] = [
        module.RULES for module in modules() if isinstance(getattr(module, "RULES", None), dict)
    ]
    return tuple(entry for table in tables for entry in table.items())


def _annotated(rule: Rule) -> tuple[type[Document], ...]:
    hint: Any = get_type_hints(rule.check).get("document")
    kinds = [kind for kind in (hint, *get_args(hint)) if isinstance(kind, type) and issubclass(kind, Document)]
    return tuple(each for each in ALL if any(issubclass(each, kind) for kind in kinds))


def rules_of(document: type[Document]) -> tuple[Rule, ...]:
    """The rules that decide on a message."""
    return _rules_by_name().get(document.name, ())


@cache
def _rules_by_name() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules():
        for document in messages_of(rule):
            found[document.name] = (*found.get(document.name, ()), rule)
    return found


@cache
def rules_with(error: str) -> tuple[Rule, ...]:
    """The rules that report an error id."""
    return tuple(rule for rule in rules() if rule.error == error)
