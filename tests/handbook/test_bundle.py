"""The bundle: complete, valid, and the same bytes each time."""

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from messages.schema_check import violations
from openics import handbook
from openics.handbook import bundle
from openics.handbook.declared import code_lists
from openics.handbook.errors import errors
from openics.messages.diagnostics import check
from openics.messages.examples import examples_of
from openics.messages.registry import ALL

CONTENTS = bundle.contents()
EXAMPLES = [path for path in CONTENTS if path.endswith(".edi")]


def test_it_holds_everything() -> None:
    wanted = {"README.txt", "messages.json", "errors.csv", "errors.json"}
    wanted |= {f"schemas/{kind.name}.schema.json" for kind in ALL}
    wanted |= {f"codes/{name}.{form}" for name in code_lists() for form in ("csv", "json")}
    pairs = [(kind.name, each) for kind in ALL for each in examples_of(kind)]
    wanted |= {f"examples/{name}/{each}.{form}" for name, each in pairs for form in ("edi", "json")}
    assert set(CONTENTS) == wanted


@pytest.mark.parametrize("path", EXAMPLES)
def test_every_example_reads_without_fault_and_fits_its_schema(path: str) -> None:
    checked = check(CONTENTS[path])
    assert (checked.faults, checked.data_faults) == ((), ())
    name = path.split("/")[1]
    schema = json.loads(CONTENTS[f"schemas/{name}.schema.json"])
    form = json.loads(CONTENTS[path.replace(".edi", ".json")])
    assert form != {}
    assert violations(form, schema, schema) == []


def test_the_tables_say_the_same_as_the_json() -> None:
    rows = list(csv.DictReader(io.StringIO(CONTENTS["codes/GoodsOrigin.csv"].decode())))
    form = json.loads(CONTENTS["codes/GoodsOrigin.json"])
    assert {row["code"]: row["meaning"] for row in rows} == form["codes"]
    assert {"message": "EXD", "item": "Goods Origin Code", "field": "origin_code", "closed": True} in form["used_by"]
    found = list(csv.DictReader(io.StringIO(CONTENTS["errors.csv"].decode())))
    listed = json.loads(CONTENTS["errors.json"])
    assert [row["id"] for row in found] == [each["id"] for each in listed] == [each.id for each in errors().values()]
    (row,) = (row for row in found if row["id"] == "EX9022")
    assert (row["rules"], row["messages"], row["severity"], row["evidence"]) == ("EXD-D-02", "EXD", "ERROR", "D")


def test_the_index_names_the_items_of_each_message() -> None:
    listed = {each["name"]: each for each in json.loads(CONTENTS["messages.json"])}
    assert list(listed) == [kind.name for kind in ALL]
    exd = listed["EXD"]
    assert (exd["edifact"], exd["direction"], exd["answered_by"]) == ("CUSDEC:D:99B:UN", "in", ["EXDR"])
    (item,) = (item for item in exd["items"] if item["field"] == "origin_code")
    assert (item["record"], item["place"], item["codes"]) == ("ExportLine", "LOC+27/C519.3223", "GoodsOrigin")
    assert {"rule": "EXD-D-02", "error": "EX9022"} in exd["rules"]


def test_it_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    count = bundle.write_bundle(first)
    bundle.bundle_bytes.cache_clear()
    bundle.write_bundle(second)
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == CONTENTS
        assert count == len(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_file_is_served_with_its_type() -> None:
    found = {path: handbook.asset(path) for path in handbook.asset_paths()}
    assert {path.rpartition(".")[2]: each.media_type for path, each in found.items() if each} == {
        "zip": "application/zip",
        "json": "application/json",
        "edi": "application/edifact; charset=iso-8859-1",
        "csv": "text/csv; charset=utf-8",
    }
    assert [path for path, each in found.items() if each is None or each.content == b""] == []
    archive = handbook.asset("openics-messages.zip")
    assert archive is not None
    assert archive.content == bundle.bundle_bytes()
