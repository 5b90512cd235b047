"""The rules on air cargo reports: each with a case that passes and one that fails."""

from decimal import Decimal

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.air_reports import AirReport
from openics.messages.cargo.aircr import AirCargoReport
from openics.messages.cargo.airint import AirIntegratedReport
from openics.messages.cargo.reports import Party

VALUED = AirCargoReport(
    sender_reference="ACR1",
    version=1,
    function="9",
    parties=(Party(role="CN", name="EXAMPLE IMPORTER PTY LTD", street="1 EXAMPLE STREET"),),
    master_waybill="08165004866",
    house_waybill="EXA00012345",
    payment_method="PP",
    declared_value=Decimal(4200),
    declared_value_currency="NZD",
)
INTEGRATED = AirIntegratedReport(**VALUED.__dict__)
ALL = pytest.mark.parametrize("report", [VALUED, INTEGRATED], ids=lambda report: report.name)


@ALL
def test_CR06_A_only_a_house_waybill_has_a_parent(report: AirReport) -> None:
    assert verdict("CR06-A", report.replace(parent_waybill="EXA00012300")) == held("CR06-A")
    assert verdict("CR06-A", report.replace(parent_waybill="EXA00012300", house_waybill=None)) == broken("CR06-A")
    assert verdict("CR06-A", report) == not_applied("CR06-A")


@ALL
def test_AIRCR_01_payment_is_needed_unless_there_is_no_declared_value(report: AirReport) -> None:
    assert verdict("AIRCR-01", report) == held("AIRCR-01")
    assert verdict("AIRCR-01", report.replace(payment_method=None)) == broken("AIRCR-01")
    assert verdict("AIRCR-01", report.replace(payment_method=None, declared_value=None)) == broken("AIRCR-01")
    none = report.replace(
        payment_method=None, declared_value=None, declared_value_currency=None, no_declared_value="NDV"
    )
    assert verdict("AIRCR-01", none) == not_applied("AIRCR-01")
    assert verdict("AIRCR-01", report.replace(payment_method=None, function="50")) == not_applied("AIRCR-01")


@ALL
def test_AIRCR_02_a_declared_value_is_an_amount_or_none(report: AirReport) -> None:
    none = report.replace(declared_value=None, declared_value_currency=None, no_declared_value="NDV")
    assert verdict("AIRCR-02", none) == held("AIRCR-02")
    assert verdict("AIRCR-02", report.replace(no_declared_value="NDV")) == broken("AIRCR-02")
    assert verdict("AIRCR-02", report) == not_applied("AIRCR-02")


@ALL
def test_AIRCR_03_a_declared_value_has_its_currency(report: AirReport) -> None:
    assert verdict("AIRCR-03", report) == held("AIRCR-03")
    assert verdict("AIRCR-03", report.replace(declared_value_currency=None)) == broken("AIRCR-03")
    assert verdict("AIRCR-03", report.replace(declared_value=None)) == broken("AIRCR-03")
    assert verdict("AIRCR-03", report.replace(declared_value=Decimal(0))) == held("AIRCR-03")
    neither = report.replace(declared_value=None, declared_value_currency=None)
    assert verdict("AIRCR-03", neither) == not_applied("AIRCR-03")


@ALL
def test_AIRCR_04_a_wrong_check_digit_is_told(report: AirReport) -> None:
    assert verdict("AIRCR-04", report) == held("AIRCR-04")
    wrong = ("08165004865", "0816500486", "EXA12345678")
    assert [verdict("AIRCR-04", report.replace(master_waybill=each)) for each in wrong] == [broken("AIRCR-04")] * 3
    assert verdict("AIRCR-04", report.replace(master_waybill=None)) == not_applied("AIRCR-04")


def test_AIRCR_04_refuses_nothing() -> None:
    text = "MASTER WAYBILL 08165004865 IS NOT ELEVEN DIGITS WITH A RIGHT CHECK DIGIT"
    expected = [Finding(Severity.ADVICE, "CG9204", text, 0, "AIRCR-04")]
    assert findings(VALUED.replace(master_waybill="08165004865")) == expected
