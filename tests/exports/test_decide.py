"""Deciding on export declarations: the life cycle from lodgement to withdrawal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from export_declarations import (
    CLEAR,
    EDN,
    LINE,
    NOW,
    OWNER,
    PUBLISHED,
    SITE,
    amendment,
    decide,
    exported,
    facts,
    lines,
    request,
    stored,
)
from openics.decision.conditions import State
from openics.decision.outcome import Due, Event
from openics.edifact.reader import read_interchange
from openics.exports.codes import ConditionName, Status
from openics.exports.decide import decide_declaration
from openics.exports.policy import Policy
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.streq import StatusRequest
from openics.messages.reading import read_message
from openics.messages.response import ResponseEntry

RIFLE = {"ahecc": "93033000", "net_quantity_unit": "NO", "permits": ()}
WITHOUT_PERMIT = CLEAR.replace(lines=lines(RIFLE))


def test_the_published_sample_is_read_as_these_tests_have_it(corpus: Path) -> None:
    interchange = read_interchange((corpus / "exd.edi").read_bytes())
    assert read_message(interchange.messages[0]).document == PUBLISHED


def test_the_published_sample_is_rejected_for_its_age() -> None:
    outcome = decide(PUBLISHED)
    assert outcome.accepted is False
    assert [(finding.rule, finding.line) for finding in outcome.findings] == [
        ("EXD-H-02", 0),
        ("EXD-H-04", 0),
        ("EXD-H-10", 0),
    ]
    assert outcome.change is None
    assert outcome.due == ()


def test_with_a_date_to_come_its_classification_is_out_of_force() -> None:
    outcome = decide(PUBLISHED.replace(intended_export_date=date(2026, 12, 1), prescribed_goods="N"))
    assert [(finding.rule, finding.line) for finding in outcome.findings] == [("EXD-H-10", 0), ("EXD-L-04", 1)]
    assert outcome.accepted is False


def test_an_original_without_errors_is_clear() -> None:
    outcome = decide(CLEAR, number=0)
    answer = ExportDeclarationResponse(
        response_reference="0000 0000 0000",
        response_version=1,
        function="11",
        recipient_site=SITE,
        answered_message="EXD",
        answered_function="9",
        sender_reference="200401270001",
        sender_reference_version=1,
        responded_at=NOW,
        error_count=0,
        declaration_number=EDN,
        status_type="CLEAR",
        status_description="VALIDATED, AUTHORITY TO EXPORT GIVEN",
    )
    assert [(each.site, each.document) for each in outcome.documents] == [(SITE, answer)]
    assert (outcome.accepted, outcome.findings) == (True, ())
    assert (outcome.subject_kind, outcome.subject_key) == ("EDN", EDN)
    assert outcome.events == (
        Event("export.declaration.lodged", "EDN", EDN, {"version": 1}),
        Event("export.declaration.status", "EDN", EDN, {"from": None, "to": "CLEAR"}),
    )


def test_an_original_sets_the_dates_when_it_goes_idle_and_is_revoked() -> None:
    """Midnight in Melbourne, in summer time, is 13:00 UTC of the day before."""
    assert decide(CLEAR, number=0).due == (
        Due("export.declaration.idle", "EDN", EDN, datetime(2026, 12, 10, 13, 0, tzinfo=UTC)),
        Due("export.declaration.revoke", "EDN", EDN, datetime(2026, 12, 30, 13, 0, tzinfo=UTC)),
        Due("export.declaration.expire", "EDN", EDN, None),
    )


def test_what_is_stored_of_an_original() -> None:
    declaration = stored()
    assert declaration.edn == EDN
    assert (declaration.owner, declaration.goods_owner, declaration.site) == (OWNER, OWNER, SITE)
    assert (declaration.sender_reference, declaration.version, declaration.amendments) == ("200401270001", 1, 0)
    assert declaration.document == CLEAR.replace(declaration_number=EDN)
    assert (declaration.lodged_at, declaration.changed_at) == (NOW, NOW)


def test_X13_a_rejected_original_gets_no_number_and_may_be_sent_again() -> None:
    known = facts()
    wrong = CLEAR.replace(fob_currency=None)
    outcome = decide(wrong, known, number=0)
    known.apply(request(wrong, 0), outcome)
    answer = outcome.documents[0].document
    assert (answer.declaration_number, answer.status_type) == (None, "REJECTED")
    assert outcome.events[0].code == "export.declaration.rejected"
    assert decide(CLEAR, known, number=1).accepted is True


def test_a_rejection_lists_the_outcome_first_and_counts_errors_only() -> None:
    answer = decide(PUBLISHED).documents[0].document
    assert [(entry.severity, entry.error) for entry in answer.entries] == [
        ("ADVICE", "MS5201"),
        ("ERROR", "EX9202"),
        ("ERROR", "EX9204"),
        ("ADVICE", "EX9210"),
    ]
    assert answer.error_count == 2


def test_an_acceptance_with_advice_says_so_first() -> None:
    answer = decide(CLEAR.replace(consignee_city="MELBOURNE")).documents[0].document
    assert answer.status_type == "CLEAR"
    assert answer.entries[0] == ResponseEntry(
        line=0,
        severity="ADVICE",
        error="MS5202",
        text="THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS",
    )
    assert answer.error_count == 0


def test_at_most_50_findings_are_answered_and_errors_are_kept() -> None:
    outcome = decide(CLEAR.replace(consignee_city="MELBOURNE", lines=lines(*[{"description": None}] * 70)))
    answer = outcome.documents[0].document
    assert len(outcome.findings) == 72
    assert len(answer.entries) == 51
    assert answer.error_count == 50


def test_E05_any_error_rejects() -> None:
    assert decide(CLEAR.replace(lines=lines({"description": None}))).accepted is False


def test_E06_a_tolerated_error_gives_a_number_in_error_status() -> None:
    policy = Policy(tolerated=frozenset({"EXD-L-05"}))
    sent = CLEAR.replace(lines=lines({"description": None}))
    outcome = decide_declaration(request(sent), facts(), NOW, policy)
    assert outcome.accepted is True
    assert outcome.change.declaration.status is Status.ERROR
    assert outcome.documents[0].document.error_count == 1


def test_E06_fifty_tolerated_errors_reject() -> None:
    policy = Policy(tolerated=frozenset({"EXD-L-05", "EXD-H-28"}))
    fewer, many = (CLEAR.replace(lines=lines(*[{"description": None}] * count)) for count in (48, 49))
    assert decide_declaration(request(fewer), facts(), NOW, policy).accepted is True
    assert decide_declaration(request(many), facts(), NOW, policy).accepted is False


def test_E07_by_choice_a_missing_permit_rejects() -> None:
    assert decide_declaration(request(WITHOUT_PERMIT), facts(), NOW, Policy(frozenset())).accepted is False


def test_a_missing_permit_gives_a_number_without_authority() -> None:
    outcome = decide(WITHOUT_PERMIT, number=0)
    conditions = {each.name: each for each in outcome.change.declaration.conditions}
    assert outcome.change.declaration.status is Status.ERROR
    assert conditions[ConditionName.PERMITS].state is State.NOT_MET
    assert conditions[ConditionName.PERMITS].who == "reporting party"
    assert conditions[ConditionName.PERMITS].detail == (
        "L1: AHECC CODE 93033000 NEEDS A PERMIT; QUOTE ITS PREFIX AND NUMBER"
    )
    assert conditions[ConditionName.IN_ORDER].state is State.MET


def test_quoting_the_permit_clears_the_declaration() -> None:
    known = facts([stored(WITHOUT_PERMIT)])
    sent = amendment("4", lines=lines({**RIFLE, "action": "A", "permits": ("DFP123",)}))
    outcome = decide(sent, known)
    assert outcome.change.declaration.status is Status.CLEAR
    assert outcome.events == (
        Event("export.declaration.changed", "EDN", EDN, {"version": 2}),
        Event("export.declaration.status", "EDN", EDN, {"from": "ERROR", "to": "CLEAR"}),
    )


def test_a_change_that_loses_the_permit_takes_the_authority_away() -> None:
    with_permit = CLEAR.replace(lines=lines({**RIFLE, "permits": ("DFP123",)}))
    sent = amendment("5", base=with_permit, lines=lines(RIFLE))
    assert decide(sent, facts([stored(with_permit)])).change.declaration.status is Status.ERROR


def test_a_condition_is_as_old_as_its_state() -> None:
    later = datetime(2026, 11, 25, tzinfo=UTC)
    known = facts([stored(WITHOUT_PERMIT)])
    sent = amendment("20", base=WITHOUT_PERMIT, lines=(), total_packages=30)
    conditions = {each.name: each for each in decide(sent, known, number=8, now=later).change.declaration.conditions}
    assert (conditions[ConditionName.PERMITS].since, conditions[ConditionName.PERMITS].message) == (NOW, 0)


def test_X09_a_replacement_is_the_whole_declaration() -> None:
    sent = amendment("5", lines=lines({"description": "OTHER GOODS"}), total_packages=None)
    declaration = decide(sent, facts([stored()])).change.declaration
    assert declaration.document == sent
    assert (declaration.version, declaration.amendments) == (2, 1)


def test_X09_a_heading_keeps_the_lines() -> None:
    sent = amendment("20", lines=(), total_packages=30)
    declaration = decide(sent, facts([stored()])).change.declaration
    assert declaration.document == sent.replace(lines=CLEAR.lines)


def test_X09_a_change_amends_inserts_and_deletes_lines() -> None:
    three = CLEAR.replace(lines=lines({}, {}, {}), total_fob_value=Decimal(15000))
    changes = lines(
        {"number": 4, "action": "I"},
        {"number": 2, "action": "D"},
        {"number": 3, "action": "A", "description": "OTHER GOODS"},
    )
    sent = amendment("4", base=three, lines=changes)
    declaration = decide(sent, facts([stored(three)])).change.declaration
    assert [(line.number, line.action, line.description) for line in declaration.document.lines] == [
        (1, "I", "GOODS DESCRIPTION"),
        (3, "I", "OTHER GOODS"),
        (4, "I", "GOODS DESCRIPTION"),
    ]


def test_a_change_is_judged_with_the_lines_that_it_leaves() -> None:
    sent = amendment("4", lines=lines({"action": "A", "fob_value": Decimal(4000)}))
    assert [finding.rule for finding in decide(sent, facts([stored()])).findings] == ["EXD-H-28"]


def test_deleting_the_last_line_is_an_error() -> None:
    sent = amendment("4", lines=lines({"action": "D"}), total_fob_value=Decimal(0))
    assert [finding.rule for finding in decide(sent, facts([stored()])).findings] == ["EXD-H-01"]


def test_what_does_not_fit_the_stored_declaration_is_not_judged_further() -> None:
    sent = amendment("4", lines=lines({"action": "A", "number": 5, "description": None}))
    assert [finding.rule for finding in decide(sent, facts([stored()])).findings] == ["X09-C"]


def test_moving_the_date_moves_the_deadlines() -> None:
    sent = amendment("20", lines=(), intended_export_date=date(2027, 1, 10))
    assert [each.at for each in decide(sent, facts([stored()])).due] == [
        datetime(2027, 1, 19, 13, 0, tzinfo=UTC),
        datetime(2027, 2, 8, 13, 0, tzinfo=UTC),
        None,
    ]


def test_X10_a_withdrawal_needs_only_reference_version_and_number() -> None:
    sent = type(CLEAR)(sender_reference="200401270001", version=2, function="50", declaration_number=EDN)
    outcome = decide(sent, facts([stored()]))
    declaration = outcome.change.declaration
    assert outcome.accepted is True
    assert declaration.status is Status.WITHDRAWN
    assert declaration.document == CLEAR.replace(declaration_number=EDN)
    assert outcome.change.version.document == sent
    assert [each.at for each in outcome.due] == [None, None, None]
    assert [event.code for event in outcome.events] == ["export.declaration.withdrawn", "export.declaration.status"]


def test_after_a_withdrawal_nobody_has_to_act() -> None:
    conditions = decide(amendment("50"), facts([stored()])).change.declaration.conditions
    states = {each.name: (each.state, each.who) for each in conditions}
    assert states.pop(ConditionName.NOT_WITHDRAWN) == (State.NOT_MET, "")
    assert set(states.values()) == {(State.NOT_APPLICABLE, "")}


def test_an_amendment_after_export_keeps_the_declaration_expired() -> None:
    known = facts([exported(stored())])
    assert decide(amendment(total_packages=3), known).change.declaration.status is Status.EXPIRED


def test_an_amendment_after_export_with_an_error() -> None:
    known = facts([exported(stored())])
    sent = amendment(lines=lines(RIFLE))
    assert decide(sent, known).change.declaration.status is Status.EXPIRED_ERROR


def test_a_hold_outlives_an_amendment() -> None:
    declaration = stored()
    conditions = tuple(
        replace(each, state=State.NOT_MET) if each.name == ConditionName.NOT_HELD else each
        for each in declaration.conditions
    )
    known = facts([replace(declaration, conditions=conditions, status=Status.HELD)])
    assert decide(amendment(), known).change.declaration.status is Status.HELD


def test_answers_follow_the_site_that_sent_the_latest_version() -> None:
    outcome = decide(amendment(), facts([stored()]), site="FJM396H")
    assert outcome.change.declaration.site == "FJM396H"
    assert [each.site for each in outcome.documents] == ["FJM396H"]


def test_a_confirming_export_is_confirmed_by_a_later_change() -> None:
    first = CLEAR.replace(
        confirming_export_type="Y",
        total_fob_value=None,
        first_port_of_discharge=None,
        lines=(LINE.replace(fob_value=None, net_quantity=None, gross_weight=None),),
    )
    declaration = stored(first)
    confirmed = amendment("5", base=CLEAR.replace(confirming_export_type="C"))
    assert declaration.status is Status.CLEAR
    assert decide(confirmed, facts([declaration])).change.declaration.status is Status.CLEAR
    assert decide(confirmed.replace(total_fob_value=None), facts([declaration])).accepted is False


@pytest.mark.parametrize("function", [None, "1"])
def test_an_unknown_transaction_type_is_rejected(function: str | None) -> None:
    assert decide(CLEAR.replace(function=function)).accepted is False


def test_only_export_declarations_are_decided_here() -> None:
    with pytest.raises(TypeError, match=r"^an export declaration is decided here, not STREQ$"):
        decide_declaration(request(StatusRequest()), facts(), NOW)
