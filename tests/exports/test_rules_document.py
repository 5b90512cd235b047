"""The rules on a declaration as a document: each with a case that passes and one that fails."""

from dataclasses import replace
from decimal import Decimal

import pytest

from export_declarations import (
    AGENT,
    CLEAR,
    EDN,
    LINE,
    OTHER,
    amendment,
    broken,
    decide,
    exported,
    facts,
    held,
    lines,
    not_applied,
    request,
    stored,
    verdict,
)
from openics.decision.findings import Finding, Severity


def test_EXD_D_01_transaction_type_must_be_known() -> None:
    assert verdict("EXD-D-01", CLEAR) == held("EXD-D-01")
    assert verdict("EXD-D-01", CLEAR.replace(function="21")) == broken("EXD-D-01")


def test_EXD_D_02_sender_reference_must_be_given() -> None:
    assert verdict("EXD-D-02", CLEAR) == held("EXD-D-02")
    assert verdict("EXD-D-02", CLEAR.replace(sender_reference=None)) == broken("EXD-D-02")


def test_X02_sender_reference_is_unique_for_a_client() -> None:
    known = facts([stored()])
    assert verdict("X02", CLEAR.replace(sender_reference="ANOTHER"), known) == held("X02")
    assert verdict("X02", CLEAR, known, owner=OTHER) == held("X02")
    assert verdict("X02", CLEAR, known) == broken("X02")
    assert verdict("X02", amendment(), known) == not_applied("X02")


def test_X02_names_the_declaration_that_has_the_reference() -> None:
    findings = decide(CLEAR.replace(version=2), facts([stored()])).findings
    text = f"SENDER REFERENCE 200401270001 IS ALREADY USED FOR EXPORT DECLARATION {EDN}"
    assert findings == (Finding(Severity.ERROR, "EX9002", text, 0, "X02"),)


def test_X03_versions_start_from_one() -> None:
    assert verdict("X03", CLEAR.replace(version=7)) == held("X03")
    assert verdict("X03", CLEAR.replace(version=0)) == broken("X03")
    assert verdict("X03", CLEAR.replace(version=None)) == broken("X03")


def test_EXD_D_03_number_is_needed_unless_original() -> None:
    assert verdict("EXD-D-03", CLEAR) == not_applied("EXD-D-03")
    assert verdict("EXD-D-03", amendment(), facts([stored()])) == held("EXD-D-03")
    assert verdict("EXD-D-03", amendment(declaration_number=None), facts([stored()])) == broken("EXD-D-03")


@pytest.mark.parametrize("function", ["4", "5", "20", "50"])
def test_X05_nothing_stored_nothing_to_change(function: str) -> None:
    sent = amendment(function, lines=())
    assert verdict("X05", sent, facts([stored()])) == held("X05")
    assert verdict("X05", sent) == broken("X05")


def test_X05_is_told_by_the_number_even_if_the_reference_is_known() -> None:
    sent = amendment(declaration_number="AAAAAAAT4")
    assert verdict("X05", sent, facts([stored()])) == broken("X05")


def test_X07_only_the_original_reporting_party_may_amend() -> None:
    known = facts([stored()])
    assert verdict("X07", amendment(), known) == held("X07")
    assert verdict("X07", amendment(), known, owner=OTHER) == broken("X07")


def test_X07_tells_a_stranger_nothing_of_the_declaration() -> None:
    outcome = decide(amendment("20", lines=(), version=1), facts([stored()]), owner=OTHER)
    assert [finding.rule for finding in outcome.findings] == ["X07"]
    assert (outcome.subject_kind, outcome.subject_key) == ("", "")
    assert outcome.documents[0].document.declaration_number is None
    assert outcome.events[0].subject_kind == "MESSAGE"


def test_EXD_D_04_number_and_reference_belong_together() -> None:
    known = facts([stored()])
    assert verdict("EXD-D-04", amendment(), known) == held("EXD-D-04")
    assert verdict("EXD-D-04", amendment(sender_reference="ANOTHER"), known) == broken("EXD-D-04")


def test_X08_a_withdrawn_declaration_stays_withdrawn() -> None:
    known = facts([stored()])
    assert verdict("X08", amendment(), known) == held("X08")
    known.apply(request(amendment("50")), decide(amendment("50"), known))
    assert verdict("X08", amendment(version=3), known) == broken("X08")
    assert verdict("X08", amendment("50", version=3), known) == broken("X08")


@pytest.mark.parametrize(("version", "expected"), [(1, broken("X06")), (2, broken("X06")), (3, held("X06"))])
def test_X06_a_version_must_be_higher_than_the_one_stored(version: int, expected: object) -> None:
    known = facts([stored(CLEAR.replace(version=2))])
    assert verdict("X06", amendment(version=version), known) == expected


def test_X06_tells_the_latest_version() -> None:
    findings = decide(amendment(version=4), facts([stored(CLEAR.replace(version=9))])).findings
    text = "VERSION 4 IS STALE; THE LATEST VERSION STORED IS 9"
    assert findings == (Finding(Severity.ERROR, "EX9006", text, 0, "X06"),)


def test_X04_amendments_are_limited() -> None:
    last, too_many = replace(stored(), amendments=997), replace(stored(), amendments=998)
    assert verdict("X04", amendment(), facts([last])) == held("X04")
    assert verdict("X04", amendment(), facts([too_many])) == broken("X04")


