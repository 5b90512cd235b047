"""The rules on tariff lines: each with a case that passes and one that fails."""

from decimal import Decimal
from typing import Any

import pytest

from document_verdicts import broken, held, not_applied, verdict
from message_examples import example
from openics.messages.imports.declaration import Quantity, QuestionAnswer

ALL = pytest.mark.parametrize("name", ["IMD", "SAC", "IMPED1", "IMPED2"])
CLAIMING = pytest.mark.parametrize("name", ["IMD", "IMPED1", "IMPED2"])


def with_line(name: str, header: dict[str, Any] | None = None, **line: Any) -> Any:
    """The typical example with its first tariff line alone, changed; `header` changes the header."""
    document: Any = example("imports", name).replace(**header or {})
    if "releases" not in document.field_names:
        return document.replace(lines=(document.lines[0].replace(**line),))
    release = document.releases[-1]
    return document.replace(releases=(release.replace(lines=(release.lines[0].replace(**line),)),))


def number_of(name: str) -> int:
    found: int = with_line(name).lines[0].number
    return found


@ALL
def test_LINE_Q1_a_quantity_has_its_unit(name: str) -> None:
    whole, bare = Quantity(unit="NO", amount=Decimal(5)), Quantity(unit="NO")
    assert verdict("LINE-Q1", with_line(name)) == held("LINE-Q1")
    assert verdict("LINE-Q1", with_line(name, quantities=(whole, whole))) == held("LINE-Q1")
    assert verdict("LINE-Q1", with_line(name, quantities=(whole, bare))) == broken("LINE-Q1", number_of(name))
    assert verdict("LINE-Q1", with_line(name, quantities=(whole, Quantity(unit="NR")))) == held("LINE-Q1")
    assert verdict("LINE-Q1", with_line(name, quantities=(Quantity(unit="NR"),))) == not_applied("LINE-Q1")
    assert verdict("LINE-Q1", with_line(name, quantities=())) == not_applied("LINE-Q1")


@pytest.mark.parametrize("field", ["dumping_quantity", "duty_factor"])
def test_LINE_Q1_holds_for_every_quantity(field: str) -> None:
    assert verdict("LINE-Q1", with_line("IMD", **{field: Decimal(5)})) == broken("LINE-Q1", 1)
    assert verdict("LINE-Q1", with_line("IMD", **{field: Decimal(5), f"{field}_unit": "KG"})) == held("LINE-Q1")
    assert verdict("LINE-Q1", with_line("IMD", quantities=(), **{field: Decimal(5)})) == broken("LINE-Q1", 1)


@ALL
def test_LINE_Q2_a_price_has_its_currency(name: str) -> None:
    bare = {"price": None, "price_currency": None}
    bare |= {"transport_insurance": None, "transport_insurance_currency": None} if name.startswith("IMPED") else {}
    assert verdict("LINE-Q2", with_line(name)) == held("LINE-Q2")
    assert verdict("LINE-Q2", with_line(name, price_currency=None)) == broken("LINE-Q2", number_of(name))
    assert verdict("LINE-Q2", with_line(name, **bare)) == not_applied("LINE-Q2")


@ALL
def test_LINE_Q3_quantities_are_positive(name: str) -> None:
    assert verdict("LINE-Q3", with_line(name)) == held("LINE-Q3")
    assert verdict("LINE-Q3", with_line(name, price=Decimal(0))) == held("LINE-Q3")
    assert verdict("LINE-Q3", with_line(name, quantities=(Quantity(unit="NO", amount=Decimal(0)),))) == broken(
        "LINE-Q3", number_of(name)
    )
    assert verdict("LINE-Q3", with_line(name, price=Decimal("-0.01"))) == broken("LINE-Q3", number_of(name))
    assert verdict("LINE-Q3", with_line(name, quantities=(), price=None)) == not_applied("LINE-Q3")


