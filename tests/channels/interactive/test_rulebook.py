"""Rules beside their results."""

from openics.channels.interactive.rulebook import RuleLine, find, room_of, rule_lines
from openics.decision.rule import CATALOGUE
from web.sample import BROKEN, HELD, NOT_APPLICABLE, WRONG_UNIT


def test_broken_rules_come_first_and_read_as_their_finding() -> None:
    lines = rule_lines("EXD", [HELD, NOT_APPLICABLE, BROKEN], [WRONG_UNIT])
    assert [(line.rule, line.state, line.places) for line in lines] == [
        ("EXD-L-10", "broken", ("line 1",)),
        ("EXD-D-01", "held", ()),
        ("EXD-H-22", "not applicable", ()),
    ]
    assert lines[0].sentence == "NET QUANTITY UNIT NR IS NOT THE UNIT OF AHECC CODE 02044200"
    assert lines[1].sentence == CATALOGUE["openics.exports.rules_document", "EXD-D-01"].sentence


def test_a_broken_header_rule_names_the_header() -> None:
    assert rule_lines("EXD", [{"rule": "X03", "applied": True, "broken": [0, 2]}], [])[0].places == ("header", "line 2")


def test_a_rule_that_is_no_longer_in_force_keeps_its_result() -> None:
    assert rule_lines("EXD", [{"rule": "GONE", "applied": True, "broken": []}], []) == [
        RuleLine("GONE", "held", "", (), "", "")
    ]


def test_rooms() -> None:
    assert [room_of(name) for name in ("EXD", "STREQ", "CLREG", "CONTRL")] == ["exports", "exports", "clients", ""]


def test_every_rule_of_every_room_is_found() -> None:
    for module, name in CATALOGUE:
        found = find(name, module.split(".")[1])
        assert found is not None
        assert found.module.split(".")[1] == module.split(".")[1]
