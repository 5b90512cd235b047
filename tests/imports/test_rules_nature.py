"""The rules on natures, cargo and self-assessed clearance: each with a case that passes and one that fails."""

from decimal import Decimal
from typing import Any

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import example
from openics.decision.findings import Finding, Severity
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.imd_lines import TransportReference
from openics.messages.imports.sac import SelfAssessedClearance


def declaration(*natures: str, **changes: Any) -> ImportDeclaration:
    """The typical import declaration with two lines of these natures."""
    document = example("imports", "IMD")
    assert isinstance(document, ImportDeclaration)
    lines = tuple(line.replace(nature=nature) for line, nature in zip(document.lines, natures, strict=True))
    return document.replace(lines=lines, **changes)


def clearance(**changes: Any) -> SelfAssessedClearance:
    document = example("imports", "SAC")
    assert isinstance(document, SelfAssessedClearance)
    return document.replace(**changes)


def test_NATURE_01_goods_out_of_a_warehouse_stand_alone() -> None:
    assert verdict("NATURE-01", declaration("N30", "N30")) == held("NATURE-01")
    assert verdict("NATURE-01", declaration("N30", "N10")) == broken("NATURE-01")
    assert verdict("NATURE-01", declaration("N20", "N30")) == broken("NATURE-01")
    assert verdict("NATURE-01", declaration("N10", "N20")) == not_applied("NATURE-01")


def test_NATURE_01_does_not_count_deleted_lines() -> None:
    mixed = declaration("N30", "N10", function="4")
    deleted = mixed.replace(lines=(mixed.lines[0], mixed.lines[1].replace(action="D")))
    assert verdict("NATURE-01", deleted) == held("NATURE-01")


def test_NATURE_02_a_warehouse_is_named() -> None:
    assert verdict("NATURE-02", declaration("N10", "N20", warehouses=("GE65A",))) == held("NATURE-02")
    assert verdict("NATURE-02", declaration("N10", "N20")) == broken("NATURE-02")
    assert verdict("NATURE-02", declaration("N30", "N30")) == not_applied("NATURE-02")
    assert verdict("NATURE-02", declaration("N10", "N10")) == not_applied("NATURE-02")
    assert verdict("NATURE-02", declaration("N20", "N20", function="50")) == not_applied("NATURE-02")


def test_NATURE_03_nothing_is_transported_out_of_a_warehouse() -> None:
    assert verdict("NATURE-03", declaration("N30", "N30", transport=())) == held("NATURE-03")
    assert verdict("NATURE-03", declaration("N30", "N30")) == broken("NATURE-03")
    assert verdict("NATURE-03", declaration("N10", "N10")) == not_applied("NATURE-03")


def test_NATURE_04_arriving_cargo_is_named() -> None:
    assert verdict("NATURE-04", declaration("N10", "N20")) == held("NATURE-04")
    assert verdict("NATURE-04", declaration("N10", "N20", transport=())) == broken("NATURE-04")
    assert verdict("NATURE-04", declaration("N30", "N30", transport=())) == not_applied("NATURE-04")
    by_post = declaration("N10", "N20", transport=(), transport_mode="P")
    assert verdict("NATURE-04", by_post) == not_applied("NATURE-04")
    assert verdict("NATURE-04", declaration("N10", "N20", transport=(), function="4")) == not_applied("NATURE-04")


WAYBILL = (TransportReference(kind="MWB", reference="08165004866"),)
BILL = (TransportReference(kind="BH", reference="EXHB2611102"),)


def test_TRANSPORT_01_references_fit_the_mode() -> None:
    def by(mode: str, transport: tuple[TransportReference, ...]) -> Any:
        return verdict("TRANSPORT-01", declaration("N10", "N10", transport_mode=mode, transport=transport))

    assert (by("A", WAYBILL), by("S", BILL)) == (held("TRANSPORT-01"), held("TRANSPORT-01"))
    assert (by("A", BILL), by("S", WAYBILL)) == (broken("TRANSPORT-01"), broken("TRANSPORT-01"))
    assert (by("P", BILL), by("A", ())) == (not_applied("TRANSPORT-01"), not_applied("TRANSPORT-01"))


