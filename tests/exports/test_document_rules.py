"""Which rules of exports need nothing but the document, and that all messages to customs have some."""

import pytest

from message_examples import example
from openics.decision.rule import check_all
from openics.exports.document_rules import RULES
from openics.exports.rules_enquiry import ENQUIRY_RULES
from openics.exports.rules_line import LINE_RULES
from openics.messages.exports import MESSAGES


def test_every_message_to_customs_has_rules() -> None:
    assert set(RULES) == {document.name for document in MESSAGES if document.guide.direction == "in"}


@pytest.mark.parametrize("name", RULES)
def test_no_rule_needs_facts_and_ids_differ(name: str) -> None:
    assert [rule.id for rule in RULES[name] if rule.needs_facts] == []
    assert len({rule.id for rule in RULES[name]}) == len(RULES[name])


def test_those_of_a_declaration_keep_their_order() -> None:
    lines = [rule.id for rule in RULES["EXD"] if rule.id.startswith("EXD-L")]
    assert lines == [rule.id for rule in LINE_RULES if rule.id.startswith("EXD-L") and not rule.needs_facts]
    assert [rule.id for rule in RULES["STREQ"]] == ["STREQ-03", "STREQ-04", "STREQ-05"]
    assert len(ENQUIRY_RULES) == 6


@pytest.mark.parametrize("name", ["EXD", "STREQ"])
@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
def test_the_examples_are_sound(name: str, kind: str) -> None:
    document = example("exports", name, kind)
    assert check_all(RULES[name], document, None, getattr(document, "lines", ()))[0] == []
