"""The rules that integrated cargo reports add: each with a case that passes and one that fails."""

from typing import Any

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.airint import AirIntegratedReport
from openics.messages.cargo.reports import IntegratedReport, Party
from openics.messages.cargo.seaint import SeaIntegratedReport

HEADER: dict[str, Any] = {
    "sender_reference": "INT1",
    "version": 1,
    "function": "9",
    "parties": (Party(role="CN", name="EXAMPLE IMPORTER PTY LTD", street="1 EXAMPLE STREET"),),
    "port_of_discharge": "AUSYD",
    "port_of_destination": "AUSYD",
    "request_reason": "DEL",
    "origin_establishment": "FM27N",
    "destination_establishment": "GE65A",
}
AIR = AirIntegratedReport(no_declared_value="NDV", documents="Y", **HEADER)
SEA = SeaIntegratedReport(**HEADER)
ALL = pytest.mark.parametrize("report", [AIR, SEA], ids=lambda report: report.name)


@ALL
def test_IN01_an_integrated_report_is_an_original(report: IntegratedReport) -> None:
    assert verdict("IN01", report) == held("IN01")
    for function in ("4", "50", "5", None):
        assert verdict("IN01", report.replace(function=function)) == broken("IN01")


def test_IN05_by_air_it_is_for_documents_effects_and_transhipment() -> None:
    other = AIR.replace(documents=None)
    assert verdict("IN05", AIR) == held("IN05")
    assert verdict("IN05", other.replace(personal_effects="Y")) == held("IN05")
    assert verdict("IN05", other.replace(port_of_destination="FJSUV")) == held("IN05")
    assert verdict("IN05", other.replace(request_reason="TSH")) == held("IN05")
    assert verdict("IN05", other) == broken("IN05")
    assert verdict("IN05", other.replace(documents="N", personal_effects="N")) == broken("IN05")
    transit = other.replace(port_of_discharge="FJSUV", port_of_destination="FJSUV")
    assert verdict("IN05", transit) == broken("IN05")


def test_IN05_is_the_only_finding_of_other_cargo() -> None:
    text = "AN INTEGRATED AIR CARGO REPORT IS FOR REPORTABLE DOCUMENTS, PERSONAL EFFECTS OR TRANSHIPMENT CARGO ONLY"
    assert findings(AIR.replace(documents=None)) == [Finding(Severity.ERROR, "CG9012", text, 0, "IN05")]
    assert findings(SEA) == []


@ALL
def test_IN06_the_request_reason_is_one_of_the_list(report: IntegratedReport) -> None:
    for reason in ("DEL", "DCL", "MOV", "TUW", "TSH", "AQS"):
        assert verdict("IN06", report.replace(request_reason=reason)) == held("IN06")
    assert verdict("IN06", report.replace(request_reason="XXX")) == broken("IN06")
    assert verdict("IN06", report.replace(request_reason=None)) == not_applied("IN06")


@ALL
def test_INT_01_goods_move_to_another_establishment(report: IntegratedReport) -> None:
    assert verdict("INT-01", report) == held("INT-01")
    assert verdict("INT-01", report.replace(destination_establishment="FM27N")) == broken("INT-01")
    assert verdict("INT-01", report.replace(destination_establishment=None)) == not_applied("INT-01")
    assert verdict("INT-01", report.replace(origin_establishment=None)) == not_applied("INT-01")


@ALL
def test_INT_02_a_transhipment_port_needs_its_reason(report: IntegratedReport) -> None:
    assert verdict("INT-02", report) == held("INT-02")
    assert verdict("INT-02", report.replace(transhipment_port="FJSUV")) == broken("INT-02")
    assert verdict("INT-02", report.replace(transhipment_port="FJSUV", request_reason="TSH")) == not_applied("INT-02")


@ALL
def test_INT_03_goods_are_transhipped_overseas(report: IntegratedReport) -> None:
    transhipped = report.replace(request_reason="TSH")
    assert verdict("INT-03", transhipped.replace(transhipment_port="FJSUV")) == held("INT-03")
    assert verdict("INT-03", transhipped.replace(transhipment_port="AUMEL")) == broken("INT-03")
    assert verdict("INT-03", report) == not_applied("INT-03")
