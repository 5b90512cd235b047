"""The message structures of D.99B, and what makes a guide deviate from them."""

import pytest

from openics.edifact.directory import additions, codes
from openics.edifact.guide import Group, Guide
from openics.edifact.standard import deviations, standard_message


def guide(segments: str, kind: str = "GENRAL") -> Guide:
    return Guide(
        name="TRIAL", type=kind, title="Trial", direction="in", purpose="Trial.", source="none", segments=segments
    )


def keys(segments: str, kind: str = "GENRAL") -> list[str]:
    """The deviations of a message whose UNH, BGM and UNT are in order."""
    found = deviations(guide(f"UNH M1 BGM M1 {segments} UNT M1", kind))
    assert all(each.key.startswith("TRIAL ") for each in found)
    return [each.key.removeprefix("TRIAL ") for each in found]


def test_a_structure_has_its_groups_in_place() -> None:
    found = standard_message("CUSCAR").find("SG7/SG8/SG14")
    assert isinstance(found, Group)
    assert (found.mandatory, found.repeat, found.trigger.tag) == (True, 9999, "GID")
    assert [row.tag for row in standard_message("GENRAL").rows()][:6] == ["UNH", "BGM", "DTM", "RFF", "DTM", "NAD"]


@pytest.mark.parametrize("name", ["CONTRL", "CUSCAR", "CUSDEC", "CUSPED", "CUSREP", "CUSRES", "GENRAL", "REMADV"])
def test_every_group_begins_with_one_mandatory_segment(name: str) -> None:
    def triggers(group: Group) -> list[tuple[str, bool, int]]:
        inner = [part for part in group.parts if isinstance(part, Group)]
        found = [(each.name, each.trigger.mandatory, each.trigger.repeat) for each in inner]
        return [*found, *(found for each in inner for found in triggers(each))]

    assert [
        name for name, mandatory, repeat in triggers(standard_message(name)) if (mandatory, repeat) != (True, 1)
    ] == []


def test_an_unknown_message_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the directory holds no message ORDERS$"):
        standard_message("ORDERS")


def test_a_restriction_has_no_deviations() -> None:
    assert keys("SG1 C2 ( RFF M1 RFF+TN DTM C9 ) SG2 C1 ( NAD M1 NAD+MR+::95 )") == []
    assert keys("SG1 C4 ( RFF M1 RFF+TN ) SG1 M6 ( RFF M1 RFF+ABO )") == []
    assert keys("UNS M1 SG30 C9 ( CST M1 ) UNS M1", "CUSDEC") == []


@pytest.mark.parametrize(
    ("segments", "wrong"),
    [
        ("DTM C2", ["DTM repeat"]),
        ("DTM C1 DTM C1", ["DTM repeat"]),
        ("LOC C1", ["LOC place"]),
        ("SG1 C1 ( RFF M1 ) DTM C1", ["DTM place"]),
        ("SG5 C1 ( FTX M1 ) SG1 C1 ( RFF M1 )", ["SG1 place"]),
        ("SG3 C1 ( RFF M1 )", ["SG3 place"]),
        ("SG1 C11 ( RFF M1 DTM C11 )", ["SG1/DTM repeat", "SG1 repeat"]),
        ("SG1 C1 ( RFF C1 )", ["SG1/RFF status"]),
        ("SG1 C1 ( DTM C1 )", ["SG1/RFF absent"]),
        ("DTM C1 DTM+9::1002", ["DTM+9 C507.2379=1002 format"]),
        ("DTM C1 DTM+9::ABC", ["DTM+9 C507.2379=ABC code"]),
        ("SG1 C1 ( RFF M1 RFF+TN|??? )", ["SG1/RFF+TN|??? C506.1153=??? code"]),
    ],
)
def test_each_deviation_has_a_key(segments: str, wrong: list[str]) -> None:
    assert keys(segments) == wrong


def test_a_mandatory_segment_may_not_be_left_out() -> None:
    (found,) = deviations(guide("UNH M1 UNT M1"))
    assert found.key == "TRIAL BGM absent"
    assert found.text == "BGM is left out; the standard has it mandatory"


def test_a_list_of_customs_is_free() -> None:
    assert keys("SG2 C1 ( NAD M1 NAD+MR+::95 )") == []
    assert keys("GIS C1 GIS+?:109:95", "CUSREP") == []
    assert keys("GIS C1 GIS+?", "CUSREP") == ["GIS C529.7365=? code"]
    assert keys("GIS C1 GIS+?::6", "CUSREP") == ["GIS C529.7365=? code"]


def test_a_code_list_names_its_codes() -> None:
    assert codes("1153")["ABO"] == "Originator's reference"
    assert codes("4440") == {}


def test_no_addition_is_in_its_list() -> None:
    found = {number: additions(number) for number in ("1001", "1153", "2379", "4451", "4453", "5283", "6311")}
    assert found["2379"]["ZZZ"] == "Seen in UBMREQR: twenty digits by the local clock, as mutually agreed."
    assert [(number, code) for number, known in found.items() for code in known if code in codes(number)] == []
