"""The rules on the header of declarations: each with a case that passes and one that fails."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import example
from openics.decision.findings import Finding, Severity
from openics.messages.imports.declaration import QuestionAnswer

DECLARED = pytest.mark.parametrize("name", ["IMD", "SAC"])
MOVED = pytest.mark.parametrize("name", ["IMD", "SAC", "RCR"])
AIR = {"transport_mode": "A", "airline": "QF", "vessel_id": None, "voyage": None}


def sent(name: str, **changes: Any) -> Any:
    """The typical example of a message, which is by sea, with changes."""
    return example("imports", name).replace(**changes)


@pytest.mark.parametrize("name", ["IMD", "SAC", "RCR", "MOVAPP", "IMPED1", "IMPED2"])
@pytest.mark.parametrize("kind", ["smallest", "typical"])
def test_the_example_breaks_no_rule(name: str, kind: str) -> None:
    assert findings(example("imports", name, kind)) == []


@MOVED
def test_AIR_01_an_airline_flies(name: str) -> None:
    assert verdict("AIR-01", sent(name, **AIR)) == held("AIR-01")
    assert verdict("AIR-01", sent(name, airline="QF")) == broken("AIR-01")
    assert verdict("AIR-01", sent(name)) == not_applied("AIR-01")


@DECLARED
def test_AIR_02_by_air_the_airline_is_named(name: str) -> None:
    assert verdict("AIR-02", sent(name, **AIR)) == held("AIR-02")
    assert verdict("AIR-02", sent(name, **{**AIR, "airline": None})) == broken("AIR-02")
    assert verdict("AIR-02", sent(name)) == not_applied("AIR-02")
    assert verdict("AIR-02", sent(name, **{**AIR, "airline": None, "function": "50"})) == not_applied("AIR-02")


@DECLARED
def test_SEA_01_by_sea_ship_and_voyage_are_named(name: str) -> None:
    assert verdict("SEA-01", sent(name)) == held("SEA-01")
    assert verdict("SEA-01", sent(name, vessel_id=None)) == broken("SEA-01")
    assert verdict("SEA-01", sent(name, voyage=None)) == broken("SEA-01")
    assert verdict("SEA-01", sent(name, voyage=None, function="50")) == not_applied("SEA-01")
    assert verdict("SEA-01", sent(name, **AIR)) == not_applied("SEA-01")


@DECLARED
def test_SEA_02_a_ship_sails(name: str) -> None:
    assert verdict("SEA-02", sent(name)) == held("SEA-02")
    assert verdict("SEA-02", sent(name, transport_mode="A")) == broken("SEA-02")
    assert verdict("SEA-02", sent(name, vessel_id=None)) == not_applied("SEA-02")


@DECLARED
def test_OWNER_01_somebody_owns_the_goods(name: str) -> None:
    nobody = sent(name, owner_abn=None, importer_id=None, importer_name=None)
    assert verdict("OWNER-01", nobody) == broken("OWNER-01")
    for field, value in (("owner_abn", "51824753556"), ("importer_id", "AAA3436797Y"), ("importer_name", "A")):
        assert verdict("OWNER-01", nobody.replace(**{field: value})) == held("OWNER-01")
    assert verdict("OWNER-01", nobody.replace(function="50")) == not_applied("OWNER-01")


@DECLARED
def test_OWNER_02_an_activity_centre_belongs_to_an_ABN(name: str) -> None:
    assert verdict("OWNER-02", sent(name, owner_centre="001")) == held("OWNER-02")
    other = sent(name, owner_centre="001", owner_abn=None, importer_id=None)
    assert verdict("OWNER-02", other) == broken("OWNER-02")
    assert verdict("OWNER-02", other.replace(importer_id="AAA3436797Y")) == broken("OWNER-02")
    assert verdict("OWNER-02", other.replace(importer_id="51824753556")) == held("OWNER-02")
    assert verdict("OWNER-02", sent(name, owner_centre=None)) == not_applied("OWNER-02")


@DECLARED
@pytest.mark.parametrize(("rule", "field"), [("PORT-01", "discharge_port"), ("PORT-02", "destination_port")])
def test_PORT_01_and_PORT_02_ports_are_australian(name: str, rule: str, field: str) -> None:
    assert verdict(rule, sent(name)) == held(rule)
    assert verdict(rule, sent(name, **{field: "NZAKL"})) == broken(rule)
    assert verdict(rule, sent(name, **{field: None})) == not_applied(rule)


def test_PORT_02_is_about_the_destination() -> None:
    (found,) = findings(sent("IMD", destination_port="NZAKL"))
    assert (found.rule, found.text) == ("PORT-02", "DESTINATION PORT NZAKL IS NOT AN AUSTRALIAN PORT")


@DECLARED
def test_MONEY_01_amounts_have_currencies(name: str) -> None:
    without = {"customs_value": None, "customs_value_currency": None}
    without |= {"transport_insurance": None, "transport_insurance_currency": None}
    assert verdict("MONEY-01", sent(name)) == held("MONEY-01")
    assert verdict("MONEY-01", sent(name, transport_insurance_currency=None)) == broken("MONEY-01")
    assert verdict("MONEY-01", sent(name, transport_insurance=None)) == broken("MONEY-01")
    assert verdict("MONEY-01", sent(name, **without)) == not_applied("MONEY-01")


@DECLARED
def test_BANK_03_an_original_has_no_account(name: str) -> None:
    account = {"bank_account": "000000001", "bsb": "999999"}
    assert verdict("BANK-03", sent(name)) == held("BANK-03")
    assert verdict("BANK-03", sent(name, **account)) == broken("BANK-03")
    assert verdict("BANK-03", sent(name, bsb="999999")) == broken("BANK-03")
    assert verdict("BANK-03", sent(name, **account, function="4")) == not_applied("BANK-03")


@DECLARED
def test_LODGE_01_a_question_is_answered_once(name: str) -> None:
    answer = QuestionAnswer(question="LQ0001", answer="Y")
    twice = (answer, answer.replace(answer="N"))
    assert verdict("LODGE-01", sent(name, lodgement_answers=(answer,))) == held("LODGE-01")
    assert verdict("LODGE-01", sent(name, lodgement_answers=twice)) == broken("LODGE-01")
    assert verdict("LODGE-01", sent(name, lodgement_answers=())) == not_applied("LODGE-01")


def test_AIR_02_and_SEA_01_are_not_about_goods_out_of_a_warehouse() -> None:
    document = sent("IMD")
    out = document.replace(lines=tuple(line.replace(nature="N30") for line in document.lines))
    assert verdict("SEA-01", out.replace(vessel_id=None, voyage=None)) == not_applied("SEA-01")
    assert verdict("AIR-02", out.replace(**{**AIR, "airline": None})) == not_applied("AIR-02")


def test_IMD_01_an_amber_reason_has_a_statement() -> None:
    assert verdict("IMD-01", sent("IMD", amber_reason="TC", amber_statement="DOUBTFUL")) == held("IMD-01")
    assert verdict("IMD-01", sent("IMD", amber_reason="TC")) == broken("IMD-01")
    assert verdict("IMD-01", sent("IMD", amber_statement="DOUBTFUL")) == broken("IMD-01")
    assert verdict("IMD-01", sent("IMD")) == not_applied("IMD-01")


def test_IMD_02_goods_leave_before_they_arrive() -> None:
    assert verdict("IMD-02", sent("IMD", export_date=date(2026, 11, 5))) == held("IMD-02")
    assert verdict("IMD-02", sent("IMD", export_date=date(2026, 11, 6))) == broken("IMD-02")
    assert verdict("IMD-02", sent("IMD", export_date=None)) == not_applied("IMD-02")
    assert verdict("IMD-02", sent("IMD", arrival_date=None)) == not_applied("IMD-02")


def test_IMD_03_prices_that_do_not_make_the_invoice_are_told() -> None:
    other = sent("IMD", invoice_total=Decimal("20000.01"))
    assert verdict("IMD-03", sent("IMD")) == held("IMD-03")
    assert verdict("IMD-03", other) == broken("IMD-03")
    assert findings(other) == [
        Finding(
            Severity.ADVICE,
            "ID9114",
            "THE PRICES OF THE LINES DO NOT ADD UP TO THE INVOICE TOTAL 20000.01 AUD",
            0,
            "IMD-03",
        )
    ]
    for changes in ({"invoice_total": None}, {"lines": ()}, {"function": "4"}, {"invoice_currency": "NZD"}):
        assert verdict("IMD-03", other.replace(**changes)) == not_applied("IMD-03")
