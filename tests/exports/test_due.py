"""What time does to declarations when their due dates come."""

from dataclasses import replace
from datetime import UTC, date, datetime

from export_declarations import CLEAR, EDN, SITE, amendment, decide, facts, reference, stored
from openics.decision.outcome import Due, Event
from openics.exports.codes import Status
from openics.exports.due import DueFacts, decide_due
from openics.exports.facts import StoredDeclaration
from openics.exports.status import DUE_EXPIRE, DUE_IDLE, DUE_REVOKE
from openics.messages.exports.exdr import ExportDeclarationResponse

TENTH_DAY = datetime(2026, 12, 10, 13, 0, tzinfo=UTC)
THIRTIETH_DAY = datetime(2026, 12, 30, 13, 0, tzinfo=UTC)


def due(kind: str) -> Due:
    """A due date of the first declaration."""
    return Due(kind, "EDN", EDN, None)


def known(*declarations: StoredDeclaration) -> DueFacts:
    """What is known when due dates come."""
    return DueFacts(declarations, reference=reference(), response_numbers={EDN: 7})


def test_ten_days_after_its_date_a_declaration_goes_idle() -> None:
    outcome = decide_due(due(DUE_IDLE), known(stored()), TENTH_DAY)
    assert outcome.change.declaration.status is Status.IDLE
    assert outcome.change.declaration.changed_at == TENTH_DAY
    assert outcome.change.version is None
    assert outcome.events == (Event("export.declaration.status", "EDN", EDN, {"from": "CLEAR", "to": "IDLE"}),)
    assert outcome.due[1] == Due(DUE_REVOKE, "EDN", EDN, THIRTIETH_DAY)


def test_the_site_is_told_without_being_asked() -> None:
    outcome = decide_due(due(DUE_IDLE), known(stored()), TENTH_DAY)
    assert [(each.site, each.document) for each in outcome.documents] == [
        (
            SITE,
            ExportDeclarationResponse(
                response_reference="0000 0000 0007",
                response_version=1,
                function="11",
                recipient_site=SITE,
                answered_message="EXD",
                answered_function="9",
                sender_reference="200401270001",
                sender_reference_version=1,
                responded_at=TENTH_DAY,
                error_count=0,
                declaration_number=EDN,
                status_type="IDLE",
                status_description="INTENDED EXPORT DATE LONG PAST, GOODS NOT REPORTED; AMEND OR WITHDRAW",
            ),
        )
    ]


def test_thirty_days_after_its_date_it_is_revoked() -> None:
    during = known(stored())
    during.apply(decide_due(due(DUE_IDLE), during, TENTH_DAY))
    outcome = decide_due(due(DUE_REVOKE), during, THIRTIETH_DAY)
    assert outcome.change.declaration.status is Status.REVOKED
    assert outcome.events == (Event("export.declaration.status", "EDN", EDN, {"from": "IDLE", "to": "REVOKED"}),)
    assert {each.at for each in outcome.due} == {None}


def test_stores_expire_the_day_after() -> None:
    stores = CLEAR.replace(goods_type="ST", vessel_id="9477878", voyage_or_flight="2403S")
    outcome = decide_due(due(DUE_EXPIRE), known(stored(stores)), datetime(2026, 12, 1, 13, 0, tzinfo=UTC))
    assert outcome.change.declaration.status is Status.EXPIRED


def test_a_date_that_was_moved_since_changes_nothing() -> None:
    moved = decide(amendment(intended_export_date=date(2027, 1, 10)), facts([stored()])).change.declaration
    outcome = decide_due(due(DUE_IDLE), known(moved), TENTH_DAY)
    assert (outcome.accepted, outcome.change, outcome.documents, outcome.due) == (True, None, (), ())


def test_a_withdrawn_declaration_does_not_age() -> None:
    gone = decide(amendment("50"), facts([stored()])).change.declaration
    assert decide_due(due(DUE_REVOKE), known(gone), THIRTIETH_DAY).change is None


def test_a_declaration_in_error_stays_so() -> None:
    lacking = stored(
        CLEAR.replace(lines=(CLEAR.lines[0].replace(ahecc="93033000", net_quantity_unit="NO", permits=()),))
    )
    assert lacking.status is Status.ERROR
    assert decide_due(due(DUE_REVOKE), known(lacking), THIRTIETH_DAY).change is None


def test_moving_the_date_of_an_idle_declaration_clears_it() -> None:
    idle = decide_due(due(DUE_IDLE), known(stored()), TENTH_DAY).change.declaration
    sent = amendment(intended_export_date=date(2027, 1, 10))
    outcome = decide(sent, facts([idle]), now=datetime(2026, 12, 15, tzinfo=UTC))
    assert outcome.change.declaration.status is Status.CLEAR


def test_an_idle_declaration_stays_idle_while_its_date_stays() -> None:
    idle = decide_due(due(DUE_IDLE), known(stored()), TENTH_DAY).change.declaration
    outcome = decide(amendment(total_packages=2), facts([idle]), now=datetime(2026, 12, 15, tzinfo=UTC))
    assert outcome.change.declaration.status is Status.IDLE


def test_a_due_date_of_an_unknown_declaration_is_void() -> None:
    outcome = decide_due(due(DUE_IDLE), known(replace(stored(), edn="AAAAAAAT4")), TENTH_DAY)
    assert (outcome.accepted, outcome.change) == (False, None)
