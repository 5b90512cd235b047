"""Every rule of voyages has a sentence and an error id, and every published one its place."""

import re

import pytest

from openics.decision.rule import CATALOGUE, Rule
from openics.voyages.error_ids import ERROR_IDS
from openics.voyages.policy import TIME_LIMITS, limit_of
from openics.voyages.rules import ELSEWHERE, RULES
from openics.voyages.rules_departure import DEPARTURE_RULES

PUBLISHED = {*(f"G{number:02}" for number in range(1, 13)), *(f"L{number:02}" for number in range(1, 5)), "R01", "R02"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_speaks_in_capitals_and_has_its_error_id(rule: Rule) -> None:
    words = re.sub(r"\{.*?\}", "", rule.sentence)
    assert words == words.upper()
    assert rule.error == ERROR_IDS[rule.id]


def test_the_catalogue_holds_the_rules_of_the_room_and_no_others() -> None:
    declared = {rule.id for (module, _), rule in CATALOGUE.items() if module.startswith("openics.voyages.")}
    assert declared == {rule.id for rule in RULES} == set(ERROR_IDS)
    assert set(DEPARTURE_RULES) <= set(RULES)


def test_error_ids_are_unique() -> None:
    assert len(set(ERROR_IDS.values())) == len(ERROR_IDS)


def test_every_published_rule_has_its_place() -> None:
    placed = {rule.id for rule in RULES} | {each.id for each in ELSEWHERE}
    assert sorted(PUBLISHED - placed) == []


@pytest.mark.parametrize("report", ["SEAIAR", "AIRIAR", "SEAAAR", "AIRAAR"])
def test_every_report_has_a_limit_for_every_length_of_voyage(report: str) -> None:
    first = min(limit.valid_from for limit in TIME_LIMITS)
    own = [limit for limit in TIME_LIMITS if limit.report == report]
    assert limit_of(report, first) == min(limit.limit for limit in own)
    assert {limit_of(report, first, each.voyage_from) for each in own} == {each.limit for each in own}
