"""Deciding on actual arrival reports: arriving, correcting, taking back."""

from datetime import date, time, timedelta

import pytest

from arrival_reports import (
    AGENT,
    ARRIVED,
    ARRIVED_AT,
    AT_MELBOURNE,
    AT_SYDNEY,
    FLIGHT,
    FLIGHT_REFERENCE,
    LANDED,
    LANDED_AT,
    LATER,
    MELBOURNE_AT,
    OTHER,
    OWNER,
    SHIP,
    SYDNEY,
    SYDNEY_AT,
    VOYAGE,
    change,
    decide,
    facts,
    request,
    rules,
    told,
)
from openics.decision.conditions import State
from openics.decision.outcome import Due, Event
from openics.voyages.arrive import decide_actual
from openics.voyages.codes import Phase, Status
from openics.voyages.facts import VoyageFacts


def after(*documents: object, now: object = LATER) -> VoyageFacts:
    """What is known when the ship was reported in time and then all this."""
    known = told(SHIP)
    for number, document in enumerate(documents, start=200):
        outcome = decide(document, known, number, now=now)  # type: ignore[arg-type]
        assert outcome.accepted, outcome.findings
        known.apply(request(document, number), outcome)  # type: ignore[arg-type]
    return known


def test_an_arrival_in_time_needs_no_answer_and_moves_the_voyage() -> None:
    outcome = decide(ARRIVED, told(SHIP), now=AT_SYDNEY)
    assert (outcome.accepted, outcome.findings, outcome.documents) == (True, (), ())
    assert (outcome.subject_kind, outcome.subject_key) == ("VOYAGE", VOYAGE)
    arrived = {"port": "AUSYD", "call": 1, "arrived_at": "2026-11-28T20:15:00+00:00"}
    assert outcome.events == (
        Event("voyage.arrived", "VOYAGE", VOYAGE, arrived),
        Event("voyage.status", "VOYAGE", VOYAGE, {"from": "EXPECTED", "to": "ARRIVED"}),
    )
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, MELBOURNE_AT),)


def test_what_is_stored_of_an_arrival() -> None:
    stored = decide(ARRIVED, told(SHIP), now=AT_SYDNEY).change
    assert (stored.arrival.owner, stored.arrival.name, stored.arrival.sender_reference) == (OWNER, "SEAAAR", "SAA1")
    assert (stored.arrival.voyage, stored.arrival.call, stored.arrival.arrived_at) == (VOYAGE, 1, ARRIVED_AT)
    assert (stored.arrival.version, stored.arrival.amendments, stored.arrival.withdrawn) == (1, 0, False)
    call = stored.voyage.calls[0]
    assert (call.arrived_at, call.arrival, call.phase) == (ARRIVED_AT, "SAA1", Phase.ARRIVED)
    assert (stored.voyage.version, stored.version.version, stored.version.document) == (1, 1, ARRIVED)
    condition = stored.voyage.conditions[2]
    assert (condition.state, condition.detail) == (State.MET, "arrived 2026-11-28 20:15 UTC, report SAA1")


def test_the_last_arrival_completes_the_voyage() -> None:
    outcome = decide(AT_MELBOURNE, after(ARRIVED), now=LATER)
    assert outcome.change.voyage.status is Status.COMPLETED
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, None),)


def test_a_late_report_is_accepted_and_flagged() -> None:
    outcome = decide(ARRIVED, told(SHIP), now=ARRIVED_AT + timedelta(hours=26))
    assert (outcome.accepted, rules(outcome)) == (True, ["AAR-12"])
    assert outcome.findings[0].text == "REPORTED LATE: THE REPORT WAS DUE BY 2026-11-29 20:15 UTC"
    assert outcome.events[1] == Event("voyage.report.late", "VOYAGE", VOYAGE, {"message": "SEAAAR", "hours": 2.0})
    assert outcome.documents[0].document.name == "SEAAARR"


