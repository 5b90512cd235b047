"""What time does to voyages when their due dates come."""

from datetime import timedelta

from arrival_reports import ARRIVED, AT_SYDNEY, MELBOURNE_AT, SHIP, SYDNEY_AT, VOYAGE, change, decide, facts, told
from openics.decision.conditions import next_actions
from openics.decision.outcome import Due, Event, Outcome
from openics.voyages.codes import Phase, Status
from openics.voyages.due import DueFacts, decide_due
from openics.voyages.facts import StoredVoyage

DAY = timedelta(hours=24)


def at_sea() -> StoredVoyage:
    """The ship as reported."""
    voyage = told(SHIP).voyage(VOYAGE)
    assert voyage is not None
    return voyage


def due(voyage: StoredVoyage, after: timedelta) -> Outcome:
    """The due date of the voyage, so long after the estimated arrival at Sydney."""
    at = SYDNEY_AT + after
    return decide_due(Due("voyage.arrival", "VOYAGE", VOYAGE, at), DueFacts([voyage]), at)


def test_at_the_estimated_arrival_the_report_is_due() -> None:
    outcome = due(at_sea(), timedelta(0))
    voyage = outcome.change.voyage
    assert (outcome.change.version, outcome.change.arrival) == (None, None)
    assert [call.phase for call in voyage.calls] == [Phase.DUE, Phase.EXPECTED]
    assert voyage.status is Status.EXPECTED
    assert outcome.events == (Event("voyage.arrival.due", "VOYAGE", VOYAGE, {"port": "AUSYD", "call": 1}),)
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, SYDNEY_AT + DAY),)
    (waiting,) = next_actions(voyage.conditions)
    assert waiting.detail == "expected 2026-11-29 06:30, local time; the report is due"
    assert waiting.who == "vessel operator or principal agent"
    assert waiting.action == "report the actual arrival (SEAAAR), or change the estimated arrival"


def test_a_day_later_it_is_overdue() -> None:
    outcome = due(due(at_sea(), timedelta(0)).change.voyage, DAY)
    assert outcome.change.voyage.status is Status.OVERDUE
    assert outcome.events == (
        Event("voyage.arrival.overdue", "VOYAGE", VOYAGE, {"port": "AUSYD", "call": 1}),
        Event("voyage.status", "VOYAGE", VOYAGE, {"from": "EXPECTED", "to": "OVERDUE"}),
    )
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, MELBOURNE_AT),)


def test_a_sweeper_that_was_away_catches_up_at_once() -> None:
    outcome = due(at_sea(), timedelta(days=10))
    assert [event.data.get("port") for event in outcome.events] == ["AUSYD", "AUMEL", None]
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, None),)


def test_a_due_date_that_the_voyage_has_outrun_changes_nothing() -> None:
    known = told(SHIP)
    arrived = decide(ARRIVED, known, now=AT_SYDNEY).change.voyage
    outcome = due(arrived, DAY)
    assert (outcome.accepted, outcome.change, outcome.events) == (True, None, ())
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, MELBOURNE_AT),)


def test_an_arrival_ends_an_overdue() -> None:
    overdue = due(at_sea(), DAY).change.voyage
    outcome = decide(ARRIVED, facts([overdue]), now=SYDNEY_AT + DAY)
    assert outcome.change.voyage.status is Status.ARRIVED
    assert outcome.events[-1].data == {"from": "OVERDUE", "to": "ARRIVED"}


def test_nothing_comes_due_after_a_withdrawal() -> None:
    withdrawn = decide(change(function="50"), told(SHIP)).change.voyage
    outcome = due(withdrawn, DAY)
    assert (outcome.change, outcome.due) == (None, (Due("voyage.arrival", "VOYAGE", VOYAGE, None),))


def test_a_due_date_of_an_unknown_voyage_is_void() -> None:
    outcome = decide_due(Due("voyage.arrival", "VOYAGE", "X/1", SYDNEY_AT), DueFacts([at_sea()]), SYDNEY_AT)
    assert (outcome.accepted, outcome.change) == (False, None)


def test_the_next_due_date_of_a_batch_sees_what_became_of_the_first() -> None:
    known = DueFacts([at_sea()])
    known.apply(due(at_sea(), DAY))
    voyage = known.voyage(VOYAGE)
    assert voyage is not None
    assert voyage.status is Status.OVERDUE
