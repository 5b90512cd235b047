"""Every rule has a test that carries its id."""

import ast
import re

import pytest

from meta.project import nodes, python
from openics.decision.rule import CATALOGUE, Rule
from openics.exchange.document_rules import RULES as DOCUMENT_RULES
from openics.exchange.handlers import HANDLERS

RULES = list(CATALOGUE.values())
OURS = {error for rule in RULES if rule.error[2:3] == "9" for error in [rule.error]}
"""Error ids that are not published; they begin with 9."""


def written_for(room: str) -> list[str]:
    """The names of the test functions of a room."""
    functions = [each for path in python(f"tests/{room}/") for each in nodes(path, ast.FunctionDef)]
    return [each.name for each in functions if each.name.startswith("test_")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.module}-{rule.id}")
def test_every_rule_has_a_test_of_its_name(rule: Rule) -> None:
    room = rule.module.split(".")[1]
    named = re.compile(rf"_{rule.id.replace('-', '_')}(_|$)")
    assert [name for name in written_for(room) if named.search(name)] != []


def test_every_room_that_decides_has_rules() -> None:
    deciding = {handler.load.__module__.split(".")[1] for handler in HANDLERS.values()}
    assert deciding <= {rule.module.split(".")[1] for rule in RULES}


def test_an_id_stands_for_one_rule_in_its_room() -> None:
    named = [(rule.module.split(".")[1], rule.id) for rule in RULES]
    assert [each for each in named if named.count(each) > 1] == []


def test_an_error_id_stands_for_one_rule() -> None:
    ours = [rule for rule in RULES if rule.error in OURS]
    assert [rule.id for rule in ours if [each.error for each in ours].count(rule.error) > 1] == []


def test_every_message_is_checked_by_rules_of_the_catalogue() -> None:
    assert {rule for rules in DOCUMENT_RULES.values() for rule in rules} <= set(RULES)
