"""The rules on the header of a declaration: each with a case that passes and one that fails."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from export_declarations import (
    AGENT,
    CLEAR,
    CLIENTS,
    NOW,
    OTHER,
    OWNER,
    PUBLISHED,
    amendment,
    broken,
    client,
    decide,
    facts,
    held,
    lines,
    not_applied,
    stored,
    verdict,
)
from openics.decision.findings import Severity

ON_BOARD = CLEAR.replace(vessel_id="9477878", voyage_or_flight="2403S", carrier="QF")
CONFIRMING = CLEAR.replace(confirming_export_type="Y")


def test_EXD_H_01_at_least_one_line() -> None:
    assert verdict("EXD-H-01", CLEAR) == held("EXD-H-01")
    assert verdict("EXD-H-01", CLEAR.replace(lines=())) == broken("EXD-H-01")


def test_E02_A_sender_must_be_registered_for_what_it_does() -> None:
    as_agent = CLEAR.replace(reporting_party_type="A", goods_owner=OTHER)
    assert verdict("E02-A", CLEAR) == held("E02-A")
    assert verdict("E02-A", as_agent, owner=AGENT) == held("E02-A")
    assert verdict("E02-A", as_agent) == broken("E02-A")
    assert verdict("E02-A", CLEAR, owner=AGENT) == broken("E02-A")
    assert verdict("E02-A", CLEAR, owner="80000000001") == broken("E02-A")


def test_E02_A_a_cancelled_client_may_not_report() -> None:
    assert verdict("E02-A", CLEAR, facts(clients=[client(OWNER, "EXPORTER", active=False)])) == broken("E02-A")


def test_E02_B_the_goods_owner_must_be_a_registered_exporter() -> None:
    assert verdict("E02-B", CLEAR) == not_applied("E02-B")
    assert verdict("E02-B", CLEAR.replace(goods_owner=OTHER)) == held("E02-B")
    assert verdict("E02-B", CLEAR.replace(goods_owner=AGENT)) == broken("E02-B")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 23), held("E03")), (date(2027, 5, 22), held("E03")), (date(2027, 5, 23), broken("E03"))],
)
def test_E03_at_most_180_days_ahead(day: date, expected: object) -> None:
    assert verdict("E03", CLEAR.replace(intended_export_date=day)) == expected


def test_E03_the_date_must_be_given() -> None:
    assert verdict("E03", CLEAR.replace(intended_export_date=None)) == broken("E03")


def test_EXD_H_02_the_date_must_not_be_past() -> None:
    assert verdict("EXD-H-02", CLEAR.replace(intended_export_date=date(2026, 11, 23))) == held("EXD-H-02")
    assert verdict("EXD-H-02", CLEAR.replace(intended_export_date=date(2026, 11, 22))) == broken("EXD-H-02")
    assert verdict("EXD-H-02", CLEAR.replace(intended_export_date=None)) == not_applied("EXD-H-02")


def test_EXD_H_02_an_amendment_may_keep_a_date_that_has_passed() -> None:
    known, later = facts([stored()]), datetime(2026, 12, 15, tzinfo=UTC)
    assert verdict("EXD-H-02", amendment(), known, now=later) == not_applied("EXD-H-02")
    moved = amendment(intended_export_date=date(2026, 12, 14))
    assert verdict("EXD-H-02", moved, known, now=later) == broken("EXD-H-02")


@pytest.mark.parametrize(("port", "expected"), [("AUSYD", held("EXD-H-02")), ("AUFRE", broken("EXD-H-02"))])
def test_X15_days_are_those_of_the_port_of_loading(port: str, expected: object) -> None:
    """At 14:00 UTC it is the next day in Sydney already, and still the same day in Fremantle."""
    at = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    day = date(2026, 11, 24) if port == "AUSYD" else date(2026, 11, 22)
    assert verdict("EXD-H-02", CLEAR.replace(port_of_loading=port, intended_export_date=day), now=at) == expected


def test_X15_the_last_day_differs_between_ports() -> None:
    at, day = datetime(2026, 11, 23, 14, 0, tzinfo=UTC), date(2027, 5, 23)
    sent = CLEAR.replace(intended_export_date=day)
    assert verdict("E03", sent.replace(port_of_loading="AUSYD"), now=at) == held("E03")
    assert verdict("E03", sent.replace(port_of_loading="AUFRE"), now=at) == broken("E03")


def test_EXD_H_03_customable_indicator() -> None:
    assert verdict("EXD-H-03", CLEAR) == held("EXD-H-03")
    assert verdict("EXD-H-03", CLEAR.replace(customable_excisable=None)) == broken("EXD-H-03")


def test_EXD_H_04_prescribed_indicator() -> None:
    assert verdict("EXD-H-04", CLEAR) == held("EXD-H-04")
    assert verdict("EXD-H-04", PUBLISHED) == broken("EXD-H-04")


def test_E09_A_prescribed_goods_are_customable() -> None:
    prescribed = CLEAR.replace(prescribed_goods="Y")
    assert verdict("E09-A", CLEAR) == not_applied("E09-A")
    assert verdict("E09-A", prescribed) == held("E09-A")
    assert verdict("E09-A", prescribed.replace(customable_excisable="N")) == broken("E09-A")


def test_EXD_H_05_reporting_party_type() -> None:
    assert verdict("EXD-H-05", CLEAR) == held("EXD-H-05")
    assert verdict("EXD-H-05", CLEAR.replace(reporting_party_type="X")) == broken("EXD-H-05")


def test_EXD_H_06_an_agent_names_the_owner() -> None:
    as_agent = CLEAR.replace(reporting_party_type="A")
    assert verdict("EXD-H-06", CLEAR) == not_applied("EXD-H-06")
    assert verdict("EXD-H-06", as_agent.replace(goods_owner=OTHER), owner=AGENT) == held("EXD-H-06")
    assert verdict("EXD-H-06", as_agent, owner=AGENT) == broken("EXD-H-06")


def test_EXD_H_07_confirming_export_type() -> None:
    assert verdict("EXD-H-07", CLEAR) == held("EXD-H-07")
    assert verdict("EXD-H-07", CLEAR.replace(confirming_export_type=None)) == broken("EXD-H-07")


@pytest.mark.parametrize(
    ("rule", "field"),
    [("EXD-H-08", "consignee_name"), ("EXD-H-09", "consignee_city"), ("EXD-H-12", "destination_country")],
)
@pytest.mark.parametrize("goods_type", ["OT", "ST", "SP", "OP", "AB", "PO"])
def test_EXD_H_08_EXD_H_09_EXD_H_12_receiver_unless_stores_or_spares(rule: str, field: str, goods_type: str) -> None:
    sent = CLEAR.replace(goods_type=goods_type)
    free = goods_type in ("ST", "SP")
    assert verdict(rule, sent) == (not_applied(rule) if free else held(rule))
    assert verdict(rule, sent.replace(**{field: None})) == (not_applied(rule) if free else broken(rule))


def test_EXD_H_10_a_consignee_in_australia_is_asked_about() -> None:
    assert verdict("EXD-H-10", CLEAR) == held("EXD-H-10")
    assert verdict("EXD-H-10", CLEAR.replace(consignee_city=None)) == not_applied("EXD-H-10")
    outcome = decide(CLEAR.replace(consignee_city="MELBOURNE"))
    assert outcome.accepted is True
    assert [(finding.rule, finding.severity) for finding in outcome.findings] == [("EXD-H-10", Severity.ADVICE)]


def test_EXD_H_11_port_of_loading_is_an_australian_port() -> None:
    assert verdict("EXD-H-11", CLEAR) == held("EXD-H-11")
    assert verdict("EXD-H-11", CLEAR.replace(port_of_loading="USLAX")) == broken("EXD-H-11")
    assert verdict("EXD-H-11", CLEAR.replace(port_of_loading="AUXXX")) == broken("EXD-H-11")
    assert verdict("EXD-H-11", CLEAR.replace(port_of_loading=None)) == broken("EXD-H-11")


def test_EXD_H_13_destination_is_a_country() -> None:
    assert verdict("EXD-H-13", CLEAR) == held("EXD-H-13")
    assert verdict("EXD-H-13", CLEAR.replace(destination_country="XX")) == broken("EXD-H-13")


@pytest.mark.parametrize("goods_type", ["OT", "ST", "SP", "OP", "AB", "PO"])
def test_EXD_H_14_port_of_discharge_unless_post_stores_or_spares(goods_type: str) -> None:
    sent = CLEAR.replace(goods_type=goods_type)
    free = goods_type in ("PO", "ST", "SP")
    assert verdict("EXD-H-14", sent) == (not_applied("EXD-H-14") if free else held("EXD-H-14"))
    without = sent.replace(first_port_of_discharge=None)
    assert verdict("EXD-H-14", without) == (not_applied("EXD-H-14") if free else broken("EXD-H-14"))


def test_EXD_H_14_a_confirming_export_may_leave_it_open() -> None:
    assert verdict("EXD-H-14", CONFIRMING.replace(first_port_of_discharge=None)) == not_applied("EXD-H-14")


def test_EXD_H_15_port_of_discharge_is_known() -> None:
    assert verdict("EXD-H-15", CLEAR) == held("EXD-H-15")
    assert verdict("EXD-H-15", CLEAR.replace(first_port_of_discharge="USXXX")) == broken("EXD-H-15")


def test_EXD_H_16_mode_of_transport_unless_post() -> None:
    assert verdict("EXD-H-16", CLEAR) == held("EXD-H-16")
    assert verdict("EXD-H-16", CLEAR.replace(transport_mode="3")) == broken("EXD-H-16")
    assert verdict("EXD-H-16", CLEAR.replace(transport_mode=None)) == broken("EXD-H-16")
    assert verdict("EXD-H-16", CLEAR.replace(transport_mode=None, goods_type="PO")) == not_applied("EXD-H-16")


def test_EXD_H_17_goods_type() -> None:
    assert verdict("EXD-H-17", CLEAR) == held("EXD-H-17")
    assert verdict("EXD-H-17", CLEAR.replace(goods_type=None)) == broken("EXD-H-17")


@pytest.mark.parametrize("goods_type", ["ST", "SP", "AB"])
@pytest.mark.parametrize(
    ("rule", "mode", "field"),
    [
        ("EXD-H-18", "11", "vessel_id"),
        ("EXD-H-19", "11", "voyage_or_flight"),
        ("EXD-H-20", "6", "voyage_or_flight"),
        ("EXD-H-20", "6", "carrier"),
    ],
)
def test_EXD_H_18_EXD_H_19_EXD_H_20_goods_for_a_craft_name_it(
    rule: str, mode: str, field: str, goods_type: str
) -> None:
    sent = ON_BOARD.replace(transport_mode=mode, goods_type=goods_type)
    assert verdict(rule, sent) == held(rule)
    assert verdict(rule, sent.replace(**{field: None})) == broken(rule)
    assert verdict(rule, sent.replace(goods_type="OT")) == not_applied(rule)


def test_EXD_H_21_underbond_goods_name_their_warehouse() -> None:
    without = CLEAR.replace(warehouse_establishment=None)
    assert verdict("EXD-H-21", CLEAR) == held("EXD-H-21")
    assert verdict("EXD-H-21", without) == broken("EXD-H-21")
    assert verdict("EXD-H-21", without.replace(customable_excisable="N")) == not_applied("EXD-H-21")


def test_EXD_H_22_the_warehouse_is_licensed_as_one() -> None:
    assert verdict("EXD-H-22", CLEAR) == held("EXD-H-22")
    assert verdict("EXD-H-22", CLEAR.replace(warehouse_establishment="9053M")) == broken("EXD-H-22")
    assert verdict("EXD-H-22", CLEAR.replace(warehouse_establishment="XXXXX")) == broken("EXD-H-22")
    assert verdict("EXD-H-22", CLEAR.replace(warehouse_establishment=None)) == not_applied("EXD-H-22")


def test_EXD_H_23_cargo_type() -> None:
    assert verdict("EXD-H-23", CLEAR) == held("EXD-H-23")
    assert verdict("EXD-H-23", CLEAR.replace(cargo_type=None)) == not_applied("EXD-H-23")
    assert verdict("EXD-H-23", CLEAR.replace(cargo_type="X")) == broken("EXD-H-23")


def test_EXD_H_24_containers_are_counted() -> None:
    boxed = CLEAR.replace(cargo_type="C")
    assert verdict("EXD-H-24", CLEAR) == not_applied("EXD-H-24")
    assert verdict("EXD-H-24", boxed.replace(total_containers=2)) == held("EXD-H-24")
    assert verdict("EXD-H-24", boxed) == broken("EXD-H-24")
    assert decide(boxed).accepted is True


@pytest.mark.parametrize(("rule", "field"), [("EXD-H-25", "invoice_currency"), ("EXD-H-26", "fob_currency")])
def test_EXD_H_25_EXD_H_26_currencies(rule: str, field: str) -> None:
    assert verdict(rule, CLEAR) == held(rule)
    assert verdict(rule, CLEAR.replace(**{field: "XYZ"})) == broken(rule)
    assert verdict(rule, CLEAR.replace(**{field: None})) == broken(rule)


def test_EXD_H_27_total_value() -> None:
    assert verdict("EXD-H-27", CLEAR) == held("EXD-H-27")
    assert verdict("EXD-H-27", CLEAR.replace(total_fob_value=Decimal(-1))) == broken("EXD-H-27")
    assert verdict("EXD-H-27", CLEAR.replace(total_fob_value=None)) == broken("EXD-H-27")
    assert verdict("EXD-H-27", CONFIRMING.replace(total_fob_value=None)) == held("EXD-H-27")


def test_EXD_H_28_the_lines_add_up() -> None:
    two = CLEAR.replace(lines=lines({"fob_value": Decimal("4999.99")}, {"fob_value": Decimal("0.01")}))
    assert verdict("EXD-H-28", two) == held("EXD-H-28")
    assert verdict("EXD-H-28", two.replace(total_fob_value=Decimal("5000.01"))) == broken("EXD-H-28")
    assert verdict("EXD-H-28", CONFIRMING.replace(total_fob_value=None)) == not_applied("EXD-H-28")


def test_EXD_H_29_consolidation_reference_only_for_cargo() -> None:
    sent = CLEAR.replace(consolidation_reference="AAAAAAAT4")
    assert verdict("EXD-H-29", CLEAR) == not_applied("EXD-H-29")
    assert verdict("EXD-H-29", sent) == held("EXD-H-29")
    assert verdict("EXD-H-29", sent.replace(goods_type="PO")) == broken("EXD-H-29")
    assert verdict("EXD-H-29", sent.replace(transport_mode=None)) == broken("EXD-H-29")


def test_E08_A_personal_exports_are_not_a_companys() -> None:
    personal = ON_BOARD.replace(goods_type="AB")
    individual = facts(clients=[*CLIENTS, client("AAA3333333A", "EXPORTER", kind=AGENT_KIND)])
    assert verdict("E08-A", CLEAR) == not_applied("E08-A")
    assert verdict("E08-A", personal, individual, owner="AAA3333333A") == held("E08-A")
    assert verdict("E08-A", personal) == broken("E08-A")
    assert decide(personal).accepted is True


def test_E08_B_first_port_of_discharge_is_overseas() -> None:
    assert verdict("E08-B", CLEAR) == held("E08-B")
    assert verdict("E08-B", CLEAR.replace(first_port_of_discharge="AUBNE")) == broken("E08-B")


def test_E08_C_north_korea_is_asked_about() -> None:
    assert verdict("E08-C", CLEAR.replace(destination_country="KR")) == held("E08-C")
    assert verdict("E08-C", CLEAR.replace(destination_country="KP")) == broken("E08-C")
    assert decide(CLEAR.replace(destination_country="KP"), now=NOW).accepted is True


AGENT_KIND = CLIENTS[2].kind