def test_a_change_corrects_the_time() -> None:
    outcome = decide(change(ARRIVED, arrival_time=time(7, 45)), after(ARRIVED, now=AT_SYDNEY), now=AT_SYDNEY)
    assert (outcome.accepted, outcome.findings) == (True, ())
    assert outcome.change.voyage.calls[0].arrived_at == ARRIVED_AT + timedelta(minutes=30)
    assert (outcome.change.arrival.version, outcome.change.arrival.amendments) == (2, 1)
    assert [event.code for event in outcome.events] == ["voyage.arrival.changed"]


def test_a_withdrawal_takes_the_arrival_back_and_the_port_waits_again() -> None:
    sent = type(ARRIVED)(sender_reference="SAA1", version=2, function="50")
    outcome = decide(sent, after(ARRIVED), now=AT_SYDNEY)
    call = outcome.change.voyage.calls[0]
    assert (call.arrived_at, call.arrival, call.phase) == (None, "", Phase.DUE)
    assert (outcome.change.arrival.withdrawn, outcome.change.arrival.document) == (True, ARRIVED)
    assert [event.code for event in outcome.events] == [
        "voyage.arrival.withdrawn",
        "voyage.arrival.due",
        "voyage.status",
    ]
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, SYDNEY_AT + timedelta(hours=24)),)


def test_a_port_can_be_reported_again_after_a_withdrawal() -> None:
    known = after(ARRIVED, change(ARRIVED, "50"))
    assert decide(ARRIVED.replace(sender_reference="SAA9"), known, now=LATER).accepted is True


def test_the_agent_named_in_the_report_may_report_the_arrival() -> None:
    outcome = decide(ARRIVED, told(SHIP), owner=AGENT, now=AT_SYDNEY)
    assert (outcome.accepted, outcome.change.arrival.owner) == (True, AGENT)


def test_a_strangers_rejection_tells_nothing_of_the_voyage() -> None:
    outcome = decide(ARRIVED, told(SHIP), owner=OTHER, now=AT_SYDNEY)
    assert (rules(outcome), outcome.subject_key) == (["AAR-03"], "")
    assert outcome.events[0].subject_kind == "MESSAGE"


def test_an_arrival_at_a_port_of_two_legs_is_that_of_the_nearest_call() -> None:
    again = SYDNEY.replace(estimated_arrival_date=date(2026, 12, 4))
    known = after(SHIP.replace(sender_reference="SIA2", calls=(again,)))
    fourth = ARRIVED.replace(arrival_date=date(2026, 12, 4))
    assert decide(fourth, known, now=LATER).subject_key == f"{VOYAGE} LEG 2"
    assert decide(ARRIVED, known, now=LATER).subject_key == VOYAGE


def test_a_flight_lands_on_the_flight_of_its_day() -> None:
    tomorrow = FLIGHT.replace(
        sender_reference="AIA2",
        overseas_departure_date=date(2026, 11, 24),
        calls=(FLIGHT.calls[0].replace(estimated_arrival_date=date(2026, 11, 24)),),
    )
    known = told(FLIGHT, tomorrow)
    assert decide(LANDED, known, now=LANDED_AT).subject_key == FLIGHT_REFERENCE
    next_day = LANDED.replace(arrival_date=date(2026, 11, 24))
    assert decide(next_day, known, now=LANDED_AT + timedelta(days=1)).subject_key == "QF/142/2026-11-24"


def test_a_flight_that_lands_days_apart_is_not_reported() -> None:
    outcome = decide(LANDED.replace(arrival_date=date(2026, 12, 1)), told(FLIGHT), now=LATER)
    assert rules(outcome) == ["AAR-02", "AAR-12"]


def test_a_report_before_the_impending_one_is_refused_and_may_come_again() -> None:
    known = facts()
    assert rules(decide(ARRIVED, known, now=AT_SYDNEY)) == ["AAR-02"]
    known.apply(request(SHIP, 2), decide(SHIP, known, 2))
    assert decide(ARRIVED, known, 3, now=AT_SYDNEY).accepted is True


def test_an_impending_arrival_is_not_decided_here() -> None:
    with pytest.raises(TypeError, match="not SEAIAR"):
        decide_actual(request(SHIP), facts(), AT_SYDNEY)
