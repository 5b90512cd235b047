"""Which rule decides on which message, and what each error id is about."""

import ast

from openics.decision.rule import CATALOGUE
from openics.edifact.faults import SyntaxCode
from openics.handbook import errors as catalogue
from openics.handbook.errors import errors
from openics.handbook.rulebook import messages_of, modules, room_of, rules, rules_of, rules_with
from openics.handbook.syntax_advice import ADVICE
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.streq import StatusRequest


def rule(name: str) -> object:
    (found,) = (each for each in rules() if each.id == name)
    return found


def test_every_rule_of_a_room_is_in_the_rulebook() -> None:
    declared = {each for each in CATALOGUE.values() if each.module.startswith("openics.")}
    assert declared == set(rules())
    assert {"openics.clients.rules", "openics.exports.rules_line"} <= {module.__name__ for module in modules()}


def test_a_rule_knows_its_messages() -> None:
    assert messages_of(rule("EXD-D-01")) == (ExportDeclaration,)  # type: ignore[arg-type]
    assert messages_of(rule("STREQ-05")) == (StatusRequest,)  # type: ignore[arg-type]
    assert messages_of(rule("CLREG-01")) == (ClientRegistration,)  # type: ignore[arg-type]
    assert [each.id for each in rules() if messages_of(each) == ()] == []


def test_a_message_knows_its_rules() -> None:
    found = rules_of(ExportDeclaration)
    assert {room_of(each) for each in found} == {"exports"}
    assert found[0].id == "EXD-D-01"
    assert rules_of(ExportDeclarationResponse) == ()


def test_an_error_knows_its_rules() -> None:
    assert [each.id for each in rules_with("EX9022")] == ["EXD-D-02"]
    assert rules_with("XX0000") == ()
    assert {each.error for each in rules()} <= {each.id for each in errors().values()}


def test_every_syntax_code_says_what_to_do() -> None:
    assert set(ADVICE) == set(SyntaxCode)
    assert [code for code, advice in ADVICE.items() if not advice.endswith(".")] == []


def test_ids_that_no_rule_reports_say_what_stands_below_them() -> None:
    assert errors()["errors/EX9490.md"].meaning == "The advice of a status answer that names a condition not met."
    assert errors()["errors/EX9490.md"].rules == ()


def test_a_missing_item_is_an_error_of_the_messages_without_rules_of_their_own() -> None:
    assert catalogue.item_error(ExportDeclaration) == ""
    assert catalogue.item_error(ExportDeclarationResponse) == ""
    assert errors()["errors/EX9000.md"].common_rules == ("ITEM",)


def test_targets_of_assignments() -> None:
    statements = ast.parse("A: int = 1\nB = 2\nc.d = 3\nprint()").body
    assert [catalogue._target(each) for each in statements] == ["A", "B", "", ""]
