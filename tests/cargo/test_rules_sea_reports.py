"""The rules on sea cargo reports: each with a case that passes and one that fails."""

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.reports import Party
from openics.messages.cargo.sea_reports import SeaCargoLine, SeaReport
from openics.messages.cargo.seacr import SeaCargoReport
from openics.messages.cargo.seaint import SeaIntegratedReport

LINE = SeaCargoLine(number=1, action="I", container="CSQU3054383", cargo_type="FCL", packages=374, package_type="PK")
SECOND = LINE.replace(number=2, container="CSNU8356338")
REPORT = SeaCargoReport(
    sender_reference="SCR1",
    version=1,
    function="9",
    parties=(Party(role="CN", name="EXAMPLE IMPORTER PTY LTD", street="1 EXAMPLE STREET"),),
    ocean_bill="EXOB1",
    vessel_id="9290452",
    port_of_discharge="AUSYD",
    port_of_destination="AUSYD",
    lines=(LINE, SECOND),
)
INTEGRATED = SeaIntegratedReport(**REPORT.__dict__)
ALL = pytest.mark.parametrize("report", [REPORT, INTEGRATED], ids=lambda report: report.name)


def with_line(report: SeaReport, **changes: object) -> SeaReport:
    """The report with its second line changed."""
    return report.replace(lines=(LINE, SECOND.replace(**changes)))


@ALL
def test_CR06_B_only_a_house_bill_has_a_parent(report: SeaReport) -> None:
    assert verdict("CR06-B", report.replace(parent_bill="EXHB1", house_bill="EXHB2")) == held("CR06-B")
    assert verdict("CR06-B", report.replace(parent_bill="EXHB1")) == broken("CR06-B")
    assert verdict("CR06-B", report.replace(house_bill="EXHB2")) == not_applied("CR06-B")


@ALL
def test_CR09_transit_cargo_names_the_final_australian_port(report: SeaReport) -> None:
    transit = report.replace(port_of_discharge="FJSUV", port_of_destination="WSAPW")
    assert verdict("CR09", transit.replace(final_australian_port="AUSYD")) == held("CR09")
    assert verdict("CR09", transit) == broken("CR09")
    assert verdict("CR09", transit.replace(function="50")) == not_applied("CR09")
    assert verdict("CR09", transit.replace(port_of_discharge="AUSYD")) == not_applied("CR09")
    assert verdict("CR09", transit.replace(port_of_destination=None)) == not_applied("CR09")


@ALL
def test_SEACR_01_the_final_australian_port_is_australian(report: SeaReport) -> None:
    assert verdict("SEACR-01", report.replace(final_australian_port="AUSYD")) == held("SEACR-01")
    assert verdict("SEACR-01", report.replace(final_australian_port="NZAKL")) == broken("SEACR-01")
    assert verdict("SEACR-01", report) == not_applied("SEACR-01")


@ALL
def test_SEACR_02_a_wrong_check_digit_of_the_ship_is_told(report: SeaReport) -> None:
    assert verdict("SEACR-02", report) == held("SEACR-02")
    assert verdict("SEACR-02", report.replace(vessel_id="9290453")) == broken("SEACR-02")
    assert verdict("SEACR-02", report.replace(vessel_id="ACS0012")) == not_applied("SEACR-02")


def test_SEACR_02_refuses_nothing() -> None:
    text = "THE CHECK DIGIT OF VESSEL ID 9290453 IS WRONG FOR AN IMO NUMBER"
    expected = [Finding(Severity.ADVICE, "CG9302", text, 0, "SEACR-02")]
    assert findings(REPORT.replace(vessel_id="9290453")) == expected


def test_G10_a_withdrawal_is_of_the_whole_report() -> None:
    withdrawn = REPORT.replace(function="50")
    assert verdict("G10", withdrawn) == held("G10")
    assert verdict("G10", with_line(withdrawn, action="D")) == broken("G10", 2)
    assert verdict("G10", REPORT) == not_applied("G10")


