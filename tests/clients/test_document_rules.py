"""Which rules of a registration need nothing but the document."""

from document_verdicts import broken, held, verdict
from message_examples import example
from openics.clients.document_rules import RULES


def test_those_that_ask_the_register_are_left_out() -> None:
    ids = [rule.id for rule in RULES["CLREG"]]
    assert [f"CLREG-{number:02}" for number in range(1, 15) if f"CLREG-{number:02}" not in ids] == [
        "CLREG-04",
        "CLREG-08",
        "CLREG-12",
        "CLREG-14",
    ]
    assert [rule.id for rule in RULES["CLREG"] if rule.needs_facts] == []


def test_they_judge_a_registration_alone() -> None:
    registration = example("clients", "CLREG", "smallest")
    assert verdict("CLREG-07", registration) == held("CLREG-07")
    assert verdict("CLREG-07", registration.replace(abn="51824753557")) == broken("CLREG-07")
