"""The rules of every arrival report on what is stored: each with a case that passes and one that fails."""

from datetime import time

import pytest

from arrival_reports import (
    ARRIVED,
    AT_SYDNEY,
    CLIENTS,
    FLIGHT,
    SHIP,
    SYDNEY,
    broken,
    change,
    client,
    facts,
    held,
    not_applied,
    told,
    verdict,
)
from openics.messages.voyages.arrivals import ArrivalReport
from openics.reference.codes import CodeList
from openics.voyages import reference_lists
from openics.voyages.facts import VoyageFacts
from openics.voyages.reference_lists import Kind


def arrived() -> VoyageFacts:
    """The ship is reported, and arrived at Sydney."""
    return told(SHIP, ARRIVED, now=AT_SYDNEY)


@pytest.mark.parametrize("original", [SHIP, ARRIVED], ids=lambda report: report.name)
def test_G02_a_sender_reference_is_used_once(original: ArrivalReport) -> None:
    again = original.replace(version=2)
    assert verdict("G02", again, arrived(), now=AT_SYDNEY) == broken("G02")
    assert verdict("G02", original.replace(sender_reference="NEW"), arrived(), now=AT_SYDNEY) == held("G02")
    assert verdict("G02", change(original), arrived(), now=AT_SYDNEY) == not_applied("G02")
    assert verdict("G02", FLIGHT.replace(sender_reference="SIA1"), arrived()) == held("G02")


@pytest.mark.parametrize("original", [SHIP, ARRIVED], ids=lambda report: report.name)
def test_G09_a_change_needs_an_original(original: ArrivalReport) -> None:
    for function in ("4", "50"):
        assert verdict("G09", change(original, function), arrived(), now=AT_SYDNEY) == held("G09")
        assert verdict("G09", change(original, function), facts(), now=AT_SYDNEY) == broken("G09")
    assert verdict("G09", original, facts(), now=AT_SYDNEY) == not_applied("G09")


def test_REPORT_01_what_is_withdrawn_stays_so() -> None:
    gone = told(SHIP, change(function="50"))
    assert verdict("REPORT-01", change(version=3), gone) == broken("REPORT-01")
    assert verdict("REPORT-01", change(), told(SHIP)) == held("REPORT-01")
    assert verdict("REPORT-01", SHIP.replace(sender_reference="NEW"), gone) == not_applied("REPORT-01")
    back = told(SHIP, ARRIVED, change(ARRIVED, "50"), now=AT_SYDNEY)
    assert verdict("REPORT-01", change(ARRIVED, "50", version=3), back, now=AT_SYDNEY) == broken("REPORT-01")


@pytest.mark.parametrize("original", [SHIP, ARRIVED], ids=lambda report: report.name)
def test_G08_versions_rise(original: ArrivalReport) -> None:
    for function in ("4", "50"):
        assert verdict("G08", change(original, function), arrived(), now=AT_SYDNEY) == held("G08")
        assert verdict("G08", change(original, function, version=9), arrived(), now=AT_SYDNEY) == held("G08")
        assert verdict("G08", change(original, function, version=1), arrived(), now=AT_SYDNEY) == broken("G08")
    assert verdict("G08", original, arrived(), now=AT_SYDNEY) == not_applied("G08")


def test_G11_what_was_changed_interactively_is_changed_there() -> None:
    on_the_web = told(SHIP, channel="web")
    assert verdict("G11", change(), on_the_web) == broken("G11")
    assert verdict("G11", change(), on_the_web, channel="web") == not_applied("G11")
    assert verdict("G11", change(), told(SHIP)) == held("G11")


def test_REPORT_02_a_report_keeps_its_voyage() -> None:
    assert verdict("REPORT-02", change(), told(SHIP)) == held("REPORT-02")
    assert verdict("REPORT-02", change(voyage_number="127S"), told(SHIP)) == broken("REPORT-02")
    assert verdict("REPORT-02", change(function="50", vessel_id="9290464"), told(SHIP)) == broken("REPORT-02")
    bare = type(SHIP)(sender_reference="SIA1", version=2, function="50")
    assert verdict("REPORT-02", bare, told(SHIP)) == not_applied("REPORT-02")
    assert verdict("REPORT-02", SHIP, facts()) == not_applied("REPORT-02")


def test_G07_a_change_changes_something() -> None:
    same = change(calls=(SYDNEY.replace(action="A"),))
    assert verdict("G07", same, told(SHIP)) == broken("G07")
    assert verdict("G07", change(), told(SHIP)) == broken("G07")
    assert verdict("G07", change(overseas_departure_time=time(9, 0)), told(SHIP)) == held("G07")
    assert verdict("G07", change(calls=(SYDNEY.replace(action="A", unloader="FM27N"),)), told(SHIP)) == held("G07")
    assert verdict("G07", SHIP, facts()) == not_applied("G07")
    assert verdict("G07", change(ARRIVED), arrived(), now=AT_SYDNEY) == broken("G07")
    assert verdict("G07", change(ARRIVED, arrival_time=time(7, 16)), arrived(), now=AT_SYDNEY) == held("G07")


def test_REPORT_03_the_responsible_party_is_registered() -> None:
    assert verdict("REPORT-03", SHIP) == held("REPORT-03")
    assert verdict("REPORT-03", SHIP.replace(principal_agent="61000000002")) == broken("REPORT-03")
    assert verdict("REPORT-03", FLIGHT.replace(responsible_party="61000000002")) == broken("REPORT-03")
    gone = facts(clients=[*CLIENTS[:2], client("80000000001", active=False)])
    assert verdict("REPORT-03", SHIP, gone) == broken("REPORT-03")


def test_REPORT_04_identifiers_have_their_form() -> None:
    assert [verdict("REPORT-04", report) for report in (SHIP, FLIGHT)] == [held("REPORT-04")] * 2
    wrong = (
        SHIP.replace(vessel_id="92/452"),
        FLIGHT.replace(airline="Q"),
        FLIGHT.replace(airline="QFAA"),
        FLIGHT.replace(flight_number="123456789"),
    )
    assert [verdict("REPORT-04", report) for report in wrong] == [broken("REPORT-04")] * 4


def test_REPORT_05_vessels_and_airlines_are_looked_up_once_there_is_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [verdict("REPORT-05", report) for report in (SHIP, FLIGHT)] == [not_applied("REPORT-05")] * 2
    monkeypatch.setitem(reference_lists.LISTS, Kind.AIRLINE, CodeList.COUNTRY)
    assert verdict("REPORT-05", FLIGHT.replace(airline="NZ")) == held("REPORT-05")
    assert verdict("REPORT-05", FLIGHT) == broken("REPORT-05")
