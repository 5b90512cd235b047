"""The values of one segment against directory and guide."""

from dataclasses import astuple

import pytest

from openics.edifact.contents import Contents, Item, check_contents, check_format
from openics.edifact.directory import parse_format
from openics.edifact.faults import SyntaxCode
from openics.edifact.guide import Place, read_use
from openics.edifact.separators import Separators

PORT: dict[Place, Item] = {(3, 1): Item("Port")}


def found(text: str, template: str, items: dict[Place, Item]) -> list[tuple[int, int | None, int | None, str | None]]:
    faults = check_contents(Contents(text), read_use(template), items)
    return [(int(fault.code), fault.element, fault.component, fault.found) for fault in faults]


def test_values_are_split_and_unescaped() -> None:
    contents = Contents("FTX+CAT+AP+?+50+A?:B:C??")
    assert contents.tag == "FTX"
    assert contents.values == {(2, 1): "CAT", (3, 1): "AP", (4, 1): "+50", (5, 1): "A:B", (5, 2): "C?"}


def test_a_segment_in_order_has_no_fault() -> None:
    assert found("LOC+9+AUMEL::6", "LOC+9+::6", PORT) == []
    assert found("LOC+9+AUMEL", "LOC+9+::6", PORT) == []


def test_a_fixed_value_may_be_absent_but_not_another() -> None:
    assert found("LOC+9+AUMEL::5", "LOC+9+::6", PORT) == [(12, 3, 3, "5")]
    assert found("BGM+929:::EXD+1", "BGM+~830:::EXD", {(3, 1): Item("Reference")}) == []


def test_what_the_message_does_not_use_is_refused() -> None:
    assert found("LOC+9+AUMEL::6:MELBOURNE", "LOC+9+::6", PORT) == [(15, 3, 4, "MELBOURNE")]
    assert found("LOC+9+AUMEL::6++++X", "LOC+9+::6", PORT) == [(16, 7, None, "X")]
    assert found("LOC+9+AUMEL::6:A:B", "LOC+9+::6", PORT) == [(16, 3, 5, "B"), (15, 3, 4, "A")]


def test_an_item_alone_in_its_use_must_be_there() -> None:
    assert found("LOC+9", "LOC+9+::6", PORT) == [(13, 3, 1, None)]
    assert found("LOC+9+::6", "LOC+9+::6", PORT) == [(13, 3, 1, None)]
    items = {(5, 1): Item("Mode"), (3, 1): Item("Voyage")}
    assert found("TDT+20", "TDT+20", items) == []
    assert found("TDT+20", "TDT+20", items | {(5, 1): Item("Mode", required=True)}) == [(13, 5, 1, None)]


def test_codes_are_checked() -> None:
    items = {(2, 1): Item("Indicator", codes=("Y", "N"))}
    (fault,) = check_contents(Contents("GIS+Q:79:95"), read_use("GIS+:79:95"), items)
    assert astuple(fault)[:2] == (SyntaxCode.INVALID_VALUE, "Indicator is 'Q'")
    assert (fault.name, fault.found, fault.expected) == ("Indicator", "Q", "Y, N")


@pytest.mark.parametrize(
    ("text", "wanted", "code"),
    [
        ("A" * 25, "an..25", None),
        ("A" * 26, "an..25", 39),
        ("A" * 8, "an9", 40),
        ("12345", "n..5", None),
        ("-1234.5", "n..5", None),
        ("123456", "n..5", 39),
        ("12A", "n..5", 37),
        ("1,5", "n..5", 19),
        (".5", "n..5", 38),
        ("5.", "n..5", 19),
        ("AB", "a2", None),
        ("A1", "a2", 37),
    ],
)
def test_formats(text: str, wanted: str, code: int | None) -> None:
    verdict = check_format(text, parse_format(wanted))
    assert (None if verdict is None else int(verdict)) == code


def test_the_decimal_mark_is_that_of_the_interchange() -> None:
    assert check_format("1,5", parse_format("n..5"), ",") is None
    contents = Contents("MOA+63:1,5", Separators(decimal=","))
    assert list(check_contents(contents, read_use("MOA+63"), {(2, 2): Item("Value")})) == []
