"""Deciding on impending arrival reports: the life of a voyage from report to withdrawal."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from arrival_reports import (
    ARRIVED,
    AT_SYDNEY,
    FLIGHT,
    FLIGHT_REFERENCE,
    MELBOURNE,
    MELBOURNE_AT,
    NOW,
    OTHER,
    OWNER,
    SHIP,
    SITE,
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
from openics.decision.conditions import Condition, State, next_actions
from openics.decision.outcome import Due, Event
from openics.messages.codes import TransportMode
from openics.messages.response import ResponseEntry
from openics.messages.voyages.seaiarr import SeaImpendingArrivalResponse
from openics.voyages.codes import Phase, Status
from openics.voyages.decide import decide_impending
from openics.voyages.facts import Craft


def test_an_original_makes_the_voyage_and_needs_no_answer() -> None:
    outcome = decide(SHIP)
    assert (outcome.accepted, outcome.findings, outcome.documents) == (True, (), ())
    assert (outcome.subject_kind, outcome.subject_key) == ("VOYAGE", VOYAGE)
    assert outcome.events == (
        Event("voyage.reported", "VOYAGE", VOYAGE, {"version": 1}),
        Event("voyage.status", "VOYAGE", VOYAGE, {"from": None, "to": "EXPECTED"}),
    )
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, SYDNEY_AT),)


def test_what_is_stored_of_an_original() -> None:
    voyage = decide(SHIP).change.voyage
    assert voyage.craft == Craft(TransportMode.SEA, "9290452", "126S")
    assert (voyage.reference, voyage.leg, voyage.day) == (VOYAGE, 1, date(2026, 11, 29))
    assert (voyage.owner, voyage.site, voyage.channel, voyage.agent) == (OWNER, SITE, "mail", "80000000001")
    assert (voyage.version, voyage.amendments, voyage.status) == (1, 0, Status.EXPECTED)
    assert voyage.document == SHIP
    assert [(call.number, call.port, call.estimated_at, call.phase) for call in voyage.calls] == [
        (1, "AUSYD", SYDNEY_AT, Phase.EXPECTED),
        (2, "AUMEL", MELBOURNE_AT, Phase.EXPECTED),
    ]
    assert (voyage.reported_at, voyage.changed_at) == (NOW, NOW)


def test_estimated_times_are_those_of_the_port_in_summer_and_in_winter() -> None:
    for port, summer, winter in (("AUSYD", 13, 14), ("AUBNE", 14, 14), ("AUPER", 16, 16)):
        for day, hour in ((date(2026, 12, 1), summer), (date(2026, 7, 2), winter)):
            call = SYDNEY.replace(port=port, estimated_arrival_date=day, estimated_arrival_time=time(0, 0))
            sent = SHIP.replace(calls=(call,), first_arrival_port=port, overseas_departure_date=date(2026, 6, 1))
            stored = decide(sent, now=datetime(2026, 6, 25, tzinfo=UTC)).change.voyage.calls[0]
            assert stored.estimated_at == datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(days=1)


def test_the_conditions_say_where_the_ship_is_awaited() -> None:
    conditions = decide(SHIP, number=7).change.voyage.conditions
    assert conditions == (
        Condition("not withdrawn", State.MET, since=NOW, message=7),
        Condition("reported in time", State.MET, since=NOW, message=7),
        Condition("arrival at AUSYD (call 1)", State.NOT_MET, "expected 2026-11-29 06:30, local time", NOW, 7),
        Condition("arrival at AUMEL (call 2)", State.NOT_MET, "expected 2026-12-02 14:00, local time", NOW, 7),
    )
    assert next_actions(conditions) == ()


def test_a_late_original_is_accepted_and_flagged() -> None:
    outcome = decide(SHIP, now=SYDNEY_AT - timedelta(hours=95))
    assert (outcome.accepted, rules(outcome)) == (True, ["IAR-20"])
    assert outcome.findings[0].text == "REPORTED LATE: THE REPORT WAS DUE BY 2026-11-24 19:30 UTC"
    assert outcome.events[1] == Event("voyage.report.late", "VOYAGE", VOYAGE, {"message": "SEAIAR", "hours": 1.0})
    late = outcome.change.voyage.conditions[1]
    assert (late.name, late.state, late.detail, late.who) == ("reported in time", State.NOT_MET, "1.0 hours late", "")


def test_an_advice_is_sent_as_an_acceptance() -> None:
    outcome = decide(SHIP, number=3, now=SYDNEY_AT - timedelta(hours=95))
    answer = SeaImpendingArrivalResponse(
        response_reference="0000 0000 0003",
        response_version=1,
        function="11",
        recipient_site=SITE,
        answered_message="SEAIAR",
        answered_function="9",
        sender_reference="SIA1",
        sender_reference_version=1,
        responded_at=SYDNEY_AT - timedelta(hours=95),
        entries=(
            ResponseEntry(
                severity="ADVICE",
                error="MS5202",
                text="THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS",
            ),
            ResponseEntry(
                severity="ADVICE",
                error="CG9585",
                text="REPORTED LATE: THE REPORT WAS DUE BY 2026-11-24 19:30 UTC",
            ),
        ),
        error_count=0,
    )
    assert [(each.site, each.document) for each in outcome.documents] == [(SITE, answer)]


def test_a_rejection_says_why_and_stores_nothing() -> None:
    outcome = decide(SHIP.replace(calls=(SYDNEY, MELBOURNE.replace(port="AUXXX"))))
    assert (outcome.accepted, outcome.change, outcome.due) == (False, None, ())
    assert [(each.rule, each.line) for each in outcome.findings] == [("IAR-07", 2)]
    assert outcome.events == (
        Event(
            "voyage.report.rejected", "MESSAGE", "1", {"message": "SEAIAR", "sender_reference": "SIA1", "version": 1}
        ),
    )
    answer = outcome.documents[0].document
    assert [(entry.error, entry.line) for entry in answer.entries] == [("MS5201", 0), ("CG9572", 2)]
    assert answer.error_count == 1


def test_missing_items_are_told_before_anything_is_judged() -> None:
    outcome = decide(SHIP.replace(vessel_id=None, calls=(SYDNEY.replace(estimated_arrival_time=None),)))
    assert [(each.rule, each.line, each.text) for each in outcome.findings] == [
        ("ITEM", 1, "ESTIMATED TIME OF ARRIVAL MUST BE SUPPLIED"),
        ("ITEM", 0, "VESSEL ID MUST BE SUPPLIED"),
    ]


def test_L03_a_change_inserts_amends_and_deletes_ports() -> None:
    brisbane = MELBOURNE.replace(port="AUBNE", action="I")
    sooner = SYDNEY.replace(action="A", estimated_arrival_time=time(5, 0))
    sent = change(calls=(brisbane, sooner, MELBOURNE.replace(action="D")))
    outcome = decide(sent, told(SHIP))
    voyage = outcome.change.voyage
    assert (outcome.accepted, outcome.findings) == (True, ())
    assert [(call.number, call.port, call.removed) for call in voyage.calls] == [
        (1, "AUSYD", False),
        (2, "AUMEL", True),
        (3, "AUBNE", False),
    ]
    assert [call.port for call in voyage.document.calls] == ["AUSYD", "AUBNE"]
    assert (voyage.version, voyage.amendments, voyage.document.calls[0].action) == (2, 1, "I")
    assert outcome.events == (Event("voyage.changed", "VOYAGE", VOYAGE, {"version": 2}),)
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, SYDNEY_AT - timedelta(minutes=90)),)


def test_L04_a_change_of_the_header_keeps_the_ports() -> None:
    sent = change(overseas_departure_time=time(9, 0), calls=(SYDNEY.replace(action=None),))
    voyage = decide(sent, told(SHIP)).change.voyage
    assert voyage.calls == decide(SHIP).change.voyage.calls
    assert voyage.document.overseas_departure_time == time(9, 0)


def test_a_change_of_the_estimate_ends_an_overdue() -> None:
    known = told(SHIP)
    late = SYDNEY_AT + timedelta(days=2)
    sent = change(calls=(SYDNEY.replace(action="A", estimated_arrival_date=date(2026, 12, 1)),))
    aged = replace(known.voyage(VOYAGE), status=Status.OVERDUE)
    outcome = decide(sent, facts([aged]), now=late)
    assert outcome.change.voyage.status is Status.EXPECTED
    assert outcome.events[-1].data == {"from": "OVERDUE", "to": "EXPECTED"}


def test_a_withdrawal_needs_no_data_and_ends_everything() -> None:
    sent = type(SHIP)(sender_reference="SIA1", version=2, function="50")
    outcome = decide(sent, told(SHIP), number=9)
    voyage = outcome.change.voyage
    assert (outcome.accepted, voyage.status, voyage.document) == (True, Status.WITHDRAWN, SHIP)
    assert outcome.due == (Due("voyage.arrival", "VOYAGE", VOYAGE, None),)
    assert [event.code for event in outcome.events] == ["voyage.withdrawn", "voyage.status"]
    assert {each.state for each in voyage.conditions[1:]} == {State.NOT_APPLICABLE}


def test_after_a_withdrawal_the_voyage_can_be_reported_anew() -> None:
    known = told(SHIP, change(function="50"))
    outcome = decide(SHIP.replace(sender_reference="SIA2"), known)
    assert (outcome.accepted, outcome.subject_key) == (True, f"{VOYAGE} LEG 2")


def test_a_second_call_at_a_port_is_another_leg() -> None:
    again = SYDNEY.replace(estimated_arrival_date=date(2026, 12, 4))
    second = SHIP.replace(sender_reference="SIA2", calls=(again,))
    outcome = decide(second, told(SHIP))
    assert outcome.accepted, outcome.findings
    assert (outcome.change.voyage.reference, outcome.change.voyage.leg) == (f"{VOYAGE} LEG 2", 2)


def test_a_flight_is_known_by_the_day_of_its_first_arrival() -> None:
    outcome = decide(FLIGHT)
    assert (outcome.accepted, outcome.findings, outcome.subject_key) == (True, (), FLIGHT_REFERENCE)
    tomorrow = FLIGHT.replace(
        sender_reference="AIA2",
        overseas_departure_date=date(2026, 11, 24),
        first_arrival_port=None,
        calls=(FLIGHT.calls[0].replace(estimated_arrival_date=date(2026, 11, 24)),),
    )
    assert decide(tomorrow, told(FLIGHT)).subject_key == "QF/142/2026-11-24"


def test_a_stranger_finds_no_report_to_change() -> None:
    known = told(SHIP)
    outcome = decide(change(), known, owner=OTHER)
    assert (rules(outcome), outcome.subject_key) == (["G09"], "")


def test_what_the_sender_sees_of_a_rejected_change() -> None:
    outcome = decide(change(version=1), told(SHIP))
    assert (rules(outcome), outcome.subject_key) == (["G08"], VOYAGE)
    assert outcome.findings[0].text == "VERSION 1 IS STALE; THE LATEST VERSION STORED IS 1"


def test_an_actual_arrival_is_not_decided_here() -> None:
    with pytest.raises(TypeError, match="not SEAAAR"):
        decide_impending(request(ARRIVED), facts(), AT_SYDNEY)


def test_G06_validation_stops_at_fifty_errors() -> None:
    sent = SHIP.replace(calls=tuple(SYDNEY.replace(port="NZAKL") for _ in range(60)))
    outcome = decide(sent)
    assert "IAR-07" not in rules(outcome)
    assert len(outcome.findings) > 50
    assert len(outcome.documents[0].document.entries) == 51
