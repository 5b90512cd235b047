"""The rules on cargo lists and establishment queries: each with a case that passes and one that fails."""

import pytest

from cargo.movement_documents import LIST, with_line
from document_verdicts import broken, findings, held, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.cargo.seq import EstablishmentQuery

QUERY = EstablishmentQuery(
    sender_reference="SEQ1",
    version=1,
    function="13",
    voyage_number="126S",
    vessel_id="9290452",
    container="CSQU3054383",
    ocean_bill="EXOB2611012",
    house_bill="EXHB2611121",
)
COASTAL = with_line(LIST, reference_type="MB", reference="EXCB2611001", cargo_type="BB", packages=48, package_type="BE")


def test_a_right_list_and_a_right_query_break_no_rule() -> None:
    assert findings(COASTAL) == []
    assert findings(QUERY) == []


def test_CARLST_01_an_empty_container_is_listed_by_its_number() -> None:
    assert verdict("CARLST-01", LIST) == held("CARLST-01")
    assert verdict("CARLST-01", with_line(LIST, reference_type="MB")) == broken("CARLST-01", 1)
    assert verdict("CARLST-01", COASTAL) == not_applied("CARLST-01")


@pytest.mark.parametrize("missing", ["packages", "package_type"])
def test_CARLST_02_packages_of_break_bulk_cargo_are_given(missing: str) -> None:
    without = with_line(COASTAL, **{missing: None})
    assert verdict("CARLST-02", COASTAL) == held("CARLST-02")
    assert verdict("CARLST-02", without) == broken("CARLST-02", 1)
    assert verdict("CARLST-02", with_line(without, action="D")) == not_applied("CARLST-02")
    assert verdict("CARLST-02", LIST) == not_applied("CARLST-02")


def test_SEQ_01_a_query_is_a_request() -> None:
    assert [verdict("SEQ-01", QUERY.replace(function=function)) for function in ("9", "13")] == [held("SEQ-01")] * 2
    assert [verdict("SEQ-01", QUERY.replace(function=function)) for function in ("4", "50")] == [broken("SEQ-01")] * 2


def test_SEQ_02_a_query_names_a_container_or_an_ocean_bill() -> None:
    assert verdict("SEQ-02", QUERY.replace(ocean_bill=None, house_bill=None)) == held("SEQ-02")
    assert verdict("SEQ-02", QUERY.replace(container=None)) == held("SEQ-02")
    assert verdict("SEQ-02", QUERY.replace(container=None, ocean_bill=None)) == broken("SEQ-02")


def test_SEQ_03_a_house_bill_is_quoted_with_its_ocean_bill() -> None:
    assert verdict("SEQ-03", QUERY) == held("SEQ-03")
    assert verdict("SEQ-03", QUERY.replace(ocean_bill=None)) == broken("SEQ-03")
    assert verdict("SEQ-03", QUERY.replace(house_bill=None)) == not_applied("SEQ-03")


def test_SEQ_04_a_wrong_check_digit_is_advised() -> None:
    assert verdict("SEQ-04", QUERY) == held("SEQ-04")
    assert verdict("SEQ-04", QUERY.replace(container=None)) == not_applied("SEQ-04")
    text = "CONTAINER NUMBER CSQU3054384 HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346"
    assert findings(QUERY.replace(container="CSQU3054384")) == [Finding(Severity.ADVICE, "CG9694", text, 0, "SEQ-04")]


def test_VESSEL_01_a_wrong_check_digit_is_advised() -> None:
    assert verdict("VESSEL-01", QUERY) == held("VESSEL-01")
    assert verdict("VESSEL-01", QUERY.replace(vessel_id="9290453")) == broken("VESSEL-01")
