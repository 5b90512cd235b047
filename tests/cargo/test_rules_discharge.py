"""The rules on a progressive discharge report: each with a case that passes and one that fails."""

from datetime import date, time

from cargo.movement_documents import DISCHARGE, with_lines
from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity


def test_PRODIS_01_the_first_report_tells_when_discharge_began() -> None:
    without = DISCHARGE.replace(first_discharge_date=None)
    assert verdict("PRODIS-01", DISCHARGE) == held("PRODIS-01")
    assert verdict("PRODIS-01", without) == broken("PRODIS-01")
    assert verdict("PRODIS-01", without.replace(function="4")) == not_applied("PRODIS-01")


def test_PRODIS_02_discharge_does_not_end_before_it_began() -> None:
    last = [DISCHARGE.replace(last_discharge_date=date(2026, 11, day)) for day in (4, 5, 6)]
    assert [verdict("PRODIS-02", report) for report in last] == [
        broken("PRODIS-02"),
        held("PRODIS-02"),
        held("PRODIS-02"),
    ]
    assert verdict("PRODIS-02", DISCHARGE) == not_applied("PRODIS-02")
    assert verdict("PRODIS-02", last[0].replace(first_discharge_date=None)) == not_applied("PRODIS-02")


def test_PRODIS_03_a_time_has_a_date() -> None:
    timed = DISCHARGE.replace(first_discharge_time=time(9, 40))
    assert verdict("PRODIS-03", timed) == held("PRODIS-03")
    assert verdict("PRODIS-03", timed.replace(first_discharge_date=None)) == broken("PRODIS-03")
    assert verdict("PRODIS-03", DISCHARGE) == not_applied("PRODIS-03")


def test_PRODIS_04_a_container_is_discharged_once() -> None:
    assert verdict("PRODIS-04", with_lines(DISCHARGE, {}, {"container": "CSNU8356338"})) == held("PRODIS-04")
    assert verdict("PRODIS-04", DISCHARGE.replace(lines=())) == not_applied("PRODIS-04")
    twice = with_lines(DISCHARGE, {}, {"number": 2})
    text = "CONTAINER CSQU3054383 OCCURS MORE THAN ONCE"
    assert findings(twice) == [Finding(Severity.ERROR, "CG9664", text, 0, "PRODIS-04")]
