"""The rules on arrival reports: each with a case that passes and one that fails."""

from dataclasses import replace
from datetime import date

import pytest

from document_verdicts import broken, findings, held, not_applied, texts, verdict
from message_examples import example
from openics.decision.findings import Finding, Severity
from openics.messages.voyages.airaar import AirActualArrival
from openics.messages.voyages.airiar import AirImpendingArrival
from openics.messages.voyages.arrivals import ArrivalReport, PortCall
from openics.messages.voyages.seaaar import SeaActualArrival
from openics.messages.voyages.seaiar import SeaImpendingArrival
from openics.voyages.document_rules import RULES

FIRST = PortCall(port="AUSYD", estimated_arrival_date=date(2026, 11, 5), action="I", discharge="Y")
SECOND = PortCall(port="AUMEL", estimated_arrival_date=date(2026, 11, 8), action="I", discharge="N")
SHIP = SeaImpendingArrival(
    sender_reference="SIA1",
    version=1,
    function="9",
    first_arrival_port="AUSYD",
    last_overseas_port="NZAKL",
    vessel_id="9290452",
    voyage_number="126S",
    calls=(FIRST, SECOND),
)
FLIGHT = AirImpendingArrival(sender_reference="AIA1", version=1, function="9", calls=(FIRST,))
ARRIVED = SeaActualArrival(sender_reference="SAA1", version=1, function="9", port_of_arrival="AUSYD")
LANDED = AirActualArrival(sender_reference="AAA1", version=1, function="9", port_of_arrival="AUSYD")


@pytest.mark.parametrize("report", [SHIP, FLIGHT, ARRIVED, LANDED], ids=lambda report: report.name)
def test_G01_transaction_types_are_9_4_and_50(report: ArrivalReport) -> None:
    assert [verdict("G01", report.replace(function=function)) for function in ("9", "4", "50")] == [held("G01")] * 3
    assert [verdict("G01", report.replace(function=function)) for function in ("5", "13", None)] == [broken("G01")] * 3


@pytest.mark.parametrize("report", [SHIP, FLIGHT, ARRIVED, LANDED], ids=lambda report: report.name)
def test_G03_an_original_has_version_1_or_higher(report: ArrivalReport) -> None:
    assert verdict("G03", report.replace(version=7)) == held("G03")
    assert verdict("G03", report.replace(version=0)) == broken("G03")
    assert verdict("G03", report.replace(version=0, function="4")) == not_applied("G03")
    assert verdict("G03", report.replace(version=None)) == not_applied("G03")


def test_L01_every_line_of_an_original_is_inserted() -> None:
    assert verdict("L01", SHIP) == held("L01")
    assert verdict("L01", SHIP.replace(calls=(FIRST, SECOND.replace(action="A")))) == broken("L01", 2)
    assert verdict("L01", SHIP.replace(calls=(FIRST.replace(action=None),))) == broken("L01", 1)
    assert verdict("L01", SHIP.replace(function="4")) == not_applied("L01")


def test_L02_every_line_of_a_change_says_what_becomes_of_it() -> None:
    change = SHIP.replace(function="4", calls=tuple(FIRST.replace(action=action) for action in ("I", "A", "D")))
    assert verdict("L02", change) == held("L02")
    assert verdict("L02", SHIP.replace(function="4", calls=(FIRST.replace(action="X"),))) == broken("L02", 1)
    assert verdict("L02", SHIP.replace(function="4", calls=(FIRST, SECOND.replace(action=None)))) == held("L02")
    assert verdict("L02", SHIP.replace(function="4", calls=(SECOND.replace(action=None),))) == not_applied("L02")
    assert verdict("L02", SHIP) == not_applied("L02")
    assert verdict("L02", SHIP.replace(function="4", calls=())) == not_applied("L02")


def test_G10_a_withdrawal_is_of_the_whole_report() -> None:
    assert verdict("G10", SHIP.replace(function="50")) == held("G10")
    withdrawn = SHIP.replace(function="50", calls=(FIRST, SECOND.replace(action="D")))
    assert verdict("G10", withdrawn) == broken("G10", 2)
    assert verdict("G10", SHIP) == not_applied("G10")


