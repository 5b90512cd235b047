"""The rules on outturn reports: each with a case that passes and one that fails."""

from datetime import date, time
from typing import Any

import pytest

from cargo.movement_documents import AIR_OUTTURN, SEA_OUTTURN, with_line
from document_verdicts import broken, findings, held, not_applied, verdict
from openics.cargo.rules_outturn import SEA_OUTTURN_RULES
from openics.decision.findings import Finding, Severity

BILL = with_line(
    SEA_OUTTURN,
    reference_type="BH",
    reference="EXHB2611121",
    parent="EXOB2611012",
    packages=370,
    package_type="PK",
    receipt_date=None,
    unpack_date=date(2026, 11, 9),
    unpacked_from="CSQU3054383",
)


def test_a_right_bill_breaks_no_rule() -> None:
    assert findings(BILL) == []


def test_AIROUT_01_a_surplus_has_packages() -> None:
    surplus = with_line(AIR_OUTTURN, result="SU")
    assert verdict("AIROUT-01", surplus) == held("AIROUT-01")
    assert verdict("AIROUT-01", with_line(surplus, packages=0)) == broken("AIROUT-01", 1)
    assert verdict("AIROUT-01", with_line(surplus, packages=None)) == not_applied("AIROUT-01")
    assert verdict("AIROUT-01", with_line(surplus, packages=0, action="D")) == not_applied("AIROUT-01")
    assert verdict("AIROUT-01", with_line(AIR_OUTTURN, result="SH", packages=0)) == not_applied("AIROUT-01")


def test_L02_SEAOUT_a_sea_outturn_line_is_never_amended() -> None:
    change = SEA_OUTTURN.replace(function="4")
    assert [verdict("L02-SEAOUT", with_line(change, action=action)) for action in ("I", "D")] == [
        held("L02-SEAOUT")
    ] * 2
    assert verdict("L02-SEAOUT", with_line(change, action="A")) == broken("L02-SEAOUT", 1)
    assert verdict("L02-SEAOUT", with_line(change, action=None)) == not_applied("L02-SEAOUT")
    assert verdict("L02-SEAOUT", with_line(SEA_OUTTURN, action="A")) == not_applied("L02-SEAOUT")


@pytest.mark.parametrize("missing", ["packages", "package_type"])
def test_SEAOUT_01_packages_of_a_bill_are_given(missing: str) -> None:
    without = with_line(BILL, **{missing: None})
    assert verdict("SEAOUT-01", BILL) == held("SEAOUT-01")
    assert verdict("SEAOUT-01", without) == broken("SEAOUT-01", 1)
    assert verdict("SEAOUT-01", with_line(without, action="D")) == not_applied("SEAOUT-01")
    assert verdict("SEAOUT-01", without.replace(function="50")) == not_applied("SEAOUT-01")
    assert verdict("SEAOUT-01", SEA_OUTTURN) == not_applied("SEAOUT-01")


def test_SEAOUT_02_receipt_of_a_container_is_dated() -> None:
    without = with_line(SEA_OUTTURN, receipt_date=None)
    assert verdict("SEAOUT-02", SEA_OUTTURN) == held("SEAOUT-02")
    assert verdict("SEAOUT-02", without) == broken("SEAOUT-02", 1)
    assert verdict("SEAOUT-02", with_line(without, action="D")) == not_applied("SEAOUT-02")
    assert verdict("SEAOUT-02", without.replace(function="50")) == not_applied("SEAOUT-02")
    assert verdict("SEAOUT-02", BILL) == not_applied("SEAOUT-02")


def test_SEAOUT_03_unpacking_has_date_and_container() -> None:
    assert verdict("SEAOUT-03", BILL) == held("SEAOUT-03")
    assert verdict("SEAOUT-03", with_line(BILL, unpack_date=None)) == broken("SEAOUT-03", 1)
    assert verdict("SEAOUT-03", with_line(BILL, unpacked_from=None)) == broken("SEAOUT-03", 1)
    assert verdict("SEAOUT-03", with_line(BILL, reference_type="AAQ", reference="CSQU3054383")) == broken(
        "SEAOUT-03", 1
    )
    assert verdict("SEAOUT-03", SEA_OUTTURN) == not_applied("SEAOUT-03")


@pytest.mark.parametrize(
    ("timed", "date_name"),
    [
        (with_line(SEA_OUTTURN, receipt_time=time(13, 30)), "receipt_date"),
        (with_line(BILL, unpack_time=time(8, 15)), "unpack_date"),
    ],
)
def test_SEAOUT_04_times_have_dates(timed: Any, date_name: str) -> None:
    assert verdict("SEAOUT-04", timed) == held("SEAOUT-04")
    assert verdict("SEAOUT-04", with_line(timed, **{date_name: None})) == broken("SEAOUT-04", 1)
    assert verdict("SEAOUT-04", BILL) == not_applied("SEAOUT-04")


def test_SEAOUT_05_packages_are_short_or_surplus() -> None:
    assert verdict("SEAOUT-05", with_line(BILL, short=4)) == held("SEAOUT-05")
    assert verdict("SEAOUT-05", with_line(BILL, surplus=1, short=0)) == held("SEAOUT-05")
    assert verdict("SEAOUT-05", with_line(BILL, short=4, surplus=1)) == broken("SEAOUT-05", 1)
    assert verdict("SEAOUT-05", BILL) == not_applied("SEAOUT-05")


def test_SEAOUT_06_damage_is_described() -> None:
    damaged = with_line(BILL, damaged=2)
    assert verdict("SEAOUT-06", with_line(damaged, damage_text="TWO PACKAGES CRUSHED")) == held("SEAOUT-06")
    assert verdict("SEAOUT-06", damaged) == broken("SEAOUT-06", 1)
    assert verdict("SEAOUT-06", with_line(BILL, damaged=0)) == not_applied("SEAOUT-06")


def test_SEAOUT_07_a_wrong_check_digit_of_the_container_unpacked_is_advised() -> None:
    assert verdict("SEAOUT-07", BILL) == held("SEAOUT-07")
    assert verdict("SEAOUT-07", SEA_OUTTURN) == not_applied("SEAOUT-07")
    text = "CONTAINER NUMBER CSQU3054384 HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"
    assert findings(with_line(BILL, unpacked_from="CSQU3054384")) == [
        Finding(Severity.ADVICE, "CG9687", text, 1, "SEAOUT-07")
    ]


@pytest.mark.parametrize("rule", ["LINE-02", "SEAOUT-01", "SEAOUT-02", "SEAOUT-03", "SEAOUT-06"])
def test_what_no_rule_publishes_is_only_advised(rule: str) -> None:
    (found,) = [each for each in SEA_OUTTURN_RULES if each.id == rule]
    assert (found.severity, found.evidence) == (Severity.ADVICE, "I")
