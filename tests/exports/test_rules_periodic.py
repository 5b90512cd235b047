"""The rules on requests for numbers and on periodic declarations: each with a case that passes and one that fails."""

from decimal import Decimal

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import example
from openics.messages.exports.exped1 import AccreditedConsignment, PeriodicDeclarationByNumber
from openics.messages.exports.exped2 import AggregatedConsignment, AggregatedPeriodicDeclaration
from openics.messages.exports.periodic import PeriodicLine
from openics.messages.exports.racean import AccreditedNumberRequest

REQUEST = AccreditedNumberRequest(sender_reference="N1", version=1, function="9", numbers_requested=1)
LINE = PeriodicLine(
    number=1,
    origin_code="AU-WA",
    net_quantity=Decimal(1),
    net_quantity_unit="T",
    gross_weight=Decimal(1),
    gross_weight_unit="T",
    fob_value=Decimal(5),
    ahecc="26011120",
)
CONSIGNMENT = AccreditedConsignment(
    consignment_number=1, acean="AAAAA4TFA", transport_mode="11", fob_currency="AUD", lines=(LINE,)
)
BY_NUMBER = PeriodicDeclarationByNumber(
    sender_reference="P1", version=1, function="9", settlement_period="202610", consignments=(CONSIGNMENT,)
)
TOTALS = AggregatedConsignment(
    consignment_number=1, aceans=("AAAAA4TFA", "AAAAA4TGX"), transport_mode="6", fob_currency="AUD", lines=(LINE,)
)
AGGREGATED = AggregatedPeriodicDeclaration(
    sender_reference="P2", version=1, function="9", settlement_period="202610", consignments=(TOTALS,)
)


def lines(count: int, start: int = 1) -> tuple[PeriodicLine, ...]:
    """Lines with numbers that rise."""
    return tuple(LINE.replace(number=number) for number in range(start, start + count))


def with_line(**changes: object) -> PeriodicDeclarationByNumber:
    """The declaration by number with its line changed."""
    return BY_NUMBER.replace(consignments=(CONSIGNMENT.replace(lines=(LINE.replace(**changes),)),))


def numbered(count: int) -> PeriodicDeclarationByNumber:
    """A declaration of so many numbers."""
    found = [CONSIGNMENT.replace(acean=f"AAAAA{number:04}", lines=()) for number in range(count)]
    return BY_NUMBER.replace(consignments=tuple(found))


def aggregated(count: int) -> AggregatedPeriodicDeclaration:
    """An aggregated declaration of so many numbers."""
    found = [TOTALS.replace(aceans=(f"AAAAA{number:04}",), lines=()) for number in range(count)]
    return AGGREGATED.replace(consignments=tuple(found))


@pytest.mark.parametrize("document", [REQUEST, BY_NUMBER, AGGREGATED])
def test_a_sound_document_has_no_findings(document: PeriodicDeclarationByNumber) -> None:
    assert findings(document) == []


@pytest.mark.parametrize("name", ["RACEAN", "EXPED1", "EXPED2"])
@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
def test_the_examples_are_sound(name: str, kind: str) -> None:
    assert findings(example("exports", name, kind)) == []


@pytest.mark.parametrize("document", [REQUEST, BY_NUMBER, AGGREGATED])
def test_X03_versions_start_at_1(document: PeriodicDeclarationByNumber) -> None:
    assert verdict("X03", document) == held("X03")
    assert verdict("X03", document.replace(version=0)) == broken("X03")


def test_X09_A_a_replaced_heading_has_no_lines() -> None:
    heading = BY_NUMBER.replace(function="20", declaration_number="AAAAA3RML")
    assert verdict("X09-A", heading) == broken("X09-A")
    assert findings(heading.replace(consignments=())) == []


def test_X09_B_a_change_has_an_action_for_each_line() -> None:
    change = with_line(number=7).replace(function="4")
    assert verdict("X09-B", change) == broken("X09-B", 7)
    assert verdict("X09-B", with_line(action="D").replace(function="4")) == held("X09-B")


@pytest.mark.parametrize(
    ("count", "expected"), [(0, broken), (1, held), (9999, held), (10000, broken), (None, not_applied)]
)
def test_RACEAN_01_1_to_9999_numbers_are_asked_for(count: int | None, expected: object) -> None:
    assert callable(expected)
    assert verdict("RACEAN-01", REQUEST.replace(numbers_requested=count)) == expected("RACEAN-01")


def test_EXPED_01_numbers_are_limited() -> None:
    assert [verdict("EXPED-01", document) for document in (numbered(300), aggregated(999))] == [held("EXPED-01")] * 2
    assert [verdict("EXPED-01", document) for document in (numbered(301), aggregated(1000))] == [broken("EXPED-01")] * 2


def test_EXPED_02_lines_are_limited() -> None:
    whole = AGGREGATED.replace(consignments=(TOTALS.replace(lines=lines(500)), TOTALS.replace(lines=lines(499, 501))))
    assert verdict("EXPED-02", whole) == held("EXPED-02")
    longer = AGGREGATED.replace(consignments=(TOTALS.replace(lines=lines(1000)),))
    assert verdict("EXPED-02", longer) == broken("EXPED-02")