@ALL
def test_WET_01_wine_tax_is_quoted_or_exempt(name: str) -> None:
    assert verdict("WET-01", with_line(name, wet_exemption="WE1")) == held("WET-01")
    both = with_line(name, wet_exemption="WE1", indicators=("WET",))
    assert verdict("WET-01", both) == broken("WET-01", number_of(name))
    assert verdict("WET-01", with_line(name, indicators=("WET",))) == not_applied("WET-01")


@CLAIMING
def test_PREF_01_preference_is_whole_or_absent(name: str) -> None:
    whole = {"preference_country": "NZ", "preference_scheme": "AANZ", "preference_rule": "WO"}
    assert verdict("PREF-01", with_line(name, **whole)) == held("PREF-01")
    for missing in whole:
        assert verdict("PREF-01", with_line(name, **{**whole, missing: None})) == broken("PREF-01", number_of(name))
    assert verdict("PREF-01", with_line(name)) == not_applied("PREF-01")


@pytest.mark.parametrize("name", ["IMD", "SAC"])
def test_REFUND_01_an_original_refunds_nothing(name: str) -> None:
    assert verdict("REFUND-01", with_line(name, {"function": "4"}, refund_reason="11")) == held("REFUND-01")
    assert verdict("REFUND-01", with_line(name, refund_reason="11")) == broken("REFUND-01", 1)
    assert verdict("REFUND-01", with_line(name)) == not_applied("REFUND-01")


def test_AQIS_01_goods_out_of_a_warehouse_have_no_commodity() -> None:
    assert verdict("AQIS-01", with_line("IMD", quarantine_commodities=("NONE",))) == held("AQIS-01")
    out = with_line("IMD", nature="N30", quarantine_commodities=("NONE",))
    assert verdict("AQIS-01", out) == broken("AQIS-01", 1)
    assert verdict("AQIS-01", with_line("IMD", nature="N30")) == not_applied("AQIS-01")


def test_AQIS_02_a_line_has_ten_commodities_at_most() -> None:
    codes = tuple(f"C{number}" for number in range(11))
    assert verdict("AQIS-02", with_line("IMD", quarantine_commodities=codes[:10])) == held("AQIS-02")
    assert verdict("AQIS-02", with_line("IMD", quarantine_commodities=codes)) == broken("AQIS-02", 1)
    assert verdict("AQIS-02", with_line("IMD")) == not_applied("AQIS-02")


SOURCE = {"warehouse_declaration": "AFHCT3PJG", "warehouse_line": 3}


def test_IMD_L_01_goods_out_of_a_warehouse_name_the_line_they_went_in_by() -> None:
    assert verdict("IMD-L-01", with_line("IMD", nature="N30", **SOURCE)) == held("IMD-L-01")
    for missing in SOURCE:
        assert verdict("IMD-L-01", with_line("IMD", nature="N30", **{**SOURCE, missing: None})) == broken("IMD-L-01", 1)
    assert verdict("IMD-L-01", with_line("IMD", nature="N30", action="D")) == not_applied("IMD-L-01")
    assert verdict("IMD-L-01", with_line("IMD", {"function": "50"}, nature="N30")) == not_applied("IMD-L-01")
    assert verdict("IMD-L-01", with_line("IMD")) == not_applied("IMD-L-01")


def test_IMD_L_02_other_goods_name_no_such_line() -> None:
    assert verdict("IMD-L-02", with_line("IMD", nature="N30", **SOURCE)) == held("IMD-L-02")
    assert verdict("IMD-L-02", with_line("IMD", nature="N20", warehouse_line=3)) == broken("IMD-L-02", 1)
    assert verdict("IMD-L-02", with_line("IMD")) == not_applied("IMD-L-02")


