"""The rules that all cargo reports share: each with a case that passes and one that fails."""

from typing import Any

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import example, examples
from openics.cargo.document_rules import REPORT_RULES
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.aircr import AirCargoReport
from openics.messages.cargo.airint import AirIntegratedReport
from openics.messages.cargo.reports import CargoReport, Party
from openics.messages.cargo.seacr import SeaCargoReport
from openics.messages.cargo.seaint import SeaIntegratedReport

LINES = Party(role="CN", name_line_1="EXAMPLE IMPORTER PTY LTD", address_line_1="1 EXAMPLE STREET")
STRUCTURED = Party(role="CZ", name="EXAMPLE SHIPPER LTD", street="20 EXAMPLE ROAD", city="AUCKLAND")
HEADER: dict[str, Any] = {"sender_reference": "CR1", "version": 1, "function": "9", "parties": (LINES, STRUCTURED)}
AIR, SEA = AirCargoReport(**HEADER), SeaCargoReport(**HEADER)
AIR_INTEGRATED, SEA_INTEGRATED = AirIntegratedReport(**HEADER), SeaIntegratedReport(**HEADER)

REPORTS = pytest.mark.parametrize("report", [AIR, SEA], ids=lambda report: report.name)
ALL = pytest.mark.parametrize("report", [AIR, SEA, AIR_INTEGRATED, SEA_INTEGRATED], ids=lambda report: report.name)


@REPORTS
def test_G01_transaction_types_are_9_4_and_50(report: CargoReport) -> None:
    assert [verdict("G01", report.replace(function=function)) for function in ("9", "4", "50")] == [held("G01")] * 3
    assert [verdict("G01", report.replace(function=function)) for function in ("5", "13", None)] == [broken("G01")] * 3


@ALL
def test_G03_an_original_has_version_1_or_higher(report: CargoReport) -> None:
    assert verdict("G03", report.replace(version=7)) == held("G03")
    assert verdict("G03", report.replace(version=0)) == broken("G03")
    assert verdict("G03", report.replace(version=0, function="4")) == not_applied("G03")
    assert verdict("G03", report.replace(version=None)) == not_applied("G03")


@ALL
@pytest.mark.parametrize("item", ["name", "street", "city", "postcode", "country", "contact", "contact_phone"])
def test_PARTY_01_one_value_of_the_other_form_is_an_error(report: CargoReport, item: str) -> None:
    assert verdict("PARTY-01", report) == held("PARTY-01")
    assert verdict("PARTY-01", report.replace(parties=(LINES.replace(**{item: "X"}),))) == broken("PARTY-01")
    assert verdict("PARTY-01", report.replace(parties=())) == not_applied("PARTY-01")


@pytest.mark.parametrize("item", ["name_line_1", "name_line_2", "address_line_1", "address_line_2", "address_line_3"])
def test_PARTY_01_holds_the_other_way_round(item: str) -> None:
    assert verdict("PARTY-01", SEA.replace(parties=(STRUCTURED.replace(**{item: "X"}),))) == broken("PARTY-01")


@ALL
def test_PARTY_02_an_unstructured_party_has_name_and_address(report: CargoReport) -> None:
    second = Party(role="NI", name_line_2="EXAMPLE BROKERAGE", address_line_2="PO BOX 1")
    assert verdict("PARTY-02", report.replace(parties=(LINES, second))) == held("PARTY-02")
    third = second.replace(address_line_2=None, address_line_3="AUSTRALIA")
    assert verdict("PARTY-02", report.replace(parties=(third,))) == broken("PARTY-02")
    assert verdict("PARTY-02", report.replace(parties=(second.replace(name_line_2=None),))) == broken("PARTY-02")
    assert verdict("PARTY-02", report.replace(parties=(STRUCTURED,))) == not_applied("PARTY-02")


@ALL
def test_a_deficient_consignee_is_accepted_with_an_advice(report: CargoReport) -> None:
    nameless, homeless = LINES.replace(name_line_1=None), LINES.replace(address_line_1=None, address_line_3="AUSTRALIA")
    structured = STRUCTURED.replace(role="CN", street=None)
    for consignee in (nameless, homeless, structured):
        found = report.replace(parties=(consignee,))
        assert [verdict(rule, found) for rule in ("PARTY-02", "PARTY-03")] == [
            not_applied("PARTY-02"),
            not_applied("PARTY-03"),
        ]
        assert verdict("CR08", found) == broken("CR08")


@ALL
def test_PARTY_03_a_structured_party_has_name_and_street(report: CargoReport) -> None:
    assert verdict("PARTY-03", report) == held("PARTY-03")
    assert verdict("PARTY-03", report.replace(parties=(STRUCTURED.replace(name=None),))) == broken("PARTY-03")
    assert verdict("PARTY-03", report.replace(parties=(STRUCTURED.replace(street=None),))) == broken("PARTY-03")
    assert verdict("PARTY-03", report.replace(parties=(LINES,))) == not_applied("PARTY-03")


@ALL
def test_PARTY_04_each_role_stands_once(report: CargoReport) -> None:
    assert verdict("PARTY-04", report) == held("PARTY-04")
    assert verdict("PARTY-04", report.replace(parties=(LINES, LINES))) == broken("PARTY-04")
    assert verdict("PARTY-04", report.replace(parties=())) == not_applied("PARTY-04")


@ALL
def test_CR08_a_report_without_usable_consignee_is_accepted_with_an_advice(report: CargoReport) -> None:
    assert verdict("CR08", report) == held("CR08")
    assert verdict("CR08", report.replace(parties=(STRUCTURED.replace(role="CN"),))) == held("CR08")
    assert verdict("CR08", report.replace(parties=(STRUCTURED,))) == broken("CR08")
    assert verdict("CR08", report.replace(parties=(Party(role="CN"),))) == broken("CR08")
    advice = Finding(Severity.ADVICE, "CG9103", "CONSIGNEE NAME AND ADDRESS ARE NOT SUFFICIENT", 0, "CR08")
    found = findings(report.replace(parties=(STRUCTURED,)))
    assert [finding for finding in found if finding.rule == "CR08"] == [advice]


@REPORTS
def test_CR08_says_nothing_of_a_withdrawal(report: CargoReport) -> None:
    assert verdict("CR08", report.replace(function="50", parties=())) == not_applied("CR08")


@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
@pytest.mark.parametrize("name", ["AIRCR", "AIRINT", "SEACR", "SEAINT"])
def test_an_example_breaks_no_rule(name: str, kind: str) -> None:
    documents = examples("cargo", name, kind)
    assert [findings(document) for document in documents] == [[]] * len(documents)


def test_the_typical_examples_meet_their_rules() -> None:
    assert verdict("PARTY-01", example("cargo", "SEACR")) == held("PARTY-01")
    assert verdict("AIRCR-01", example("cargo", "AIRCR")) == held("AIRCR-01")


def test_every_rule_of_a_report_has_an_error_id_of_its_own() -> None:
    for rules in REPORT_RULES.values():
        assert len({rule.error for rule in rules}) == len({rule.id for rule in rules}) == len(rules)
