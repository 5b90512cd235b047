"""The rules on an underbond movement request: each with a case that passes and one that fails."""

import pytest

from cargo.movement_documents import BY_AIR, REQUEST, with_line
from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.ubmreq import UnderbondRequest

BOTH = pytest.mark.parametrize("request_of", [REQUEST, BY_AIR], ids=["sea", "air"])


@BOTH
def test_a_right_request_breaks_no_rule(request_of: UnderbondRequest) -> None:
    assert findings(request_of) == []


def test_G01_UBMREQ_a_request_may_also_be_replaced() -> None:
    allowed = [verdict("G01-UBMREQ", REQUEST.replace(function=function)) for function in ("9", "4", "5", "50")]
    assert allowed == [held("G01-UBMREQ")] * 4
    assert verdict("G01-UBMREQ", REQUEST.replace(function="13")) == broken("G01-UBMREQ")


@pytest.mark.parametrize("reason", ["DEL", "DCL", "MOV", "TUW", "TSH", "AQS"])
def test_UBMREQ_01_reasons_are_published(reason: str) -> None:
    assert verdict("UBMREQ-01", REQUEST.replace(request_reason=reason)) == held("UBMREQ-01")
    assert verdict("UBMREQ-01", REQUEST.replace(request_reason=reason.lower())) == broken("UBMREQ-01")
    assert verdict("UBMREQ-01", REQUEST.replace(request_reason=None)) == not_applied("UBMREQ-01")


def test_UBMREQ_02_a_vessel_is_named_by_sea() -> None:
    assert verdict("UBMREQ-02", REQUEST) == held("UBMREQ-02")
    assert verdict("UBMREQ-02", REQUEST.replace(vessel_id=None)) == broken("UBMREQ-02")
    assert verdict("UBMREQ-02", REQUEST.replace(vessel_id=None, function="50")) == not_applied("UBMREQ-02")
    assert verdict("UBMREQ-02", BY_AIR) == not_applied("UBMREQ-02")


def test_UBMREQ_03_an_airline_is_named_by_air() -> None:
    assert verdict("UBMREQ-03", BY_AIR) == held("UBMREQ-03")
    assert verdict("UBMREQ-03", BY_AIR.replace(airline=None)) == broken("UBMREQ-03")
    assert verdict("UBMREQ-03", BY_AIR.replace(airline=None, function="50")) == not_applied("UBMREQ-03")
    assert verdict("UBMREQ-03", REQUEST) == not_applied("UBMREQ-03")


def test_UBMREQ_04_an_arrival_date_is_given_by_air() -> None:
    assert verdict("UBMREQ-04", BY_AIR) == held("UBMREQ-04")
    assert verdict("UBMREQ-04", BY_AIR.replace(estimated_arrival=None)) == broken("UBMREQ-04")
    assert verdict("UBMREQ-04", BY_AIR.replace(estimated_arrival=None, function="50")) == not_applied("UBMREQ-04")
    assert verdict("UBMREQ-04", REQUEST) == not_applied("UBMREQ-04")


def test_UBMREQ_05_a_discharge_establishment_is_for_sea_cargo() -> None:
    assert verdict("UBMREQ-05", REQUEST.replace(discharge_establishment="FM27N")) == held("UBMREQ-05")
    assert verdict("UBMREQ-05", BY_AIR.replace(discharge_establishment="FM27N")) == broken("UBMREQ-05")
    assert verdict("UBMREQ-05", BY_AIR) == not_applied("UBMREQ-05")


@BOTH
def test_UBMREQ_06_the_destination_differs_from_the_origin(request_of: UnderbondRequest) -> None:
    assert verdict("UBMREQ-06", request_of) == held("UBMREQ-06")
    assert verdict("UBMREQ-06", request_of.replace(destination_establishment=None)) == not_applied("UBMREQ-06")
    text = "DESTINATION ESTABLISHMENT FM27N MUST DIFFER FROM THE ORIGINATING ESTABLISHMENT"
    same = request_of.replace(destination_establishment="FM27N")
    assert findings(same) == [Finding(Severity.ERROR, "CG9646", text, 0, "UBMREQ-06")]