def test_IMD_L_03_a_valuation_basis_stands_somewhere() -> None:
    bare: dict[str, Any] = {"valuation_basis": None}
    assert verdict("IMD-L-03", with_line("IMD")) == held("IMD-L-03")
    assert verdict("IMD-L-03", with_line("IMD", bare, valuation_basis="TV")) == held("IMD-L-03")
    assert verdict("IMD-L-03", with_line("IMD", bare)) == broken("IMD-L-03", 1)
    assert verdict("IMD-L-03", with_line("IMD", bare, action="D")) == not_applied("IMD-L-03")
    assert verdict("IMD-L-03", with_line("IMD", {**bare, "function": "50"})) == not_applied("IMD-L-03")


@pytest.mark.parametrize("field", ["treatment_instrument", "class_instrument"])
def test_IMD_L_04_an_instrument_has_type_and_number(field: str) -> None:
    assert verdict("IMD-L-04", with_line("IMD", **{field: "1", f"{field}_type": "TCO"})) == held("IMD-L-04")
    assert verdict("IMD-L-04", with_line("IMD", **{field: "1"})) == broken("IMD-L-04", 1)
    assert verdict("IMD-L-04", with_line("IMD", **{f"{field}_type": "TCO"})) == broken("IMD-L-04", 1)
    assert verdict("IMD-L-04", with_line("IMD")) == not_applied("IMD-L-04")


def test_IMD_L_05_a_treatment_instrument_has_its_treatment() -> None:
    assert verdict("IMD-L-05", with_line("IMD", treatment_instrument="1", treatment="436")) == held("IMD-L-05")
    assert verdict("IMD-L-05", with_line("IMD", treatment_instrument="1")) == broken("IMD-L-05", 1)
    assert verdict("IMD-L-05", with_line("IMD", treatment="436")) == not_applied("IMD-L-05")


def test_IMD_L_06_luxury_car_tax_is_quoted_alone() -> None:
    assert verdict("IMD-L-06", with_line("IMD", indicators=("LCQ", "WET"))) == held("IMD-L-06")
    assert verdict("IMD-L-06", with_line("IMD", indicators=("LCQ", "LCT"))) == broken("IMD-L-06", 1)
    exempt = with_line("IMD", indicators=("LCQ",), luxury_car_exemption="L251")
    assert verdict("IMD-L-06", exempt) == broken("IMD-L-06", 1)
    fuel_efficient = with_line("IMD", indicators=("LCT",), luxury_car_exemption="L710")
    assert verdict("IMD-L-06", fuel_efficient) == not_applied("IMD-L-06")


def test_IMD_L_07_another_country_of_export_is_named() -> None:
    exempt = with_line("IMD", dumping_exemption="COUNTRY", dumping_country="NZ")
    assert verdict("IMD-L-07", exempt) == held("IMD-L-07")
    assert verdict("IMD-L-07", with_line("IMD", dumping_exemption="COUNTRY")) == broken("IMD-L-07", 1)
    assert verdict("IMD-L-07", with_line("IMD", dumping_exemption="GOODS")) == not_applied("IMD-L-07")


def test_IMD_L_08_a_dumping_price_has_its_specification() -> None:
    price = {"dumping_price": Decimal(15), "dumping_price_currency": "NZD"}
    assert verdict("IMD-L-08", with_line("IMD", dumping_specification="2009001", **price)) == held("IMD-L-08")
    assert verdict("IMD-L-08", with_line("IMD", **price)) == broken("IMD-L-08", 1)
    assert verdict("IMD-L-08", with_line("IMD")) == not_applied("IMD-L-08")


@pytest.mark.parametrize("name", ["IMD", "SAC"])
def test_IMD_L_09_a_question_is_answered_once(name: str) -> None:
    answer = QuestionAnswer(question="CP0001", answer="Y")
    assert verdict("IMD-L-09", with_line(name, protection_answers=(answer,))) == held("IMD-L-09")
    assert verdict("IMD-L-09", with_line(name, protection_answers=(answer, answer))) == broken("IMD-L-09", 1)
    assert verdict("IMD-L-09", with_line(name)) == not_applied("IMD-L-09")
