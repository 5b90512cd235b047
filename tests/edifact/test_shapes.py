"""Shapes accept only what has no fault, the compiled ones just what the expressions do."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openics.edifact.contents import Contents, Item, check_contents
from openics.edifact.core import CORE
from openics.edifact.glance import Counts, Glances, Home, Placed
from openics.edifact.guide import Place, Row, Use, read_use
from openics.edifact.shapes import Shape, expression, shape, told_apart

Items = dict[Place, Item]

USES: list[tuple[str, Items]] = [
    ("LOC+9+::6", {(3, 1): Item("Port")}),
    ("LOC+27+::5+::6", {(3, 1): Item("Country"), (4, 1): Item("Code")}),
    ("MOA+63", {(2, 2): Item("Value", required=True), (2, 3): Item("Currency")}),
    (
        "CST",
        {(2, 1): Item("Number", required=True), (3, 1): Item("Action", codes=("I", "U", "VERY LONG TO BE A CODE"))},
    ),
    ("GIS+:79:95", {(2, 1): Item("Indicator", codes=("Y", "N"))}),
    ("BGM+~830:::EXD", {(3, 1): Item("Reference", required=True), (3, 2): Item("Version"), (4, 1): Item("Function")}),
    ("FTX+AAA", {(5, 1): Item("Text")}),
    ("UNS+D", {}),
    ("CNT+11|12", {(2, 2): Item("Count")}),
    ("DTM+178::=102", {(2, 2): Item("Date")}),
]


def accepted(use: Use, items: Items) -> re.Pattern[str]:
    return re.compile(expression(shape(use, items)))


@pytest.mark.parametrize(
    ("template", "text", "values"),
    [
        (0, "LOC+9+AUMEL::6", ("AUMEL",)),
        (0, "LOC+9+AUMEL", ("AUMEL",)),
        (0, "LOC+9+AUMEL::6+++", ("AUMEL",)),
        (0, "LOC+9+AUMEL::6++++", None),
        (0, "LOC+9+AUMEL::7", None),
        (0, "LOC+9", None),
        (0, "LOC+19+AUMEL", None),
        (0, "LOC+9+A?+B", None),
        (0, "LOC+9+" + "X" * 25, ("X" * 25,)),
        (0, "LOC+9+" + "X" * 26, None),
        (1, "LOC+27++AU-VI::6", (None, "AU-VI")),
        (2, "MOA+63:12.50:AUD", ("12.50", "AUD")),
        (2, "MOA+63:-1", ("-1", None)),
        (2, "MOA+63:.5", None),
        (2, "MOA+63::AUD", None),
        (3, "CST+12345+I", ("12345", "I")),
        (3, "CST+123456+I", None),
        (3, "CST+1234.5+I", ("1234.5", "I")),
        (3, "CST+-12345", ("-12345", None)),
        (4, "GIS+Y:79:95", ("Y",)),
        (4, "GIS+:79:95", None),
        (5, "BGM+929:::EXD+1:1+9", ("1", "1", "9")),
        (5, "BGM++1", ("1", None, None)),
        (7, "UNS+D", ()),
        (7, "UNS+S", None),
        (8, "CNT+12:5", ("5",)),
        (9, "DTM+178:20260101:102", ("20260101",)),
        (9, "DTM+178:20260101", None),
    ],
)
def test_what_a_shape_accepts(template: int, text: str, values: tuple[str | None, ...] | None) -> None:
    written, items = USES[template]
    found = accepted(read_use(written), items).fullmatch(text)
    assert (found.groups() if found else None) == values
    assert compiled(read_use(written), items, text) in (values, "no core")


def compiled(use: Use, items: Items, text: str) -> object:
    """The values that the compiled core sees; `no core` where none was built, since there is nothing to compare."""
    if CORE is None:
        return "no core"
    row, start = Row(use.tag, True, 9, (use,)), Row("UNH", True, 1, ())
    homes = {each: Home(None, None, False, 1, ()) for each in (row, start)}
    placed: list[Placed] = []
    counts: Counts = {}
    glances = Glances(lambda each: {use.tag: [(row, use, True)]}, homes, {use: items}, CORE)
    at, last = glances.place([text], 0, start, counts, placed)
    if not placed:
        assert (at, last, counts) == (0, start, {})
        return None
    assert (at, last, counts) == (1, row, {None: {use: 1}})
    return placed[0].values


TEXTS = st.lists(
    st.sampled_from(
        ["+", ":", "::", "?", "9", "27", "63", "AAA", "79", "95", "6", "5", "Y", "I", "102", "178", "D", "X" * 26]
    )
    | st.text("019.-AZé ", max_size=4),
    max_size=9,
).map("".join)


@pytest.mark.parametrize(("template", "items"), USES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_shape_accepts_nothing_that_has_a_fault(template: str, items: Items, data: Any) -> None:
    use = read_use(template)
    text = data.draw(st.just(template.replace("~", "").replace("=", "")) | st.just(use.tag)) + data.draw(TEXTS)
    found = accepted(use, items).fullmatch(text)
    codes = shape(use, items).codes
    values: tuple[str | None, ...] | None = found.groups() if found else None
    if values and any(value and known and value not in known for value, known in zip(values, codes, strict=True)):
        values = None
    if values is not None:
        contents = Contents(text)
        assert (use.fits(contents.values), list(check_contents(contents, use, items))) == (True, [])
        assert values == tuple(contents.values.get(place) for place in sorted(items))
    assert compiled(use, items, text) in (values, "no core")


def test_uses_are_told_apart_by_their_qualifiers() -> None:
    assert told_apart(read_use("LOC+9"), read_use("LOC+12"))
    assert told_apart(read_use("DTM+178::=102"), read_use("DTM+178::=401"))
    assert not told_apart(read_use("LOC+9"), read_use("LOC+12|9"))
    assert not told_apart(read_use("RFF+EP"), read_use("RFF+EP"))


def test_of_uses_that_are_alike_the_first_counts() -> None:
    one, other = read_use("LOC+9"), read_use("LOC+9")
    row, then = Row("LOC", True, 1, (one,)), Row("LOC", True, 1, (other,))
    homes = {each: Home(None, None, False, 1, ()) for each in (row, then)}
    items: dict[Use, dict[Place, Item]] = {each: {(3, 1): Item("Port")} for each in (one, other)}
    for right in (True, False):
        candidates = {"LOC": [(row, one, right), (then, other, True)]}
        placed: list[Placed] = []
        for core in {CORE, None}:
            glances = Glances(lambda _, found=candidates: found, homes, items, core)  # type: ignore[misc]
            placed.clear()
            glances.place(["LOC+9+X"], 0, then, {}, placed)
            assert placed == ([Placed(1, row, one, ("X",))] if right else [])


def test_the_core_refuses_tables_that_are_none() -> None:
    if CORE is None:
        pytest.skip("the core was not built here")
    good = shape(read_use("UNS+D"), {})
    for bad in (Shape("TOO LONG", *good[1:]), Shape("UNS", (2,), good.values), Shape("UNS", (), good.values)):
        with pytest.raises(ValueError, match=r"tag of a segment|sizes of a shape"):
            CORE.make(*bad)
    for value in [
        (9, 1, 1, False, -1, None, None),
        (1, 1, 1, False, 64, None, None),
        (1, 1, 1, False, -1, None, {"A"}),
    ]:
        with pytest.raises(ValueError, match="a value of a shape"):
            CORE.make("UNS", (1,), (value,))
