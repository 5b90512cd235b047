"""`openics register` on a real register."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from openics.clients.business_store import COLUMNS, load_businesses
from openics.clients.codes import ClientKind, EntryKind
from openics.clients.facts import Business, RegisteredClient
from openics.clients.models import Client
from openics.clients.record import insert_clients, insert_record
from openics.clients.register_models import BusinessNumber
from openics.clients.register_record import ClientRecord, Entry
from ops.conftest import Openics

NOW = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
FIRST, SECOND, ABN = "AAA3333333A", "AAA3333334N", "51824753556"
BROKER = Entry(
    EntryKind.BROKER_LICENCE, "01234", date(2025, 1, 1), None, "", {}, "LICENCE HOLDER", "04321", "gazette 7"
)
CLOSED = Entry(EntryKind.DEPOT_LICENCE, "D100", date(2020, 1, 1), date(2021, 1, 1), evidence="old licence")


@pytest.fixture(autouse=True)
def register(connection: psycopg.Connection) -> None:
    record = ClientRecord(FIRST, ClientKind.ORGANISATION, "EXAMPLE BROKERS LIMITED", entries=(BROKER, CLOSED))
    facts = RegisteredClient(FIRST, record.kind, NOW, name=record.name)
    other = RegisteredClient(SECOND, ClientKind.ORGANISATION, NOW, name="EXAMPLE BROKER LTD", roles=("SUPPLIER",))
    with connection.cursor() as cursor:
        insert_record(cursor, facts, record, "duty officer", "web")
        insert_clients(cursor, [other], "AAR399A", "mail")


def found(openics: Openics, *arguments: str) -> list[str]:
    answer = openics("register", "search", *arguments, "--json")
    assert answer.exit_code == 0
    return [each["client"] for each in json.loads(answer.output)]


def test_search(openics: Openics) -> None:
    assert found(openics, "example broker") == [SECOND, FIRST]
    assert found(openics, "Brokers Ltd") == [FIRST]
    assert found(openics, "01234") == [FIRST]
    assert found(openics, SECOND.lower()) == [SECOND]
    assert found(openics, "example", "--role", "supplier") == [SECOND]
    assert openics("register", "search", "nobody").output == "Nothing on the register fits.\n"
    assert "EXAMPLE BROKERS LIMITED" in openics("register", "search", "brokers").output


def test_show(openics: Openics) -> None:
    shown = openics("register", "show", FIRST)
    assert (shown.exit_code, shown.output.splitlines()) == (
        0,
        [
            f"{FIRST} EXAMPLE BROKERS LIMITED, active",
            "In force:       Broker licence 01234, nominee LICENCE HOLDER 04321, from 2025-01-01, evidence: gazette 7",
            "Not in force:   Depot licence D100, from 2020-01-01, until 2021-01-01, evidence: old licence",
        ],
    )
    assert json.loads(openics("register", "show", FIRST, "--json").output)["client_id"] == FIRST
    none = openics("register", "show", FIRST, "--on", "2026-02-27")
    assert none.output == f"No version of {FIRST} was kept by the end of 2026-02-27.\n"
    assert openics("register", "show", FIRST, "--on", "2026-03-01").exit_code == 0
    assert openics("register", "show", FIRST, "--on", "x").exit_code == 2
    missing = openics("register", "show", "AAC3333333F")
    assert (missing.exit_code, "No such client is registered." in missing.output) == (1, True)


def test_merge_and_history(openics: Openics) -> None:
    done = openics("register", "merge", FIRST, SECOND, "--reason", "one company", "--by", "operator")
    assert (done.exit_code, done.output) == (0, f"{SECOND} is merged into {FIRST} and answers with its record.\n")
    assert Client.objects.get(client_id=SECOND).merged_into == Client.objects.get(client_id=FIRST)
    assert openics("register", "show", SECOND).output.startswith(f"{SECOND} was merged into {FIRST}.\n{FIRST} EXAMPLE")
    lines = openics("register", "history", SECOND).output.splitlines()
    assert lines[0] == "Version 1, 2026-03-01 05:00 UTC, by AAR399A through mail"
    assert lines[1].endswith("UTC, by operator through console: one company")
    assert lines[2:] == ["  Status: ACTIVE -> CANCELLED", f"  Merged into: (nothing) -> {FIRST}"]
    kept = json.loads(openics("register", "history", SECOND, "--json").output)
    assert [(each["version"], each["record"]["merged_into"]) for each in kept] == [(1, ""), (2, FIRST)]
    again = openics("register", "merge", FIRST, SECOND, "--reason", "again")
    assert (again.exit_code, f"was merged into {FIRST} before." in again.output) == (1, True)


def test_licences_and_roles(openics: Openics) -> None:
    def codes(*arguments: str) -> list[str]:
        return [each["code"] for each in json.loads(openics("register", *arguments, "--json").output)]

    assert codes("licences") == ["01234", "D100"]
    assert codes("licences", "--in-force") == ["01234"]
    assert codes("licences", "--client", SECOND) == []
    assert codes("roles") == ["SUPPLIER"]
    assert "LICENCE HOLDER 04321" in openics("register", "licences").output
    assert openics("register", "roles", "--client", FIRST).output == "The register holds none.\n"


GOOD = f"""{",".join(COLUMNS)}
{ABN},EXAMPLE TRADING PTY LTD,ACTIVE,002,2 MAIN ROAD,,PERTH,6000,WA,AU,2020-07-01,
{ABN},EXAMPLE TRADING PTY LTD,ACTIVE,001,1 OLD ROAD,,PERTH,6000,WA,AU,2010-07-01,2020-06-30
53004085616,EXAMPLE CLOSED PTY LTD,CANCELLED,,,,,,,,,
"""


def test_an_extract_of_businesses_is_loaded(openics: Openics, tmp_path: Path, connection: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        assert load_businesses(cursor, [ABN]) is None
    file = tmp_path / "businesses.csv"
    file.write_text(GOOD)
    for _ in range(2):
        assert openics("register", "load-businesses", file).output == "2 ABNs are loaded.\n"
    with connection.cursor() as cursor:
        known = load_businesses(cursor, [ABN, "53004085616", "83914571673"])
    assert known is not None
    assert known.keys() == {ABN, "53004085616"}
    assert [each.code for each in known[ABN].valid_centres(date(2026, 3, 1))] == ["002"]
    assert known["53004085616"] == Business("53004085616", "EXAMPLE CLOSED PTY LTD", active=False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("abn,", "number,", "Its first line must name the columns"),
        ("53004085616", "53004085617", "Line 4: '53004085617' is no ABN"),
        ("CANCELLED", "GONE", "Line 4: There must be a name"),
        (",002,", ",2,", "Line 2: code: Write it as three digits"),
        ("2010-07-01", "1 July", "Line 3: valid_from and valid_until are dates"),
        ("2 MAIN ROAD", "", "Line 2: street: Enter the address line 1"),
    ],
)
def test_of_a_wrong_extract_nothing_is_loaded(old: str, new: str, said: str, openics: Openics, tmp_path: Path) -> None:
    file = tmp_path / "businesses.csv"
    file.write_text(GOOD.replace(old, new))
    answer = openics("register", "load-businesses", file)
    assert (answer.exit_code, said in answer.output) == (1, True)
    assert BusinessNumber.objects.count() == 0