def test_IAR_01_a_port_is_reported_once_for_a_date() -> None:
    later = FIRST.replace(estimated_arrival_date=date(2026, 11, 9))
    assert verdict("IAR-01", SHIP.replace(calls=(FIRST, SECOND, later))) == held("IAR-01")
    assert verdict("IAR-01", SHIP.replace(calls=(FIRST, SECOND, FIRST, FIRST))) == broken("IAR-01", 3, 4)
    assert texts(SHIP.replace(calls=(FIRST, FIRST))) == ["PORT AUSYD IS REPORTED TWICE FOR 2026-11-05"]


def test_IAR_02_ports_of_call_are_australian() -> None:
    assert verdict("IAR-02", SHIP) == held("IAR-02")
    assert verdict("IAR-02", SHIP.replace(calls=(FIRST, SECOND.replace(port="NZAKL")))) == broken("IAR-02", 2)
    assert verdict("IAR-02", SHIP.replace(calls=(PortCall(),))) == not_applied("IAR-02")


def test_IAR_03_the_last_port_before_is_overseas() -> None:
    assert verdict("IAR-03", SHIP) == held("IAR-03")
    assert verdict("IAR-03", SHIP.replace(last_overseas_port="AUDRW")) == broken("IAR-03")
    assert verdict("IAR-03", SHIP.replace(last_overseas_port=None)) == not_applied("IAR-03")


def test_IAR_04_the_first_port_is_among_the_calls() -> None:
    assert verdict("IAR-04", SHIP) == held("IAR-04")
    assert verdict("IAR-04", SHIP.replace(first_arrival_port="AUBNE")) == broken("IAR-04")
    assert verdict("IAR-04", SHIP.replace(first_arrival_port="AUBNE", function="4")) == not_applied("IAR-04")
    assert verdict("IAR-04", SHIP.replace(calls=())) == not_applied("IAR-04")


def test_AAR_01_the_port_of_arrival_is_australian() -> None:
    assert [verdict("AAR-01", report) for report in (ARRIVED, LANDED)] == [held("AAR-01")] * 2
    assert verdict("AAR-01", LANDED.replace(port_of_arrival="NZAKL")) == broken("AAR-01")
    assert verdict("AAR-01", LANDED.replace(port_of_arrival=None)) == not_applied("AAR-01")


def test_VESSEL_01_a_wrong_check_digit_is_told_and_refuses_nothing() -> None:
    assert verdict("VESSEL-01", SHIP) == held("VESSEL-01")
    assert verdict("VESSEL-01", SHIP.replace(vessel_id="9290453")) == broken("VESSEL-01")
    assert verdict("VESSEL-01", SHIP.replace(vessel_id="ACS0012")) == not_applied("VESSEL-01")
    assert verdict("VESSEL-01", ARRIVED) == not_applied("VESSEL-01")
    text = "THE CHECK DIGIT OF VESSEL ID 9290453 IS WRONG FOR AN IMO NUMBER"
    assert findings(ARRIVED.replace(vessel_id="9290453")) == [Finding(Severity.ADVICE, "CG9531", text, 0, "VESSEL-01")]


@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
@pytest.mark.parametrize("name", ["AIRIAR", "SEAIAR", "AIRAAR", "SEAAAR"])
def test_an_example_breaks_no_rule(name: str, kind: str) -> None:
    assert findings(example("voyages", name, kind)) == []


def test_every_rule_of_a_report_has_an_error_id_of_its_own() -> None:
    for rules in RULES.values():
        assert len({rule.error for rule in rules}) == len({rule.id for rule in rules}) == len(rules)


def test_a_port_line_keeps_its_number_when_it_is_not_the_first() -> None:
    second = SHIP.lines[1]
    assert (second.number, second.call) == (2, SECOND)
    assert replace(second, number=7).number == 7