@ALL
def test_L01_every_line_of_an_original_is_inserted(report: SeaReport) -> None:
    assert verdict("L01", report) == held("L01")
    assert verdict("L01", with_line(report, action="A")) == broken("L01", 2)
    assert verdict("L01", with_line(report, action=None)) == broken("L01", 2)
    assert verdict("L01", report.replace(function="4")) == not_applied("L01")


def test_L02_every_line_of_a_change_says_what_becomes_of_it() -> None:
    change = REPORT.replace(function="4")
    for action in ("I", "A", "D"):
        assert verdict("L02", with_line(change, action=action)) == held("L02")
    assert verdict("L02", with_line(change, action="X")) == broken("L02", 2)
    assert verdict(
        "L02", change.replace(lines=tuple(line.replace(action=None) for line in change.lines))
    ) == not_applied("L02")
    assert verdict("L02", change.replace(lines=())) == not_applied("L02")
    assert verdict("L02", REPORT) == not_applied("L02")


@ALL
def test_SEACR_03_a_line_number_stands_once(report: SeaReport) -> None:
    assert verdict("SEACR-03", report) == held("SEACR-03")
    assert verdict("SEACR-03", with_line(report, number=1)) == broken("SEACR-03")


@ALL
def test_SEACR_04_containerised_cargo_names_its_container(report: SeaReport) -> None:
    for cargo_type in ("FCL", "FCX", "LCL"):
        assert verdict("SEACR-04", with_line(report, cargo_type=cargo_type)) == held("SEACR-04")
        assert verdict("SEACR-04", with_line(report, cargo_type=cargo_type, container=None)) == broken("SEACR-04", 2)
    loose = SECOND.replace(cargo_type="BB", container=None)
    assert verdict("SEACR-04", report.replace(lines=(loose,))) == not_applied("SEACR-04")


@ALL
def test_SEACR_05_loose_cargo_names_no_container(report: SeaReport) -> None:
    for cargo_type in ("BB", "BLK"):
        assert verdict("SEACR-05", with_line(report, cargo_type=cargo_type, container=None)) == held("SEACR-05")
        assert verdict("SEACR-05", with_line(report, cargo_type=cargo_type)) == broken("SEACR-05", 2)
    assert verdict("SEACR-05", report) == not_applied("SEACR-05")


@ALL
def test_SEACR_06_empty_containers_are_for_the_cargo_list(report: SeaReport) -> None:
    assert verdict("SEACR-06", report) == held("SEACR-06")
    assert verdict("SEACR-06", with_line(report, cargo_type="EMP")) == broken("SEACR-06", 2)
    assert verdict("SEACR-06", report.replace(lines=(LINE.replace(cargo_type=None),))) == not_applied("SEACR-06")


@ALL
def test_SEACR_07_packages_are_counted_unless_the_cargo_is_bulk(report: SeaReport) -> None:
    assert verdict("SEACR-07", with_line(report, packages=0)) == held("SEACR-07")
    assert verdict("SEACR-07", with_line(report, packages=None)) == broken("SEACR-07", 2)
    assert verdict("SEACR-07", with_line(report, package_type=None)) == broken("SEACR-07", 2)
    bulk = LINE.replace(cargo_type="BLK", container=None, packages=None, package_type=None)
    assert verdict("SEACR-07", report.replace(lines=(bulk,))) == not_applied("SEACR-07")
    deleted = SeaCargoLine(number=1, action="D")
    assert verdict("SEACR-07", report.replace(function="4", lines=(deleted,))) == not_applied("SEACR-07")


@ALL
def test_SEACR_08_a_wrong_container_number_is_told(report: SeaReport) -> None:
    assert verdict("SEACR-08", report) == held("SEACR-08")
    assert verdict("SEACR-08", with_line(report, container="CSNU8356339")) == broken("SEACR-08", 2)
    bulk = LINE.replace(cargo_type="BLK", container=None)
    assert verdict("SEACR-08", report.replace(lines=(bulk,))) == not_applied("SEACR-08")


def test_SEACR_08_refuses_nothing() -> None:
    text = "CONTAINER NUMBER CSNU8356339 HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"
    expected = [Finding(Severity.ADVICE, "CG9308", text, 2, "SEACR-08")]
    assert findings(with_line(REPORT, container="CSNU8356339")) == expected
