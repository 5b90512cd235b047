"""Every rule has a test that carries its id."""

import ast
import re

import pytest

from meta.project import nodes, python
from openics.decision.rule import CATALOGUE, Rule
from openics.exchange.handlers import HANDLERS

RULES = list(CATALOGUE.values())


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
    assert {rule.module.split(".")[1] for rule in RULES} == deciding
    assert len({rule.id for rule in RULES}) == len(RULES)
