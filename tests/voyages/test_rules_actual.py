"""The rules on actual arrivals that need what is stored: each with a case that passes and one that fails."""

from datetime import date, time, timedelta

import pytest

from arrival_reports import (
    AGENT,
    ARRIVED,
    ARRIVED_AT,
    AT_MELBOURNE,
    FLIGHT,
    LANDED,
    LANDED_AT,
    LATER,
    OTHER,
    SHIP,
    broken,
    change,
    decide,
    facts,
    held,
    not_applied,
    rules,
    told,
)
from arrival_reports import verdict as verdict_at
from openics.decision.rule import RuleResult
from openics.messages.voyages.arrivals import ArrivalReport
from openics.voyages.facts import VoyageFacts

AGAIN = ARRIVED.replace(sender_reference="SAA9")


def verdict(rule: str, document: ArrivalReport, known: VoyageFacts, **about: object) -> RuleResult:
    """What a rule says when everything has happened."""
    return verdict_at(rule, document, known, **{"now": LATER, **about})


def arrived() -> VoyageFacts:
    """The ship is reported, and arrived at Sydney."""
    return told(SHIP, ARRIVED, now=LATER)


def test_AAR_02_the_voyage_is_reported() -> None:
    assert verdict("AAR-02", ARRIVED, told(SHIP)) == held("AAR-02")
    assert verdict("AAR-02", ARRIVED, facts()) == broken("AAR-02")
    assert verdict("AAR-02", ARRIVED.replace(voyage_number="127S"), told(SHIP)) == broken("AAR-02")
    assert verdict("AAR-02", ARRIVED, told(SHIP, change(function="50"))) == broken("AAR-02")
    assert verdict("AAR-02", change(ARRIVED), arrived()) == not_applied("AAR-02")


def test_AAR_03_the_party_of_the_impending_report_reports_the_arrival() -> None:
    assert verdict("AAR-03", ARRIVED, told(SHIP)) == held("AAR-03")
    assert verdict("AAR-03", ARRIVED, told(SHIP), owner=AGENT) == held("AAR-03")
    assert verdict("AAR-03", ARRIVED, told(SHIP), owner=OTHER) == broken("AAR-03")
    assert verdict("AAR-03", ARRIVED, facts()) == not_applied("AAR-03")


def test_AAR_04_the_port_is_one_of_the_voyage() -> None:
    assert verdict("AAR-04", ARRIVED, told(SHIP)) == held("AAR-04")
    assert verdict("AAR-04", ARRIVED.replace(port_of_arrival="AUBNE"), told(SHIP)) == broken("AAR-04")
    assert verdict("AAR-04", ARRIVED, told(SHIP), owner=OTHER) == not_applied("AAR-04")


def test_AAR_05_an_arrival_is_reported_once() -> None:
    assert verdict("AAR-05", AT_MELBOURNE, arrived()) == held("AAR-05")
    assert verdict("AAR-05", AGAIN, arrived()) == broken("AAR-05")
    assert verdict("AAR-05", AGAIN, told(SHIP, ARRIVED, change(ARRIVED, "50"), now=LATER)) == held("AAR-05")
    assert verdict("AAR-05", change(ARRIVED), arrived()) == not_applied("AAR-05")


def test_AAR_06_a_change_keeps_the_port() -> None:
    assert verdict("AAR-06", change(ARRIVED), arrived()) == held("AAR-06")
    assert verdict("AAR-06", change(ARRIVED, port_of_arrival="AUMEL"), arrived()) == broken("AAR-06")
    assert verdict("AAR-06", ARRIVED, told(SHIP)) == not_applied("AAR-06")


def test_AAR_07_the_port_is_known() -> None:
    assert verdict("AAR-07", ARRIVED, told(SHIP)) == held("AAR-07")
    assert verdict("AAR-07", ARRIVED.replace(port_of_arrival="AUXXX"), told(SHIP)) == broken("AAR-07")


def test_AAR_08_the_arrival_follows_the_last_departure() -> None:
    left = {"arrival_date": date(2026, 11, 16)}
    assert verdict("AAR-08", ARRIVED.replace(**left, arrival_time=time(11, 1)), told(SHIP)) == held("AAR-08")
    early = ARRIVED.replace(**left, arrival_time=time(11, 0))
    assert verdict("AAR-08", early, told(SHIP)) == broken("AAR-08")
    assert decide(early, told(SHIP), now=LATER).findings[0].text == (
        "THE ARRIVAL IS NOT LATER THAN THE DEPARTURE FROM THE LAST OVERSEAS PORT, 2026-11-16 00:00 UTC"
    )
    assert verdict("AAR-08", ARRIVED, facts()) == not_applied("AAR-08")


def test_AAR_09_an_arrival_is_not_in_the_future_of_the_port() -> None:
    assert verdict("AAR-09", ARRIVED, told(SHIP), now=ARRIVED_AT) == held("AAR-09")
    assert verdict("AAR-09", ARRIVED, told(SHIP), now=ARRIVED_AT - timedelta(seconds=1)) == broken("AAR-09")


def test_AAR_10_a_ship_is_at_one_port_at_a_time() -> None:
    same = AT_MELBOURNE.replace(arrival_date=date(2026, 11, 29), arrival_time=time(7, 15))
    assert verdict("AAR-10", same, arrived()) == broken("AAR-10")
    assert verdict("AAR-10", AT_MELBOURNE, arrived()) == held("AAR-10")
    assert verdict("AAR-10", ARRIVED, facts()) == not_applied("AAR-10")


def test_AAR_11_a_port_that_was_passed_over_is_told() -> None:
    assert verdict("AAR-11", AT_MELBOURNE, arrived()) == held("AAR-11")
    assert verdict("AAR-11", AT_MELBOURNE, told(SHIP)) == broken("AAR-11")
    assert decide(AT_MELBOURNE, told(SHIP), now=LATER).accepted is True
    assert verdict("AAR-11", change(ARRIVED), arrived()) == not_applied("AAR-11")


@pytest.mark.parametrize(("sent", "before", "at"), [(ARRIVED, SHIP, ARRIVED_AT), (LANDED, FLIGHT, LANDED_AT)])
def test_AAR_12_a_day_is_the_limit(sent: ArrivalReport, before: ArrivalReport, at: object) -> None:
    last = at + timedelta(hours=24)  # type: ignore[operator]
    assert verdict("AAR-12", sent, told(before), now=last) == held("AAR-12")
    assert verdict("AAR-12", sent, told(before), now=last + timedelta(seconds=1)) == broken("AAR-12")


def test_AAR_12_a_change_is_never_late() -> None:
    sent = change(ARRIVED, arrival_time=time(7, 45))
    assert verdict("AAR-12", sent, arrived()) == not_applied("AAR-12")
    assert rules(decide(sent, arrived(), now=LATER)) == []


def test_AAR_13_a_time_at_which_the_clocks_change_is_told() -> None:
    sent = ARRIVED.replace(arrival_date=date(2026, 10, 4), arrival_time=time(2, 30))
    assert verdict("AAR-13", sent, told(SHIP)) == broken("AAR-13")
    assert verdict("AAR-13", sent.replace(port_of_arrival="AUBNE"), told(SHIP)) == held("AAR-13")
