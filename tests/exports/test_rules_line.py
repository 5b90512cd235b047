"""The rules on the lines of a declaration: each with a case that passes and one that fails."""

from decimal import Decimal
from typing import Any

import pytest

from export_declarations import CLEAR, PUBLISHED, broken, decide, held, lines, not_applied, verdict
from openics.decision.findings import Finding, Severity
from openics.messages.exports.exd import ExportDeclaration

CONFIRMING = CLEAR.replace(confirming_export_type="Y")
AUSTRALIAN = {"origin_code": "AU-VI", "origin_country": None}


def with_lines(*changes: dict[str, Any], base: ExportDeclaration = CLEAR) -> ExportDeclaration:
    """The clear declaration with these lines instead of its own."""
    return base.replace(lines=lines(*changes))


@pytest.mark.parametrize(("number", "expected"), [(1, held), (999, held), (0, broken), (1000, broken), (None, broken)])
def test_EXD_L_01_line_numbers_from_1_to_999(number: int | None, expected: Any) -> None:
    places = () if expected is held else (number,)
    assert verdict("EXD-L-01", with_lines({"number": number})) == expected("EXD-L-01", *places)


def test_EXD_L_02_line_numbers_are_used_once() -> None:
    assert verdict("EXD-L-02", with_lines({}, {})) == held("EXD-L-02")
    assert verdict("EXD-L-02", with_lines({}, {}, {"number": 1})) == broken("EXD-L-02", 1, 1)


def test_EXD_L_03_ahecc_is_known() -> None:
    assert verdict("EXD-L-03", CLEAR) == held("EXD-L-03")
    assert verdict("EXD-L-03", with_lines({}, {"ahecc": "99999999"})) == broken("EXD-L-03", 2)
    assert verdict("EXD-L-03", with_lines({"ahecc": None})) == broken("EXD-L-03", 1)


def test_EXD_L_04_ahecc_is_in_force_at_the_export_date() -> None:
    assert verdict("EXD-L-04", CLEAR) == held("EXD-L-04")
    assert verdict("EXD-L-04", with_lines({"ahecc": "03026200"})) == broken("EXD-L-04", 1)
    assert verdict("EXD-L-04", with_lines({"ahecc": "99999999"})) == not_applied("EXD-L-04")
    assert verdict("EXD-L-04", PUBLISHED) == held("EXD-L-04")


def test_EXD_L_04_says_what_is_wrong_and_when() -> None:
    text = "AHECC CODE 03026200 IS NOT IN FORCE ON THE INTENDED DATE OF EXPORT 2026-12-01"
    expected = (Finding(Severity.ERROR, "EX9304", text, 1, "EXD-L-04"),)
    assert decide(with_lines({"ahecc": "03026200"})).findings == expected


def test_EXD_L_05_description() -> None:
    assert verdict("EXD-L-05", CLEAR) == held("EXD-L-05")
    assert verdict("EXD-L-05", with_lines({"description": None})) == broken("EXD-L-05", 1)


def test_EXD_L_06_origin_code() -> None:
    assert verdict("EXD-L-06", CLEAR) == held("EXD-L-06")
    assert verdict("EXD-L-06", with_lines({"origin_code": "AU-XX"})) == broken("EXD-L-06", 1)
    assert verdict("EXD-L-06", with_lines({"origin_code": None})) == broken("EXD-L-06", 1)


def test_EXD_L_07_foreign_goods_name_their_country() -> None:
    assert verdict("EXD-L-07", CLEAR) == held("EXD-L-07")
    assert verdict("EXD-L-07", with_lines({"origin_country": None})) == broken("EXD-L-07", 1)
    assert verdict("EXD-L-07", with_lines({"origin_country": "XX"})) == broken("EXD-L-07", 1)
    assert verdict("EXD-L-07", with_lines(AUSTRALIAN)) == not_applied("EXD-L-07")


@pytest.mark.parametrize("ahecc", ["99022015", "99023010"])
def test_EXD_L_08_temporary_imports_quote_their_number(ahecc: str) -> None:
    quoted = with_lines({"ahecc": ahecc, "temporary_import_number": "T123"})
    assert verdict("EXD-L-08", CLEAR) == not_applied("EXD-L-08")
    assert verdict("EXD-L-08", quoted) == held("EXD-L-08")
    assert verdict("EXD-L-08", with_lines({"ahecc": ahecc})) == broken("EXD-L-08", 1)