@pytest.mark.parametrize("reason", ["DEL", "DCL", "MOV", "TUW", "AQS", None])
def test_UBMREQ_07_a_port_is_for_transhipment(reason: str | None) -> None:
    given = REQUEST.replace(transhipment_port="NZAKL")
    assert verdict("UBMREQ-07", given.replace(request_reason="TSH")) == held("UBMREQ-07")
    assert verdict("UBMREQ-07", given.replace(request_reason=reason)) == broken("UBMREQ-07")
    assert verdict("UBMREQ-07", REQUEST.replace(request_reason=reason)) == not_applied("UBMREQ-07")


def test_TS02_goods_are_transhipped_to_a_port_overseas() -> None:
    given = REQUEST.replace(request_reason="TSH")
    assert verdict("TS02", given.replace(transhipment_port="NZAKL")) == held("TS02")
    assert verdict("TS02", given.replace(transhipment_port="AUMEL")) == broken("TS02")
    assert verdict("TS02", given) == not_applied("TS02")


@pytest.mark.parametrize("ship", [{"movement_vessel_id": "9477878"}, {"movement_voyage": "31N"}])
def test_UBMREQ_08_a_ship_of_the_movement_is_for_movements_by_sea(ship: dict[str, str]) -> None:
    given = REQUEST.replace(**ship)
    assert verdict("UBMREQ-08", given.replace(movement_mode="SDV")) == held("UBMREQ-08")
    assert verdict("UBMREQ-08", given.replace(movement_mode="SIV")) == held("UBMREQ-08")
    assert verdict("UBMREQ-08", given) == broken("UBMREQ-08")
    assert verdict("UBMREQ-08", REQUEST) == not_applied("UBMREQ-08")


@pytest.mark.parametrize("kind", ["MB", "BH", "AAQ"])
def test_UBMREQ_09_bills_and_containers_arrive_by_sea(kind: str) -> None:
    assert verdict("UBMREQ-09", with_line(REQUEST, reference_type=kind)) == held("UBMREQ-09")
    assert verdict("UBMREQ-09", with_line(BY_AIR, reference_type=kind)) == broken("UBMREQ-09", 1)


@pytest.mark.parametrize("kind", ["MWB", "HWB"])
def test_UBMREQ_09_waybills_arrive_by_air(kind: str) -> None:
    assert verdict("UBMREQ-09", with_line(BY_AIR, reference_type=kind)) == held("UBMREQ-09")
    assert verdict("UBMREQ-09", with_line(REQUEST, reference_type=kind)) == broken("UBMREQ-09", 1)


def test_UBMREQ_10_a_cargo_type_is_given_by_sea() -> None:
    without = with_line(REQUEST, cargo_type=None)
    assert verdict("UBMREQ-10", REQUEST) == held("UBMREQ-10")
    assert verdict("UBMREQ-10", without) == broken("UBMREQ-10", 1)
    assert verdict("UBMREQ-10", with_line(without, action="D").replace(function="4")) == not_applied("UBMREQ-10")
    assert verdict("UBMREQ-10", without.replace(function="50")) == not_applied("UBMREQ-10")
    assert verdict("UBMREQ-10", BY_AIR) == not_applied("UBMREQ-10")


def test_UBMREQ_11_packages_of_bills_and_waybills_are_given() -> None:
    without = with_line(BY_AIR, packages=None)
    assert verdict("UBMREQ-11", BY_AIR) == held("UBMREQ-11")
    assert verdict("UBMREQ-11", without) == broken("UBMREQ-11", 1)
    assert verdict("UBMREQ-11", with_line(without, action="D").replace(function="4")) == not_applied("UBMREQ-11")
    assert verdict("UBMREQ-11", without.replace(function="50")) == not_applied("UBMREQ-11")
    assert verdict("UBMREQ-11", REQUEST) == not_applied("UBMREQ-11")


def test_UBMREQ_12_a_replacement_only_inserts() -> None:
    replacement = REQUEST.replace(function="5")
    assert verdict("UBMREQ-12", replacement) == held("UBMREQ-12")
    assert verdict("UBMREQ-12", with_line(replacement, action=None)) == held("UBMREQ-12")
    assert verdict("UBMREQ-12", with_line(replacement, action="A")) == broken("UBMREQ-12", 1)
    assert verdict("UBMREQ-12", with_line(REQUEST, action="A")) == not_applied("UBMREQ-12")


def test_cargo_with_a_vessel_and_no_mode_of_transport_arrives_by_sea() -> None:
    unsaid = REQUEST.replace(transport_mode=None)
    assert (unsaid.arrives_by_sea, unsaid.replace(vessel_id=None).arrives_by_sea) == (True, False)
    assert findings(unsaid) == findings(REQUEST)
