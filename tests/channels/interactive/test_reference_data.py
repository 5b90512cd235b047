"""Reference data to download: complete, cheap to ask for again, and without what is not for everybody."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client

from openics.reference import formats
from openics.reference.codes import CodeList
from openics.reference.file_names import Format
from openics.reference.loader import load_samples
from openics.reference.samples import samples
from openics.reference.sets import SETS, ReferenceSet

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


@pytest.fixture
def loaded() -> None:
    """The samples."""
    with connection.cursor() as cursor:
        load_samples(cursor, THEN)


def test_without_data_the_page_says_so() -> None:
    page = Client().get("/reference-data/")
    assert page.status_code == 200
    assert page.content.decode().count("No reference data has been loaded yet.") == 1


def test_the_page_links_every_published_set(loaded: None) -> None:
    page = Client().get("/reference-data/").content.decode()
    published = {kind.file_code for kind in SETS.values() if kind.published}
    linked = {code for code in (kind.file_code for kind in SETS.values()) if f"/reference-data/{code}.csv" in page}
    assert linked == published
    assert CodeList.AUSTRALIAN_PLACE.value not in published


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("kind", [kind for kind in SETS.values() if kind.published], ids=lambda kind: kind.file_code)
def test_a_file_holds_the_whole_set(kind: ReferenceSet, form: Format, loaded: None) -> None:
    answer = Client().get(f"/reference-data/{kind.file_code}.{form}")
    rows = formats.read(answer.content, kind, form, "file")
    assert rows.problems == []
    assert len(rows.entries) == sum(each.code_list is kind.code_list for each in samples())
    name = f"{kind.file_code}-Q1-EDMAIN-2611230105.{form}"
    assert (answer["Content-Disposition"], answer["Content-Type"]) == (
        f'attachment; filename="{name}"',
        formats.MEDIA[form],
    )


def test_what_is_not_new_is_not_sent_again(loaded: None) -> None:
    first = Client().get("/reference-data/PORT.csv")
    again = Client().get("/reference-data/PORT.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reference_load SET loaded_at = %s", (THEN + timedelta(days=1),))
    newer = Client().get("/reference-data/PORT.csv", headers={"If-None-Match": first["ETag"]})
    assert (newer.status_code, newer.content) == (200, first.content)


def test_the_manifest_describes_every_file(loaded: None) -> None:
    manifest = json.loads(Client().get("/reference-data/manifest.json").content)
    assert manifest["environment"] == "test"
    by_name = {each["name"]: each for each in manifest["files"]}
    assert len(by_name) == 3 * sum(kind.published for kind in SETS.values())
    port = by_name["PORT-Q1-EDMAIN-2611230105.txt"]
    content = Client().get("/reference-data/PORT.txt").content
    assert (port["sha256"], port["bytes"]) == (sha256(content).hexdigest(), len(content))
    assert sum(each["width"] for each in port["layout"]) + 2 == len(content.splitlines(keepends=True)[0])


@pytest.mark.parametrize("address", ["AUPLACE.csv", "PORT.xls", "NONE.csv", "port.csv"])
def test_other_files_are_not_there(address: str, loaded: None) -> None:
    assert Client().get(f"/reference-data/{address}").status_code == 404


def test_looking_writes_nothing(loaded: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    for address in ("", "PORT.csv", "manifest.json"):
        assert Client().get(f"/reference-data/{address}").status_code == 200