def test_EXPED_03_lines_of_a_number_are_limited() -> None:
    half = CONSIGNMENT.replace(lines=lines(50))
    rest = CONSIGNMENT.replace(consignment_number=2, lines=lines(49, 51))
    assert verdict("EXPED-03", BY_NUMBER.replace(consignments=(half, rest))) == held("EXPED-03")
    longer = rest.replace(lines=lines(50, 51))
    assert verdict("EXPED-03", BY_NUMBER.replace(consignments=(half, longer))) == broken("EXPED-03")
    other = longer.replace(acean="AAAAA4TGX")
    assert verdict("EXPED-03", BY_NUMBER.replace(consignments=(half, other))) == held("EXPED-03")
    assert verdict("EXPED-03", BY_NUMBER.replace(consignments=())) == not_applied("EXPED-03")


def test_EXPED_04_its_number_is_quoted_unless_it_is_an_original() -> None:
    assert verdict("EXPED-04", BY_NUMBER) == not_applied("EXPED-04")
    assert verdict("EXPED-04", BY_NUMBER.replace(function="5")) == broken("EXPED-04")
    assert verdict("EXPED-04", BY_NUMBER.replace(function="5", declaration_number="AAAAA3RML")) == held("EXPED-04")


def test_EXPED_05_there_is_one_fob_currency() -> None:
    euro = CONSIGNMENT.replace(fob_currency="EUR")
    assert verdict("EXPED-05", BY_NUMBER.replace(consignments=(CONSIGNMENT, CONSIGNMENT))) == held("EXPED-05")
    assert verdict("EXPED-05", BY_NUMBER.replace(consignments=(CONSIGNMENT, euro))) == broken("EXPED-05")
    assert verdict("EXPED-05", BY_NUMBER.replace(consignments=())) == not_applied("EXPED-05")


@pytest.mark.parametrize(
    ("period", "expected"), [("202612", held), ("202600", broken), ("202613", broken), (None, not_applied)]
)
def test_EXPED_06_the_period_is_a_month(period: str | None, expected: object) -> None:
    assert callable(expected)
    assert verdict("EXPED-06", BY_NUMBER.replace(settlement_period=period)) == expected("EXPED-06")


def test_EXPED_07_there_are_lines() -> None:
    assert verdict("EXPED-07", BY_NUMBER) == held("EXPED-07")
    assert verdict("EXPED-07", BY_NUMBER.replace(consignments=(CONSIGNMENT.replace(lines=()),))) == broken("EXPED-07")
    assert verdict("EXPED-07", BY_NUMBER.replace(consignments=(), function="20")) == not_applied("EXPED-07")


def test_EXPED_08_mode_is_sea_or_air() -> None:
    assert [verdict("EXPED-08", document) for document in (BY_NUMBER, AGGREGATED)] == [held("EXPED-08")] * 2
    road = CONSIGNMENT.replace(transport_mode="31")
    assert verdict("EXPED-08", BY_NUMBER.replace(consignments=(CONSIGNMENT, road))) == broken("EXPED-08")
    assert verdict("EXPED-08", BY_NUMBER.replace(consignments=())) == not_applied("EXPED-08")


def test_EXPED_09_net_quantity_is_more_than_0_unless_not_recorded() -> None:
    assert verdict("EXPED-09", BY_NUMBER) == held("EXPED-09")
    assert verdict("EXPED-09", with_line(net_quantity=Decimal(0))) == broken("EXPED-09", 1)
    assert verdict("EXPED-09", with_line(net_quantity=None)) == broken("EXPED-09", 1)
    assert verdict("EXPED-09", with_line(net_quantity=None, net_quantity_unit="NR")) == not_applied("EXPED-09")
    assert verdict("EXPED-09", with_line(net_quantity=None, action="D")) == not_applied("EXPED-09")


def test_EXPED_10_gross_weight_is_more_than_0_in_a_unit_of_weight() -> None:
    assert verdict("EXPED-10", BY_NUMBER) == held("EXPED-10")
    assert verdict("EXPED-10", with_line(gross_weight=Decimal(0))) == broken("EXPED-10", 1)
    assert verdict("EXPED-10", with_line(gross_weight_unit="L")) == broken("EXPED-10", 1)
    assert verdict("EXPED-10", with_line(gross_weight=None)) == not_applied("EXPED-10")


def test_EXPED_11_values_are_not_negative() -> None:
    assert verdict("EXPED-11", with_line(fob_value=Decimal(0))) == held("EXPED-11")
    assert verdict("EXPED-11", with_line(fob_value=Decimal(-1))) == broken("EXPED-11", 1)
    assert verdict("EXPED-11", with_line(fob_value=None)) == not_applied("EXPED-11")


def test_EXPED_12_a_foreign_origin_is_named() -> None:
    assert verdict("EXPED-12", with_line(origin_code="YY-FO", origin_country="PG")) == held("EXPED-12")
    assert verdict("EXPED-12", with_line(origin_code="YY-FO")) == broken("EXPED-12", 1)
    assert verdict("EXPED-12", BY_NUMBER) == not_applied("EXPED-12")


def test_EXPED_13_a_number_is_stated_once() -> None:
    assert verdict("EXPED-13", AGGREGATED) == held("EXPED-13")
    assert verdict("EXPED-13", AGGREGATED.replace(consignments=(TOTALS, TOTALS))) == broken("EXPED-13")
    assert verdict("EXPED-13", AGGREGATED.replace(consignments=())) == not_applied("EXPED-13")
