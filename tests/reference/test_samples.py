"""The sample reference data, and the files that it is read from."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from openics.messages.codes import Unit
from openics.reference.codes import CodeList, EstablishmentKind
from openics.reference.facts import CANBERRA, Entry, ReferenceFacts
from openics.reference.samples import BEGINNING, ReferenceFileError, read_csv, samples

ENTRIES = samples()
FACTS = ReferenceFacts(ENTRIES)
TODAY = date(2026, 11, 23)
PRESCRIBED = {
    *("22071000", "22072000", "22082010", "22082090", "22083000", "22084000", "22085000", "22086000", "22087000"),
    *("22089000", "24011000", "24012000", "24013000", "24021001", "24021002", "24022001", "24022002", "24029000"),
    "24031100",
}
HEADER = "code,name,valid_from,valid_to,unit,permit"
COLUMNS = ("unit", "permit")


def of(code_list: CodeList) -> list[Entry]:
    """The sample entries of one list."""
    return [entry for entry in ENTRIES if entry.code_list is code_list]


def test_every_list_has_entries() -> None:
    assert {entry.code_list for entry in ENTRIES} == set(CodeList)


def test_the_classification_knows_units_permits_and_prescribed_goods() -> None:
    tuna = FACTS.at(CodeList.AHECC, "03023601", TODAY)
    assert tuna == Entry(
        CodeList.AHECC,
        "03023601",
        "CHILLED SOUTHERN BLUEFIN TUNA",
        date(2017, 1, 1),
        None,
        {"unit": "KG", "permit": False, "prescribed": False, "excisable": False},
    )
    assert {entry.code for entry in of(CodeList.AHECC) if entry.data["prescribed"]} == PRESCRIBED
    assert {entry.data["unit"] for entry in of(CodeList.AHECC)} <= set(Unit.meanings())


def test_prescribed_goods_are_excisable() -> None:
    assert [each.code for each in of(CodeList.AHECC) if each.data["prescribed"] and not each.data["excisable"]] == []


@pytest.mark.parametrize(
    ("day", "known"),
    [(date(2001, 12, 31), False), (date(2002, 1, 1), True), (date(2011, 12, 31), True), (date(2012, 1, 1), False)],
)
def test_a_code_of_the_past_is_known_in_its_time_only(day: date, known: bool) -> None:
    assert (FACTS.at(CodeList.AHECC, "03026200", day) is not None) is known


def test_every_port_has_a_country_and_a_time_zone() -> None:
    ports = of(CodeList.PORT)
    countries = {entry.code for entry in of(CodeList.COUNTRY)}
    assert [port.code for port in ports if len(port.code) != 5 or port.code[:2] not in countries] == []
    assert [port.code for port in ports if not ZoneInfo(port.data["zone"]).key] == []
    assert {"AUSYD", "AUMEL", "AUPER", "USLAX", "NZAKL", "SGSIN"} <= {port.code for port in ports}


def test_zones_of_ports() -> None:
    assert FACTS.zone("AUFRE", TODAY) == ZoneInfo("Australia/Perth")
    assert FACTS.zone("XXXXX", TODAY) == CANBERRA
    assert FACTS.zone(None, TODAY) == CANBERRA


def test_countries_and_currencies_are_those_of_iso() -> None:
    assert FACTS.at(CodeList.COUNTRY, "AU", TODAY) == Entry(CodeList.COUNTRY, "AU", "AUSTRALIA", BEGINNING)
    assert FACTS.at(CodeList.CURRENCY, "AUD", TODAY) == Entry(CodeList.CURRENCY, "AUD", "AUSTRALIAN DOLLAR", BEGINNING)
    assert (len(of(CodeList.COUNTRY)), len(of(CodeList.CURRENCY))) == (249, 178)


def test_establishments_are_of_known_kinds_at_known_ports() -> None:
    establishments = of(CodeList.ESTABLISHMENT)
    ports = {entry.code for entry in of(CodeList.PORT)}
    assert {each.data["kind"] for each in establishments} == {kind.value for kind in EstablishmentKind}
    assert {each.data["port"] for each in establishments} <= ports


def test_a_file_gives_its_entries() -> None:
    lines = [HEADER, "01,ONE,2017-01-01,2017-12-31,KG,y", "01,ONE,2018-01-01,,T,"]
    assert read_csv(lines, CodeList.AHECC, COLUMNS, "file.csv") == [
        Entry(CodeList.AHECC, "01", "ONE", date(2017, 1, 1), date(2017, 12, 31), {"unit": "KG", "permit": True}),
        Entry(CodeList.AHECC, "01", "ONE", date(2018, 1, 1), None, {"unit": "T", "permit": False}),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["code,name"],
            "file.csv, line 1: the columns are ['code', 'name']; write code,name,valid_from,valid_to,unit,permit",
        ),
        ([], "file.csv, line 1: the columns are None; write code,name,valid_from,valid_to,unit,permit"),
        (
            [HEADER, "01,ONE,,,KG"],
            "file.csv, line 2: the row has not as many values as there are columns; check its commas",
        ),
        (
            [HEADER, "01,ONE,,,KG,y,z"],
            "file.csv, line 2: the row has not as many values as there are columns; check its commas",
        ),
        (
            [HEADER, "01,ONE,1.1.2017,,KG,"],
            "file.csv, line 2: valid_from is '1.1.2017'; write a day as 2017-01-31, or nothing",
        ),
        (
            [HEADER, "01,ONE,2017-01-02,2017-01-01,KG,"],
            "file.csv, line 2: 01 ends on 2017-01-01, before it starts on 2017-01-02; exchange them",
        ),
        (
            [HEADER, "01,ONE,2017-01-01,,KG,", "01,ONE,2018-01-01,,KG,"],
            "file.csv, line 3: 01 has a period from 2017-01-01 that overlaps the one from 2018-01-01; "
            "end the older one the day before",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_place_cause_and_fix(lines: list[str], text: str) -> None:
    with pytest.raises(ReferenceFileError) as refused:
        read_csv(lines, CodeList.AHECC, COLUMNS, "file.csv")
    assert str(refused.value) == text
