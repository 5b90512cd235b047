"""The rules that the lists, requests and reports on cargo share: each with a case that passes and one that fails."""

import pytest

from cargo.movement_documents import AIR_OUTTURN, DISCHARGE, LIST, REPORTS, REQUEST, SEA_OUTTURN, with_line, with_lines
from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.airout import AirOutturn
from openics.messages.cargo.carlst import CargoList
from openics.messages.cargo.prodis import ProgressiveDischarge
from openics.messages.cargo.seaout import SeaOutturn
from openics.messages.cargo.ubmreq import UnderbondRequest

Report = CargoList | UnderbondRequest | ProgressiveDischarge | AirOutturn | SeaOutturn
ALL = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
LISTED = pytest.mark.parametrize("report", [LIST, DISCHARGE, AIR_OUTTURN, SEA_OUTTURN], ids=lambda report: report.name)
REFERENCED = pytest.mark.parametrize("report", [LIST, REQUEST, SEA_OUTTURN], ids=lambda report: report.name)
AMENDABLE = pytest.mark.parametrize("report", [LIST, REQUEST, DISCHARGE, AIR_OUTTURN], ids=lambda report: report.name)
CONTAINED = pytest.mark.parametrize("report", [LIST, REQUEST, DISCHARGE, SEA_OUTTURN], ids=lambda report: report.name)


@ALL
def test_a_right_report_breaks_no_rule(report: Report) -> None:
    assert findings(report) == []


@LISTED
def test_G01_transaction_types_are_9_4_and_50(report: Report) -> None:
    assert [verdict("G01", report.replace(function=function)) for function in ("9", "4", "50")] == [held("G01")] * 3
    assert [verdict("G01", report.replace(function=function)) for function in ("5", "13", None)] == [broken("G01")] * 3


@ALL
def test_G03_an_original_has_version_1_or_higher(report: Report) -> None:
    assert verdict("G03", report.replace(version=7)) == held("G03")
    assert verdict("G03", report.replace(version=0)) == broken("G03")
    assert verdict("G03", report.replace(version=0, function="4")) == not_applied("G03")


@ALL
def test_G10_a_withdrawal_is_of_the_whole_report(report: Report) -> None:
    assert verdict("G10", report.replace(function="50")) == held("G10")
    assert verdict("G10", with_line(report, action="D").replace(function="50")) == broken("G10", 1)
    assert verdict("G10", with_line(report, action="D")) == not_applied("G10")


@ALL
def test_L01_every_line_of_an_original_is_inserted(report: Report) -> None:
    assert verdict("L01", report) == held("L01")
    assert verdict("L01", with_line(report, action="A")) == broken("L01", 1)
    assert verdict("L01", with_line(report, action=None)) == broken("L01", 1)
    assert verdict("L01", with_line(report, action="A").replace(function="4")) == not_applied("L01")


@AMENDABLE
def test_L02_a_change_says_what_becomes_of_a_line(report: Report) -> None:
    changes = [with_line(report, action=action).replace(function="4") for action in ("I", "A", "D")]
    assert [verdict("L02", change) for change in changes] == [held("L02")] * 3
    assert verdict("L02", with_line(report, action=None).replace(function="4")) == not_applied("L02")
    assert verdict("L02", with_line(report, action="X").replace(function="4")) == broken("L02", 1)
    assert verdict("L02", report) == not_applied("L02")


@ALL
def test_LINE_01_line_numbers_differ(report: Report) -> None:
    assert verdict("LINE-01", with_lines(report, {}, {"number": 2})) == held("LINE-01")
    assert verdict("LINE-01", with_lines(report, {}, {}, {"number": 3})) == broken("LINE-01")
    assert verdict("LINE-01", report.replace(lines=())) == not_applied("LINE-01")


def test_LINE_01_tells_which_lines() -> None:
    twice = with_lines(DISCHARGE, {}, {"container": "CSNU8356338"}, {"number": 3, "container": "FBLU0238434"})
    assert findings(twice) == [Finding(Severity.ERROR, "CG9611", "LINE 1 OCCURS MORE THAN ONCE", 0, "LINE-01")]


@REFERENCED
def test_LINE_02_the_ocean_bill_of_a_house_bill_is_given(report: Report) -> None:
    house = {"reference_type": "BH", "reference": "EXHB2611021"}
    assert verdict("LINE-02", with_line(report, **house, parent="EXOB2611002")) == held("LINE-02")
    assert verdict("LINE-02", with_line(report, **house, parent=None)) == broken("LINE-02", 1)
    assert verdict("LINE-02", with_line(report, reference_type="MB", parent=None)) == not_applied("LINE-02")


