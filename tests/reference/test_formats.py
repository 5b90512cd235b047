"""Reference files: what is written is read again, and every fault is told with place, cause and fix."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.reference import formats
from openics.reference.codes import CodeList
from openics.reference.facts import Entry
from openics.reference.file_names import Format
from openics.reference.problems import ReferenceFileError
from openics.reference.rows import overlaps
from openics.reference.samples import samples
from openics.reference.sets import NAME_WIDTH, SETS
from reference.reference_files import AIRLINES, airline, content, timelines

HEADER = b"code,name,valid_from,valid_to,aliases\n"


def faults(text: bytes, form: Format = Format.CSV, change: bool = False) -> list[str]:
    """What is wrong in a file of airlines."""
    try:
        rows = formats.read(text, AIRLINES, form, "file", change)
    except ReferenceFileError as error:
        return [str(each) for each in error.problems]
    return [str(each) for each in rows.problems + overlaps(rows.entries, rows.places)]


@given(timelines(), st.sampled_from(Format))
def test_what_is_written_is_read_again(entries: list[Entry], form: Format) -> None:
    rows = formats.read(content(entries, form), AIRLINES, form, "file")
    assert rows.problems == []
    assert sorted(rows.entries, key=lambda each: (each.code, each.valid_from)) == sorted(
        entries, key=lambda each: (each.code, each.valid_from)
    )


@pytest.mark.parametrize("code_list", CodeList)
@pytest.mark.parametrize("form", Format)
def test_every_sample_set_is_read_again(code_list: CodeList, form: Format) -> None:
    entries = [each for each in samples() if each.code_list is code_list]
    rows = formats.read(formats.write(entries, SETS[code_list], form), SETS[code_list], form, "file")
    assert rows.problems == []
    assert rows.entries == sorted(entries, key=lambda each: (each.code, each.valid_from))


def test_a_fixed_row_has_its_columns_at_their_places() -> None:
    row = content([airline("QF", date(2026, 1, 31), date(2026, 12, 31), "081 082")], Format.TXT)
    assert row == b"QF" + b"AIRLINE QF".ljust(NAME_WIDTH) + b"081 082".ljust(35) + b"2026013120261231\r\n"


@pytest.mark.parametrize("end", ["00010101", "        ", ""])
def test_a_blank_or_first_day_of_all_is_no_end(end: str) -> None:
    row = f"QF{'QANTAS':100}{'081':35}20260131{end}\n"
    rows = formats.read(row.encode(), AIRLINES, Format.TXT, "file")
    assert rows.problems == []
    assert [(each.valid_from, each.valid_to) for each in rows.entries] == [(date(2026, 1, 31), None)]


def test_what_latin_1_does_not_have_cannot_be_written_in_fixed_width() -> None:
    entry = Entry(CodeList.AIRLINE, "QF", "Ł", date(2026, 1, 1), None, {"aliases": []})
    with pytest.raises(ReferenceFileError) as refused:
        content([entry], Format.TXT)
    assert str(refused.value) == "AIRLINE QF: 'Ł' is not a character of Latin-1; spell it in Latin letters"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "file, line 1: the columns are missing; write code,name,valid_from,valid_to,aliases"),
        (b"code,name\n", "file, line 1: the columns are code,name; write code,name,valid_from,valid_to,aliases"),
        (
            HEADER + b"QF,QANTAS,,\n",
            "file, line 2: the row has not as many values as there are columns; check its commas and quotation marks",
        ),
        (
            HEADER + b"QF,QANTAS,,,081,1\n",
            "file, line 2: the row has not as many values as there are columns; check its commas and quotation marks",
        ),
        (HEADER + b"QF,QANTAS,,,\xff\n", "file: byte 50 is not UTF-8; save the file in UTF-8"),
        (HEADER + b"Q,QANTAS,,,\n", "file, line 2: code is 'Q'; write the two characters of the IATA designator"),
        (
            HEADER + b"QF,QANTAS,,,81\n",
            "file, line 2: aliases is '81'; write prefixes of three digits with blanks between them",
        ),
        (HEADER + b"QF,,,,\n", "file, line 2: the name is ''; write 1 to 100 printable characters"),
        (
            HEADER + b"QF,QANTAS,1.1.2026,,\n",
            "file, line 2: valid_from is '1.1.2026'; write a day as 2017-01-31, or nothing",
        ),
        (
            HEADER + b"QF,QANTAS,2026-01-02,2026-01-01,\n",
            "file, line 2: QF ends on 2026-01-01, before it starts on 2026-01-02; exchange them",
        ),
        (
            HEADER + b"QF,QANTAS,2026-01-02,,\nQF,QANTAS,2026-01-01,2026-01-02,\n",
            "file, line 3: the period of QF from 2026-01-01 reaches into the one from 2026-01-02; "
            "end the older one the day before the newer one starts",
        ),
        (
            HEADER + b"QF,QANTAS,2026-01-02,,\nQF,QANTAS,2026-01-02,,081\n",
            "file, line 3: QF from 2026-01-02 is there twice; keep one of the rows",
        ),
    ],
)
def test_a_fault_in_csv(text: bytes, told: str) -> None:
    assert faults(text) == [told]


def test_every_fault_of_a_file_is_told() -> None:
    assert len(faults(HEADER + b"Q,,x,y,1\nQF,QANTAS,,,\nZ,Z,,,\n")) == 6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"[", "file: it is not JSON (Expecting value: line 1 column 2 (char 1)); write a list of objects"),
        (b"{}", "file: it is not a list; write a list of objects, one for each row"),
        (
            b'[{"kode": "QF"}]',
            "file, entry 1: it is not an object with the columns of the set; use code, name, valid_from, valid_to, aliases",
        ),
        (
            b'[{"code": "QF", "name": 1, "valid_from": "", "valid_to": null}]',
            "file, entry 1: there is no text for name, valid_to, aliases; give every column, an empty one too",
        ),
    ],
)
def test_a_fault_in_json(text: bytes, told: str) -> None:
    assert faults(text, Format.JSON) == [told]


def test_a_row_that_is_too_long_is_refused() -> None:
    row = content([airline("QF")], Format.TXT).rstrip() + b" " * 8 + b"I"
    assert faults(row, Format.TXT) == ["file, line 1: the row has 154 characters; a row of this set has 153"]


def test_a_row_of_changes_ends_with_its_action() -> None:
    row = f"QF{'QANTAS':100}{'':35}20260131        "
    assert formats.read(f"{row}I\r\n".encode(), AIRLINES, Format.TXT, "file", change=True).actions == ["I"]
    assert faults(f"{row}X".encode(), Format.TXT, change=True) == [
        "file, line 1: the action is 'X'; end the row with I (insert), U (update) or D (delete)"
    ]
    assert faults(row.encode(), Format.TXT, change=True) == [
        "file, line 1: the row has 153 characters; a row of this set has 154"
    ]


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST", 10)
    assert faults(HEADER) == [f"file: the file has {len(HEADER)} bytes; split it; 10 bytes are the most"]


@pytest.mark.parametrize(
    ("code_list", "code", "right"),
    [
        (CodeList.VESSEL, "9477878", True),
        (CodeList.VESSEL, "9477879", False),
        (CodeList.VESSEL, "EXA0001", True),
        (CodeList.VESSEL, "TOOLONG12", False),
        (CodeList.VESSEL, "947787", False),
        (CodeList.PORT, "AUSYD", True),
        (CodeList.PORT, "AUS10", False),
        (CodeList.AIRLINE, "5X", True),
        (CodeList.AIRLINE, "55", False),
        (CodeList.ESTABLISHMENT, "FM27N", True),
        (CodeList.ESTABLISHMENT, "fm27n", False),
        (CodeList.PACKAGE_TYPE, "PK", True),
        (CodeList.PACKAGE_TYPE, "PKG", False),
    ],
)
def test_the_form_of_codes(code_list: CodeList, code: str, right: bool) -> None:
    assert SETS[code_list].code.check(code) is right


@pytest.mark.parametrize(
    ("zone", "right"), [("Australia/Perth", True), ("Perth", False), ("../etc/x", False), ("", False)]
)
def test_the_zone_of_a_port(zone: str, right: bool) -> None:
    (column,) = (each for each in SETS[CodeList.PORT].columns if each.name == "zone")
    assert column.check(zone) is right
