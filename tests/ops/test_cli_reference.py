"""`openics reference`: load, check, look up as at a day, list, publish."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from openics.ops.settings import settings
from openics.pki import cms
from openics.pki.gateway_keys import gateway_key
from openics.reference.facts import Entry
from openics.reference.models import ReferenceItem, ReferenceLoad
from openics.sandbox.authority import Authority
from ops.conftest import Openics
from reference.reference_files import airline, airlines, content, name

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.now(UTC).replace(second=0, microsecond=0)
FIX = "compare the files; if it is meant, load it with --force and the reason"
QANTAS = airline("QF", date(2020, 1, 1), None, "081")
OLD = airline("QF", date(2000, 1, 1), date(2019, 12, 31), "081")


@pytest.fixture
def folder(tmp_path: Path, openics: Openics, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with a gateway key, for the test environment."""
    monkeypatch.setenv("OPENICS_HOME", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def file(folder: Path, entries: list[Entry], minutes: int = 0) -> Path:
    """A file of airlines, made so many minutes from now."""
    path = folder / name(NOW + timedelta(minutes=minutes))
    path.write_bytes(content(entries))
    return path


def test_a_file_is_loaded_once(openics: Openics, folder: Path) -> None:
    path = file(folder, [OLD, QANTAS])
    first = openics("reference", "load", path, "--by", "duty officer")
    assert (first.exit_code, first.output) == (0, f"{path.name}: loaded, 2 rows: 2 added, 0 changed, 0 gone.\n")
    again = openics("reference", "load", path)
    assert (again.exit_code, again.output) == (0, f"{path.name}: is loaded already.\n")
    assert list(ReferenceLoad.objects.values_list("code_list", "entries", "actor")) == [("AIRLINE", 2, "duty officer")]


def test_a_fault_in_one_file_loads_none(openics: Openics, folder: Path) -> None:
    good, bad = file(folder, [QANTAS]), folder / "airlines.csv"
    bad.write_text("x")
    result = openics("reference", "load", good, bad)
    assert (result.exit_code, result.output) == (
        1,
        "airlines.csv: the name is not one of a reference file; name it CODE-P1-EDMAIN-YYMMDDHHMM.txt "
        "(Q1 for industry test, EDCHNG for changes, or .csv or .json)\nNothing was loaded.\n",
    )
    assert (ReferenceItem.objects.count(), ReferenceLoad.objects.count()) == (0, 0)


def test_a_check_says_what_would_change(openics: Openics, folder: Path) -> None:
    openics("reference", "load", file(folder, [*airlines(25), OLD]))
    path = file(folder, [airline("ZZ"), airline("A0", prefix="618")], 1)
    result = openics("reference", "check", path)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[:2] == [f"{path.name}: 2 rows: 1 added, 1 changed, 25 gone.", "  + ZZ from 2000-01-01: AIRLINE ZZ"]
    assert lines[22:] == [
        "  - and 5 more",
        "  ~ A0 from 2000-01-01: AIRLINE A0",
        f"{path.name}: the set would fall from 26 rows to 2; {FIX}.",
        f"{path.name}: 25 of 26 codes would be gone; {FIX}.",
    ]
    assert ReferenceLoad.objects.count() == 1
    assert openics("reference", "load", path).exit_code == 1
    assert openics("reference", "load", path, "--force", "merged").exit_code == 0
    assert ReferenceLoad.objects.get(forced="merged").entries == 2


def test_a_code_is_looked_up_as_at_a_day(openics: Openics, folder: Path) -> None:
    openics("reference", "load", file(folder, [OLD, QANTAS]))
    whole = openics("reference", "show", "airline", "QF", "--json")
    assert [row["valid_to"] for row in json.loads(whole.output)] == ["2019-12-31", ""]
    found = openics("reference", "as-at", "AIRLINE", "QF", "--on", "2019-12-31")
    assert found.output == "code: QF\nname: AIRLINE QF\nvalid_from: 2000-01-01\nvalid_to: 2019-12-31\naliases: 081\n\n"
    by_prefix = openics("reference", "as-at", "AIRLINE", "081", "--on", "2020-01-01", "--json")
    assert [(row["code"], row["valid_from"]) for row in json.loads(by_prefix.output)] == [("QF", "2020-01-01")]
    assert [row["code"] for row in json.loads(openics("reference", "show", "AIRLINE", "081", "--json").output)] == [
        "QF",
        "QF",
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("as-at", "AIRLINE", "QF", "--on", "1999-12-31"), "AIRLINE has no QF on 1999-12-31.\n"),
        (
            ("as-at", "AIRLINE", "QF", "--known", "2020-01-01", "--on", "2020-01-01"),
            "AIRLINE has no QF on 2020-01-01.\n",
        ),
        (("show", "AIRLINE", "XX"), "AIRLINE has no XX.\n"),
        (
            ("show", "AIRSHIP", "XX"),
            "There is no set AIRSHIP; the sets are AHECCSS, PORT, ESTABMNT, VESSEL, AIRLINE, PKGTYPE, CARGOTYP, "
            "COUNTRY, CURRENCY, AUPLACE.\n",
        ),
    ],
)
def test_what_is_not_there_is_said(openics: Openics, folder: Path, asked: tuple[str, ...], told: str) -> None:
    openics("reference", "load", file(folder, [OLD, QANTAS]))
    result = openics("reference", *asked)
    assert (result.exit_code, result.output) == (1, told)


def test_the_sets_are_listed(openics: Openics, folder: Path) -> None:
    path = file(folder, [QANTAS])
    openics("reference", "load", path)
    rows = json.loads(openics("reference", "list", "--json").output)
    assert {row["set"]: row["entries"] for row in rows if row["entries"]} == {"AIRLINE": 1}
    table = [line for line in openics("reference", "list").output.splitlines() if "Airlines" in line]
    assert [path.name in line for line in table] == [True]


def test_what_is_published_is_signed_and_can_be_loaded(
    openics: Openics, folder: Path, connection: psycopg.Connection
) -> None:
    now = datetime.now(UTC)
    identity = Authority.create(folder / "pki").issue("CCF E-mail Gateway", "ccf@customs.example", "Customs", now)
    gateway_key("gateway-1", identity, now).save(folder / "pki" / "gateway")
    openics("reference", "load", file(folder, [OLD, QANTAS]))
    result = openics("reference", "publish", folder / "out")
    main = folder / "out" / "test" / "main"
    assert (result.exit_code, result.output) == (
        0,
        f"5 files are in {main}; manifest.json.p7s is the gateway's signature of manifest.json.\n",
    )
    manifest = (main / "manifest.json").read_bytes()
    assert cms.verify((main / "manifest.json.p7s").read_bytes(), manifest).signer_certificate == identity.certificate
    described = json.loads(manifest)["files"]
    assert {each["name"]: each["sha256"] for each in described} == {
        each.name: sha256(each.read_bytes()).hexdigest() for each in main.glob("AIRLINE-*")
    }
    assert {(each["rows"], each["first_day"], each["last_day"]) for each in described} == {(2, "2000-01-01", None)}
    ReferenceItem.objects.all().delete()
    ReferenceLoad.objects.all().delete()
    assert openics("reference", "load", next(main.glob("*.txt"))).exit_code == 0
    assert ReferenceItem.objects.count() == 2


def test_without_a_key_nothing_is_published(openics: Openics, folder: Path) -> None:
    result = openics("reference", "publish", folder / "out")
    assert result.exit_code == 1
    assert (folder / "out").exists() is False