def test_TRANSPORT_02_cargo_in_containers_names_them() -> None:
    bare = (TransportReference(kind="MB", reference="EXOB2611101", cargo_type="FCL"),)
    container = TransportReference(kind="AAQ", reference="CSQU3054383", line=1)
    shared = (bare[0].replace(cargo_type="LCL"),)
    assert verdict("TRANSPORT-02", declaration("N10", "N10")) == held("TRANSPORT-02")
    assert verdict("TRANSPORT-02", declaration("N10", "N10", transport=(*bare, container))) == held("TRANSPORT-02")
    assert verdict("TRANSPORT-02", declaration("N10", "N10", transport=bare)) == broken("TRANSPORT-02")
    assert verdict("TRANSPORT-02", declaration("N10", "N10", transport=shared)) == not_applied("TRANSPORT-02")


def test_SAC_01_goods_are_worth_a_thousand_dollars_at_most() -> None:
    assert verdict("SAC-01", clearance(customs_value=Decimal("1000.00"))) == held("SAC-01")
    assert verdict("SAC-01", clearance(customs_value=Decimal("1000.01"))) == broken("SAC-01")
    dear = clearance(customs_value=Decimal(5000), customs_value_currency="NZD")
    assert verdict("SAC-01", dear) == not_applied("SAC-01")
    assert verdict("SAC-01", clearance(customs_value=None)) == not_applied("SAC-01")


def test_SAC_02_lines_are_worth_a_thousand_dollars_together() -> None:
    bare = clearance(customs_value=None, customs_value_currency=None)
    (line,) = bare.lines
    cheap, dear = (line, line.replace(number=2, price=Decimal("400.00"))), (line, line.replace(number=2))
    assert verdict("SAC-02", bare.replace(lines=cheap)) == held("SAC-02")
    assert verdict("SAC-02", bare.replace(lines=dear)) == broken("SAC-02")
    assert verdict("SAC-02", bare.replace(lines=(line.replace(price_currency="NZD"),))) == not_applied("SAC-02")
    assert verdict("SAC-02", bare.replace(lines=())) == not_applied("SAC-02")
    assert verdict("SAC-02", clearance(lines=dear)) == not_applied("SAC-02")


def test_SAC_03_the_short_form_is_not_amended() -> None:
    assert verdict("SAC-03", clearance(function="4")) == held("SAC-03")
    assert verdict("SAC-03", clearance(function="4", lines=())) == broken("SAC-03")
    assert verdict("SAC-03", clearance(lines=())) == not_applied("SAC-03")


def test_SAC_04_it_is_not_for_post() -> None:
    assert verdict("SAC-04", clearance()) == held("SAC-04")
    assert verdict("SAC-04", clearance(transport_mode="P")) == broken("SAC-04")
    assert verdict("SAC-04", clearance(transport_mode=None)) == not_applied("SAC-04")


@pytest.mark.parametrize(
    ("mode", "fields"), [("S", ("ocean_bill", "house_bill")), ("A", ("master_waybill", "house_waybill"))]
)
def test_SAC_05_the_consignment_is_named(mode: str, fields: tuple[str, str]) -> None:
    bare = clearance(transport_mode=mode, ocean_bill=None, house_bill=None)
    assert verdict("SAC-05", bare) == broken("SAC-05")
    for field in (*fields, "consignment_reference"):
        assert verdict("SAC-05", bare.replace(**{field: "X"})) == held("SAC-05")
    assert verdict("SAC-05", bare.replace(function="50")) == not_applied("SAC-05")
    assert verdict("SAC-05", bare.replace(transport_mode="O")) == not_applied("SAC-05")


def test_SAC_06_a_short_form_without_a_value_is_told() -> None:
    bare = clearance(lines=(), customs_value=None, customs_value_currency=None)
    assert verdict("SAC-06", clearance(lines=())) == held("SAC-06")
    assert verdict("SAC-06", bare) == broken("SAC-06")
    assert verdict("SAC-06", clearance(customs_value=None)) == not_applied("SAC-06")
    text = "CUSTOMS VALUE IS NOT SUPPLIED; WITHOUT LINES NOTHING SAYS WHAT THE GOODS ARE WORTH"
    assert findings(bare) == [Finding(Severity.ADVICE, "ID9126", text, 0, "SAC-06")]
