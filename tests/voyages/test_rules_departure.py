"""The rules on departure reports: each with a case that passes and one that fails."""

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import examples
from openics.decision.findings import Finding, Severity
from openics.messages.voyages.depart import Departure

SHIP = Departure(
    sender_reference="DEP1",
    version=1,
    function="9",
    carrier_party="53004085616",
    vessel_id="9290452",
    voyage_number="126S",
)
FLIGHT = Departure(sender_reference="DEP2", version=1, function="9", airline="QF", flight_number="143")
NOTHING = Departure(sender_reference="DEP3", version=1, function="9")


def test_D01_transaction_types_are_9_5_and_50() -> None:
    assert [verdict("D01", SHIP.replace(function=function)) for function in ("9", "5", "50")] == [held("D01")] * 3
    assert [verdict("D01", SHIP.replace(function=function)) for function in ("4", "20", None)] == [broken("D01")] * 3


def test_DEPART_01_an_original_has_version_1_or_higher() -> None:
    assert verdict("DEPART-01", SHIP) == held("DEPART-01")
    assert verdict("DEPART-01", SHIP.replace(version=0)) == broken("DEPART-01")
    assert verdict("DEPART-01", SHIP.replace(version=0, function="5")) == not_applied("DEPART-01")


def test_DEPART_02_it_is_either_a_ship_or_a_flight() -> None:
    assert [verdict("DEPART-02", report) for report in (SHIP, FLIGHT)] == [held("DEPART-02")] * 2
    assert verdict("DEPART-02", NOTHING) == broken("DEPART-02")
    assert verdict("DEPART-02", SHIP.replace(flight_number="143")) == broken("DEPART-02")


@pytest.mark.parametrize(
    ("rule", "report", "item"),
    [
        ("DEPART-03", SHIP, "carrier_party"),
        ("DEPART-04", SHIP, "vessel_id"),
        ("DEPART-05", SHIP, "voyage_number"),
        ("DEPART-06", FLIGHT, "flight_number"),
        ("DEPART-07", FLIGHT, "airline"),
    ],
)
def test_DEPART_03_DEPART_04_DEPART_05_DEPART_06_DEPART_07_items_of_a_mode(
    rule: str, report: Departure, item: str
) -> None:
    assert verdict(rule, report) == held(rule)
    assert verdict(rule, report.replace(**{item: None})) == broken(rule)
    assert verdict(rule, FLIGHT if report is SHIP else SHIP) == not_applied(rule)


def test_DEPART_03_to_07_hold_for_a_withdrawal_too() -> None:
    withdrawn = SHIP.replace(function="50", voyage_number=None)
    text = "VOYAGE NUMBER MUST BE SUPPLIED BY SEA"
    assert findings(withdrawn) == [Finding(Severity.ERROR, "CG9546", text, 0, "DEPART-05")]


def test_DEPART_08_a_wrong_check_digit_is_told_and_refuses_nothing() -> None:
    assert verdict("DEPART-08", SHIP) == held("DEPART-08")
    assert verdict("DEPART-08", FLIGHT) == not_applied("DEPART-08")
    assert verdict("DEPART-08", SHIP.replace(vessel_id="ACS0012")) == not_applied("DEPART-08")
    text = "THE CHECK DIGIT OF VESSEL ID 9290453 IS WRONG FOR AN IMO NUMBER"
    assert findings(SHIP.replace(vessel_id="9290453")) == [Finding(Severity.ADVICE, "CG9549", text, 0, "DEPART-08")]


@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
def test_an_example_breaks_no_rule(kind: str) -> None:
    documents = examples("voyages", "DEPART", kind)
    assert [findings(document) for document in documents] == [[]] * (2 if kind == "every-item" else 1)
