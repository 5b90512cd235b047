"""The sample reference data, and the files that it is read from."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from openics.messages.codes import Unit
from openics.reference.codes import CodeList, EstablishmentKind
from openics.reference.facts import CANBERRA, Entry, ReferenceFacts
from openics.reference.problems import ReferenceFileError
from openics.reference.samples import read_csv, samples
from openics.reference.sets import BEGINNING

ENTRIES = samples()
FACTS = ReferenceFacts(ENTRIES)
TODAY = date(2026, 11, 23)
PRESCRIBED = {
    *("22071000", "22072000", "22082010", "22082090", "22083000", "22084000", "22085000", "22086000", "22087000"),
    *("22089000", "24011000", "24012000", "24013000", "24021001", "24021002", "24022001", "24022002", "24029000"),
    "24031100",
}


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


def test_an_airline_is_found_by_the_prefix_of_its_waybills() -> None:
    assert [each.code for each in FACTS.by_alias(CodeList.AIRLINE, "081", TODAY)] == ["QF"]
    assert FACTS.by_alias(CodeList.AIRLINE, "000", TODAY) == ()
    prefixes = [prefix for each in of(CodeList.AIRLINE) for prefix in each.data["aliases"]]
    assert len(prefixes) == len(set(prefixes)) == len(of(CodeList.AIRLINE))


def test_a_port_is_found_by_its_airport() -> None:
    assert [each.code for each in FACTS.by_alias(CodeList.PORT, "MEL", TODAY)] == ["AUMEL"]
    airports = [airport for each in of(CodeList.PORT) for airport in each.data["aliases"]]
    assert len(airports) == len(set(airports))
    assert {each.code for each in of(CodeList.PORT) if not each.data["function"]} == set()


def test_examples_are_marked_as_such() -> None:
    own = [*of(CodeList.VESSEL), *of(CodeList.ESTABLISHMENT)]
    assert [each.name for each in own if not each.name.startswith("EXAMPLE ")] == []


def test_countries_of_ports_and_flags_are_known() -> None:
    countries = {entry.code for entry in of(CodeList.COUNTRY)}
    assert {each.data["flag"] for each in of(CodeList.VESSEL)} <= countries


def test_a_faulty_file_is_refused() -> None:
    with pytest.raises(ReferenceFileError) as refused:
        read_csv(b"code,name,valid_from,valid_to\nau,AUSTRALIA,,\n", CodeList.COUNTRY, "file.csv")
    assert str(refused.value) == "file.csv, line 2: code is 'au'; write two letters"
