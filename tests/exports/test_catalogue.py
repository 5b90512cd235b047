"""Every rule has a sentence, an error id and a test of its name."""

import re
from pathlib import Path

import pytest

from openics.decision.rule import CATALOGUE, Rule
from openics.exports.error_ids import ERROR_IDS
from openics.exports.rules import ELSEWHERE, RULES

HERE = Path(__file__).parent
TESTS = {name for path in HERE.glob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)}
PUBLISHED = {*(f"X{number:02}" for number in range(1, 17)), *(f"E{number:02}" for number in range(1, 10))}


def is_tested(rule: str) -> bool:
    """Whether a test carries the rule's id."""
    name = rule.replace("-", "_")
    return any(re.search(rf"_{name}(_|$)", test) for test in TESTS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_test(rule: Rule) -> None:
    assert is_tested(rule.id)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_speaks_in_capitals_and_has_its_error_id(rule: Rule) -> None:
    words = re.sub(r"\{.*?\}", "", rule.sentence)
    assert words == words.upper()
    assert rule.error == ERROR_IDS[rule.id]
    assert rule.evidence in {"D", "S", "I", "U"}


def test_the_catalogue_holds_the_rules_of_the_room_and_no_others() -> None:
    declared = {rule.id for (module, _), rule in CATALOGUE.items() if module.startswith("openics.exports.")}
    assert declared == {rule.id for rule in RULES}
    assert len(RULES) == len(declared)


def test_error_ids_are_unique_and_used() -> None:
    assert set(ERROR_IDS) == {rule.id for rule in RULES}
    assert len(set(ERROR_IDS.values())) == len(ERROR_IDS)


def test_every_published_rule_has_its_place() -> None:
    placed = {rule.id.partition("-")[0] for rule in RULES} | {rule.id for rule in ELSEWHERE}
    assert sorted(PUBLISHED - placed) == []


@pytest.mark.parametrize(
    "rule",
    [each.id for each in ELSEWHERE if each.place.startswith("openics.exports")],
)
def test_rules_that_the_room_keeps_otherwise_have_a_test_too(rule: str) -> None:
    assert is_tested(rule)