def test_EXD_L_09_net_quantity_unless_none_is_wanted() -> None:
    not_recorded = {"net_quantity_unit": "NR", "net_quantity": None}
    assert verdict("EXD-L-09", CLEAR) == held("EXD-L-09")
    assert verdict("EXD-L-09", with_lines({"net_quantity": Decimal(0)})) == broken("EXD-L-09", 1)
    assert verdict("EXD-L-09", with_lines({"net_quantity": None})) == broken("EXD-L-09", 1)
    assert verdict("EXD-L-09", with_lines(not_recorded)) == not_applied("EXD-L-09")
    assert verdict("EXD-L-09", with_lines({"net_quantity": None}, base=CONFIRMING)) == held("EXD-L-09")


def test_EXD_L_10_net_quantity_unit_is_that_of_the_classification() -> None:
    assert verdict("EXD-L-10", CLEAR) == held("EXD-L-10")
    assert verdict("EXD-L-10", with_lines({"net_quantity_unit": "T"})) == broken("EXD-L-10", 1)
    assert verdict("EXD-L-10", with_lines({"net_quantity_unit": None})) == broken("EXD-L-10", 1)
    assert verdict("EXD-L-10", with_lines({"ahecc": None})) == not_applied("EXD-L-10")


def test_EXD_L_11_gross_weight() -> None:
    assert verdict("EXD-L-11", CLEAR) == held("EXD-L-11")
    assert verdict("EXD-L-11", with_lines({"gross_weight": None})) == broken("EXD-L-11", 1)
    assert verdict("EXD-L-11", with_lines({"gross_weight": Decimal(0)})) == broken("EXD-L-11", 1)
    assert verdict("EXD-L-11", with_lines({"gross_weight_unit": "L"})) == broken("EXD-L-11", 1)
    open_weight = {"gross_weight": None, "gross_weight_unit": None}
    assert verdict("EXD-L-11", with_lines(open_weight, base=CONFIRMING)) == held("EXD-L-11")


def test_EXD_L_12_line_value() -> None:
    assert verdict("EXD-L-12", with_lines({"fob_value": Decimal(0)})) == held("EXD-L-12")
    assert verdict("EXD-L-12", with_lines({"fob_value": Decimal(-1)})) == broken("EXD-L-12", 1)
    assert verdict("EXD-L-12", with_lines({"fob_value": None})) == broken("EXD-L-12", 1)
    assert verdict("EXD-L-12", with_lines({"fob_value": None}, base=CONFIRMING)) == held("EXD-L-12")


def test_E04_underbond_lines_are_customable_or_excisable() -> None:
    beer = {**AUSTRALIAN, "ahecc": "22030010"}
    assert verdict("E04", with_lines({}, beer)) == held("E04")
    assert verdict("E04", with_lines({}, AUSTRALIAN)) == broken("E04", 2)
    assert verdict("E04", with_lines(AUSTRALIAN).replace(customable_excisable="N")) == not_applied("E04")


def test_E07_a_permit_is_quoted_where_the_classification_asks_for_one() -> None:
    rifle = {"ahecc": "93033000", "net_quantity_unit": "NO"}
    assert verdict("E07", CLEAR) == not_applied("E07")
    assert verdict("E07", with_lines(rifle)) == held("E07")
    assert verdict("E07", with_lines({**rifle, "permits": ()})) == broken("E07", 1)


def test_E09_B_prescribed_lines_are_on_the_list() -> None:
    whisky = {"ahecc": "22083000", "net_quantity_unit": "LA"}
    prescribed = with_lines(whisky).replace(prescribed_goods="Y")
    assert verdict("E09-B", prescribed) == held("E09-B")
    assert verdict("E09-B", with_lines(whisky, {}).replace(prescribed_goods="Y")) == broken("E09-B", 2)
    assert verdict("E09-B", with_lines(whisky)) == not_applied("E09-B")
