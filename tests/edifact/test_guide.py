"""Guides: the segment table is read, and its paths lead where they say."""

import pytest

from openics.edifact.guide import Group, GuideError, Row, read_table, read_use

TABLE = """
    UNH M1
    LOC C99  LOC+9+::6  LOC+18+::95
    SG1 C5 (
        RFF M1  RFF+ED  RFF+EP*99
        SG2 M2 (
            PAC M1  PAC+++:67:95
        )
    )
    UNS M1   UNS+S
"""


def test_a_table_has_rows_and_groups_in_order() -> None:
    layout = read_table(TABLE)
    assert [(part.name if isinstance(part, Group) else part.tag) for part in layout.parts] == [
        "UNH",
        "LOC",
        "SG1",
        "UNS",
    ]
    assert [(row.tag, row.mandatory, row.repeat) for row in layout.rows()] == [
        ("UNH", True, 1),
        ("LOC", False, 99),
        ("RFF", True, 1),
        ("PAC", True, 1),
        ("UNS", True, 1),
    ]


def test_a_group_knows_its_trigger_and_its_bounds() -> None:
    group = read_table(TABLE).find("SG1")
    assert isinstance(group, Group)
    assert (group.name, group.mandatory, group.repeat, group.trigger.tag) == ("SG1", False, 5, "RFF")


def test_uses_are_named_by_their_qualifiers() -> None:
    assert [use.key for row in read_table(TABLE).rows() for use in row.uses] == [
        "UNH",
        "LOC+9",
        "LOC+18",
        "RFF+ED",
        "RFF+EP",
        "PAC+67",
        "UNS+S",
    ]


def test_a_path_leads_to_its_use() -> None:
    found = read_table(TABLE).find("SG1/SG2/PAC+67")
    assert isinstance(found, tuple)
    row, use = found
    assert isinstance(row, Row)
    assert (row.tag, use.key, use.fixed) == ("PAC", "PAC+67", {(4, 2): ("67",), (4, 3): ("95",)})


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("LOC+77", "the segment table has no LOC+77"),
        ("SG1/RFF+XX", "the segment table has no RFF+XX in SG1"),
        ("SG9/RFF+ED", "the segment table has no SG9"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str, words: str) -> None:
    with pytest.raises(GuideError) as caught:
        read_table(TABLE).find(path)
    assert str(caught.value) == words


def test_a_template_tells_qualifiers_from_other_fixed_values() -> None:
    use = read_use("LOC+9+::6")
    assert (use.key, use.qualifiers, use.repeat) == ("LOC+9", ((2, 1),), 1)
    assert use.fixed == {(2, 1): ("9",), (3, 3): ("6",)}
    assert use.lax == frozenset()


def test_a_template_may_give_choices_repeats_and_loose_values() -> None:
    assert read_use("RFF+EP*99").repeat == 99
    choice = read_use("FTX+CAT+AP|BP*9")
    assert (choice.key, choice.qualifiers) == ("FTX+CAT+AP|BP", ((2, 1), (3, 1)))
    assert (choice.fixed[3, 1], choice.repeat) == (("AP", "BP"), 9)
    loose = read_use("BGM+~830:::EXD")
    assert (loose.key, loose.lax) == ("BGM", {(2, 1)})
    assert loose.fixed == {(2, 1): ("830",), (2, 4): ("EXD",)}


def test_a_use_fits_by_its_qualifiers_alone() -> None:
    use = read_use("FTX+CAT+AP|BP")
    assert use.fits({(2, 1): "CAT", (3, 1): "BP"})
    assert not use.fits({(2, 1): "CAT", (3, 1): "BA"})
    assert not use.fits({(3, 1): "BP"})
    assert read_use("ERP+").fits({(2, 3): "7"})
    assert not read_use("ERP+").fits({(2, 1): "1"})


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("LOC X9", "after 'LOC' stands 'X9'; write M or C and a number, e.g. C99"),
        ("LOC", "after 'LOC' stands ''; write M or C and a number, e.g. C99"),
        ("SG1 C9 ( LOC M1", "group SG1 is not closed"),
        ("LOC M1 )", "')' closes a group that was not opened"),
        (
            "TDT C1 TDT+20++++++++::11",
            "TDT+20++++++++::11 fixes a value where segment TDT has none; count the + and : signs",
        ),
    ],
)
def test_a_wrong_table_is_refused(table: str, words: str) -> None:
    with pytest.raises(GuideError) as caught:
        read_table(table)
    assert str(caught.value) == words