def test_X14_what_was_changed_interactively_is_not_changed_by_edi() -> None:
    by_web = facts([stored(channel="web")])
    assert verdict("X14", amendment(), facts([stored()])) == held("X14")
    assert verdict("X14", amendment(), by_web, channel="web") == not_applied("X14")
    assert verdict("X14", amendment(), by_web) == broken("X14")
    assert verdict("X14", amendment("50"), by_web) == broken("X14")


def test_EXD_W_01_exported_goods_cannot_be_withdrawn() -> None:
    assert verdict("EXD-W-01", amendment("50"), facts([stored()])) == held("EXD-W-01")
    assert verdict("EXD-W-01", amendment("50"), facts([exported(stored())])) == broken("EXD-W-01")
    assert verdict("EXD-W-01", amendment(), facts([exported(stored())])) == not_applied("EXD-W-01")


def test_E01_at_most_999_lines() -> None:
    most = CLEAR.replace(lines=lines(*[{}] * 999))
    assert verdict("E01", most) == held("E01")
    assert verdict("E01", CLEAR.replace(lines=(*most.lines, LINE))) == broken("E01")


def test_E01_too_many_lines_are_not_judged_one_by_one() -> None:
    outcome = decide(CLEAR.replace(lines=lines(*[{"ahecc": None}] * 1000)))
    assert {finding.rule for finding in outcome.findings} == {"E01", "EXD-H-28"}


def test_E01_a_change_of_too_many_lines_is_refused_even_if_few_would_be_left() -> None:
    """Line numbers that come again leave 999 lines; without line actions, nothing says what becomes of them."""
    sent = amendment("4", lines=lines(*({"number": number % 999 + 1, "action": None} for number in range(1000))))
    outcome = decide(sent, facts([stored()]))
    assert (outcome.accepted, outcome.change) == (False, None)
    assert [finding.rule for finding in outcome.findings] == ["E01"]


def test_E01_a_change_whose_lines_make_more_than_999_is_judged_line_by_line() -> None:
    full = CLEAR.replace(lines=lines(*[{"fob_value": Decimal(0)}] * 999), total_fob_value=Decimal(0))
    zeroth = lines({"number": 0, "action": "I", "fob_value": Decimal(0)})
    outcome = decide(amendment("4", base=full, lines=zeroth), facts([stored(full)]))
    assert [(finding.rule, finding.line) for finding in outcome.findings] == [("EXD-L-01", 0)]
    assert outcome.accepted is False


def test_X09_A_a_new_heading_has_no_lines() -> None:
    known = facts([stored()])
    assert verdict("X09-A", amendment("20", lines=()), known) == held("X09-A")
    assert verdict("X09-A", amendment("20"), known) == broken("X09-A")
    assert verdict("X09-A", amendment("5"), known) == not_applied("X09-A")


def test_X09_B_a_change_says_what_becomes_of_each_line() -> None:
    known = facts([stored()])
    right = amendment("4", lines=lines({"action": "A"}, {"action": "I"}))
    wrong = amendment("4", lines=lines({"action": "A"}, {"action": None}))
    assert verdict("X09-B", right, known) == held("X09-B")
    assert verdict("X09-B", wrong, known) == broken("X09-B", 2)
    assert verdict("X09-B", CLEAR) == not_applied("X09-B")


@pytest.mark.parametrize(
    ("action", "number", "expected"),
    [
        ("A", 1, held("X09-C")),
        ("D", 1, held("X09-C")),
        ("I", 2, held("X09-C")),
        ("A", 2, broken("X09-C", 2)),
        ("D", 2, broken("X09-C", 2)),
        ("I", 1, broken("X09-C", 1)),
    ],
)
def test_X09_C_lines_fit_the_stored_ones(action: str, number: int, expected: object) -> None:
    sent = amendment("4", lines=lines({"action": action, "number": number}))
    assert verdict("X09-C", sent, facts([stored()])) == expected


def test_X09_D_a_change_acts_on_a_line_once() -> None:
    known = facts([stored()])
    twice = amendment("4", lines=lines({"action": "D"}, {"action": "A", "number": 1}))
    assert verdict("X09-D", amendment("4", lines=lines({"action": "A"})), known) == held("X09-D")
    assert verdict("X09-D", twice, known) == broken("X09-D", 1, 1)
    assert verdict("X09-D", CLEAR) == not_applied("X09-D")


def test_a_rejected_amendment_names_the_number_and_what_it_remains() -> None:
    outcome = decide(amendment(version=1), facts([stored()]))
    answer = outcome.documents[0].document
    assert outcome.accepted is False
    assert outcome.change is None
    assert (answer.declaration_number, answer.status_type) == (EDN, "REJECTED")
    assert answer.status_description == f"NOT ACCEPTED; {EDN} REMAINS CLEAR"


def test_an_agent_is_the_party_that_may_amend_what_it_reported() -> None:
    sent = CLEAR.replace(reporting_party_type="A", goods_owner=OTHER)
    known = facts([stored(sent, owner=AGENT)])
    assert verdict("X07", amendment(base=sent), known, owner=AGENT) == held("X07")
    assert verdict("X07", amendment(base=sent), known, owner=OTHER) == broken("X07")