def test_LINE_02_the_master_waybill_of_a_house_waybill_is_given() -> None:
    house = {"reference_type": "HWB", "reference": "EXA00012345"}
    assert verdict("LINE-02", with_line(AIR_OUTTURN, **house, parent="08165004866")) == held("LINE-02")
    assert verdict("LINE-02", with_line(AIR_OUTTURN, **house)) == broken("LINE-02", 1)
    assert verdict("LINE-02", AIR_OUTTURN) == not_applied("LINE-02")


@REFERENCED
def test_LINE_03_nothing_is_above_an_ocean_bill(report: Report) -> None:
    master = {"reference_type": "MB", "reference": "EXOB2611002"}
    assert verdict("LINE-03", with_line(report, **master, parent=None)) == held("LINE-03")
    assert verdict("LINE-03", with_line(report, **master, parent="EXOB2611001")) == broken("LINE-03", 1)
    assert verdict("LINE-03", with_line(report, reference_type="AAQ", parent="EXOB2611001")) == not_applied("LINE-03")


def test_LINE_03_nothing_is_above_a_master_waybill() -> None:
    assert verdict("LINE-03", AIR_OUTTURN) == held("LINE-03")
    assert verdict("LINE-03", with_line(AIR_OUTTURN, parent="08112345675")) == broken("LINE-03", 1)
    assert verdict("LINE-03", with_line(AIR_OUTTURN, reference_type="HWB")) == not_applied("LINE-03")


@REFERENCED
@pytest.mark.parametrize("cargo_type", ["BB", "BLK"])
def test_LINE_04_loose_cargo_is_in_no_container(report: Report, cargo_type: str) -> None:
    loose = with_line(report, cargo_type=cargo_type)
    assert verdict("LINE-04", with_line(loose, reference_type="MB")) == held("LINE-04")
    assert verdict("LINE-04", with_line(loose, reference_type="AAQ")) == broken("LINE-04", 1)
    assert verdict("LINE-04", with_line(report, cargo_type="FCL")) == not_applied("LINE-04")


@pytest.mark.parametrize("report", [REQUEST, SEA_OUTTURN], ids=lambda report: report.name)
def test_LINE_05_empty_containers_are_for_cargo_lists(report: UnderbondRequest | SeaOutturn) -> None:
    assert verdict("LINE-05", with_line(report, cargo_type="LCL")) == held("LINE-05")
    assert verdict("LINE-05", with_line(report, cargo_type="EMP")) == broken("LINE-05", 1)
    assert verdict("LINE-05", with_line(report, cargo_type=None)) == not_applied("LINE-05")


@CONTAINED
def test_CONTAINER_01_a_wrong_check_digit_is_advised(report: Report) -> None:
    name = "container" if report.name == "PRODIS" else "reference"
    assert verdict("CONTAINER-01", with_line(report, **{name: "CSQU3054383"})) == held("CONTAINER-01")
    wrong = with_line(report, **{name: "CSQU3054384"})
    text = "CONTAINER NUMBER CSQU3054384 HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"
    assert findings(wrong) == [Finding(Severity.ADVICE, "CG9621", text, 1, "CONTAINER-01")]


@REFERENCED
def test_CONTAINER_01_is_not_about_bills(report: Report) -> None:
    assert verdict("CONTAINER-01", with_line(report, reference_type="MB")) == not_applied("CONTAINER-01")


def test_WAYBILL_01_a_wrong_check_digit_is_advised() -> None:
    assert verdict("WAYBILL-01", AIR_OUTTURN) == held("WAYBILL-01")
    text = "MASTER WAYBILL 08165004867 IS NOT ELEVEN DIGITS WITH A RIGHT CHECK DIGIT"
    wrong = with_line(AIR_OUTTURN, reference="08165004867")
    assert findings(wrong) == [Finding(Severity.ADVICE, "CG9622", text, 1, "WAYBILL-01")]
    assert verdict("WAYBILL-01", REQUEST) == not_applied("WAYBILL-01")


@CONTAINED
def test_VESSEL_01_a_wrong_check_digit_is_advised(report: Report) -> None:
    assert verdict("VESSEL-01", report) == held("VESSEL-01")
    assert verdict("VESSEL-01", report.replace(vessel_id="9290453")) == broken("VESSEL-01")
    assert verdict("VESSEL-01", report.replace(vessel_id="AUS01234")) == not_applied("VESSEL-01")
