"""Amendments and mergers of clients' records on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from openics.clients import register_store
from openics.clients.codes import ClientKind, EntryKind, Standing
from openics.clients.facts import RegisteredClient
from openics.clients.load import load_clients
from openics.clients.models import Client
from openics.clients.record import insert_clients
from openics.clients.register_errors import RegisterError
from openics.clients.register_models import ClientVersion
from openics.clients.register_record import Entry
from openics.clients.register_store import Stored
from openics.exchange import client_care
from openics.exchange.care import By
from openics.exchange.handlers import DUE
from openics.exchange.models import DueDate, Event
from openics.exchange.policy import Policy
from openics.exchange.sweeper import Sweeper

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
OFFICER = By("duty.officer@customs.example", "web", NOW)
FIRST, SECOND, THIRD = "AAA3333333A", "AAA3333334N", "51824753556"
DEPOT = Entry(EntryKind.DEPOT_LICENCE, "D100", date(2025, 1, 1), evidence="licence sighted")


@pytest.fixture
def register(connection: psycopg.Connection) -> psycopg.Connection:
    """Three clients on the register."""
    clients = [
        RegisteredClient(FIRST, ClientKind.ORGANISATION, NOW, name="EXAMPLE TRADING LIMITED", roles=("SUPPLIER",)),
        RegisteredClient(SECOND, ClientKind.ORGANISATION, NOW, name="EXAMPLE TRADERS LTD", roles=("EXPORTER",)),
        RegisteredClient(THIRD, ClientKind.ABN, NOW, name="EXAMPLE TRADING PTY LTD", roles=("IMPORTER",)),
    ]
    with connection.cursor() as cursor:
        insert_clients(cursor, clients, "AAR399A", "mail")
    return connection


def stored(connection: psycopg.Connection, client: str = FIRST) -> Stored:
    with connection.cursor() as cursor:
        found = register_store.load(cursor, client)
    assert found is not None
    return found


def versions(connection: psycopg.Connection, client: str) -> list[register_store.Version]:
    with connection.cursor() as cursor:
        return register_store.versions(cursor, client)


def rename(connection: psycopg.Connection, name: str, client: str = FIRST) -> bool:
    before = stored(connection, client)
    return client_care.amend(connection, replace(before.record, name=name), before.version, OFFICER, "asked for")


def give(connection: psycopg.Connection, client: str, *entries: Entry) -> bool:
    before = stored(connection, client)
    record = replace(before.record, entries=(*before.record.entries, *entries))
    return client_care.amend(connection, record, before.version, OFFICER, "seen")


def test_an_amendment_adds_a_version_and_leaves_the_one_before(register: psycopg.Connection) -> None:
    before = stored(register).record
    assert rename(register, "EXAMPLE TRADING GROUP LIMITED") is True
    first, second = versions(register, FIRST)
    assert (first.number, first.actor, first.channel, first.record) == (1, "AAR399A", "mail", before)
    assert (second.number, second.actor, second.channel, second.reason) == (2, OFFICER.actor, "web", "asked for")
    assert second.record == stored(register).record == replace(before, name="EXAMPLE TRADING GROUP LIMITED")
    assert Client.objects.get(client_id=FIRST).match_key == "EXAMPLE TRADING GROUP LIMITED||||||"
    (event,) = Event.objects.all()
    assert (event.code, event.subject_kind, event.subject_key, event.actor, event.channel, event.data) == (
        *("client.amended", "CLIENT", FIRST, OFFICER.actor, "web"),
        {"version": 2, "reason": "asked for"},
    )


def test_amending_to_what_is_so_changes_nothing(register: psycopg.Connection) -> None:
    assert rename(register, "EXAMPLE TRADING LIMITED") is False
    assert (ClientVersion.objects.count(), Event.objects.count()) == (3, 0)


def test_two_who_amend_the_same_version(register: psycopg.Connection) -> None:
    seen = stored(register)
    rename(register, "THE FIRST NAME")
    with pytest.raises(RegisterError, match="you saw version 1, now there is version 2") as refused:
        client_care.amend(register, replace(seen.record, name="THE SECOND NAME"), seen.version, OFFICER)
    assert refused.value.code == "amended-meanwhile"
    assert stored(register).record.name == "THE FIRST NAME"


def test_a_client_that_was_written_without_versions_keeps_its_first_state(connection: psycopg.Connection) -> None:
    Client.objects.create(
        client_id=FIRST, kind="ORG", name="OLD NAME", match_key="", roles=["SUPPLIER"], address={"street": "1 OLD ROAD"}
    )
    assert rename(connection, "NEW NAME") is True
    first, second = versions(connection, FIRST)
    assert (first.number, first.record.name, first.record.roles(date.max)) == (1, "OLD NAME", ("SUPPLIER",))
    assert (second.number, second.record.name, second.record.address) == (2, "NEW NAME", {"street": "1 OLD ROAD"})
    assert first.at == Client.objects.get().registered_at


def test_entries_come_back_as_they_were_written(register: psycopg.Connection) -> None:
    branch = Entry(
        EntryKind.BRANCH, "AF46JR", TODAY, date(2027, 1, 1), "NORTH BRANCH", {"street": "1 QUAY", "country": "AU"}
    )
    broker = Entry(EntryKind.BROKER_LICENCE, "01234", TODAY, None, "", {}, "LICENCE HOLDER", "04321", "gazette 7")
    give(register, FIRST, branch, DEPOT, broker)
    assert stored(register).record.entries[1:] == (branch, DEPOT, broker)
    assert versions(register, FIRST)[1].record == stored(register).record


def test_a_licence_belongs_to_one_client_at_a_time(register: psycopg.Connection) -> None:
    give(register, FIRST, DEPOT)
    later = replace(DEPOT, valid_from=date(2026, 6, 1))
    with pytest.raises(RegisterError, match=f"Depot licence D100 belongs to {FIRST}") as refused:
        give(register, SECOND, later)
    assert refused.value.code == "code-taken"
    assert (len(versions(register, SECOND)), stored(register, SECOND).version) == (1, 1)
    before = stored(register)
    ended = replace(DEPOT, valid_until=date(2026, 5, 31))
    client_care.amend(register, replace(before.record, entries=(ended,)), before.version, OFFICER)
    assert give(register, SECOND, later) is True


def test_cancelling_and_activating(register: psycopg.Connection) -> None:
    assert client_care.set_standing(register, FIRST, Standing.CANCELLED, "ceased trading", OFFICER) is True
    assert client_care.set_standing(register, FIRST, Standing.CANCELLED, "again", OFFICER) is False
    assert Client.objects.get(client_id=FIRST).status == "CANCELLED"
    with pytest.raises(RegisterError, match="No reason is given"):
        client_care.set_standing(register, FIRST, Standing.ACTIVE, " ", OFFICER)
    assert client_care.set_standing(register, FIRST, Standing.ACTIVE, "trades again", OFFICER) is True
    assert list(Event.objects.order_by("id").values_list("code", flat=True)) == ["client.cancelled", "client.activated"]


def test_a_merged_client_answers_with_its_survivor(register: psycopg.Connection) -> None:
    give(register, SECOND, DEPOT)
    gone = stored(register, SECOND).record
    client_care.merge(register, FIRST, SECOND, "one company", OFFICER)
    with register.cursor() as cursor:
        assert register_store.survivor_id(cursor, SECOND) == FIRST
        answered = load_clients(cursor, {FIRST, SECOND})
    assert answered[SECOND] == answered[FIRST]
    assert (answered[SECOND].client_id, answered[SECOND].roles) == (FIRST, ("SUPPLIER", "EXPORTER"))
    assert stored(register, SECOND).record == replace(gone, standing=Standing.CANCELLED, merged_into=FIRST)
    said = f"taken over from {SECOND}"
    assert stored(register).record.entries[1:] == (
        replace(gone.entries[0], evidence=f"at registration; {said}"),
        replace(DEPOT, evidence=f"licence sighted; {said}"),
    )
    events = Event.objects.filter(code__startswith="client.merged").order_by("id")
    assert list(events.values_list("code", "subject_key", "data")) == [
        ("client.merged-into", SECOND, {"survivor": FIRST, "version": 3, "reason": "one company"}),
        ("client.merged", FIRST, {"merged": SECOND, "version": 2, "reason": "one company"}),
    ]


def test_those_merged_before_follow_in_one_step(register: psycopg.Connection) -> None:
    client_care.merge(register, SECOND, FIRST, "one company", OFFICER)
    client_care.merge(register, THIRD, SECOND, "one company", OFFICER)
    with register.cursor() as cursor:
        assert [register_store.survivor_id(cursor, each) for each in (FIRST, SECOND, THIRD)] == [THIRD] * 3
        assert register_store.survivor_id(cursor, "AAC3333333F") is None
    assert list(Client.objects.order_by("client_id").values_list("merged_into__client_id", flat=True)) == [
        *(None, THIRD, THIRD),
    ]
    assert versions(register, FIRST)[-1].record.merged_into == THIRD


@pytest.mark.parametrize(
    ("survivor", "other", "code"),
    [
        (FIRST, FIRST, "same-client"),
        (FIRST, THIRD, "merged-already"),
        (THIRD, FIRST, "merged-already"),
        (FIRST, "AAC3333333F", "unknown-client"),
        (SECOND, FIRST, "survivor-cancelled"),
    ],
)
def test_mergers_that_make_no_sense(survivor: str, other: str, code: str, register: psycopg.Connection) -> None:
    if code == "merged-already":
        client_care.merge(register, SECOND, THIRD, "one company", OFFICER)
    if code == "survivor-cancelled":
        client_care.set_standing(register, SECOND, Standing.CANCELLED, "ceased", OFFICER)
    before = (ClientVersion.objects.count(), Event.objects.count())
    with pytest.raises(RegisterError) as refused:
        client_care.merge(register, survivor, other, "one company", OFFICER)
    assert refused.value.code == code
    assert (ClientVersion.objects.count(), Event.objects.count()) == before


def test_a_merged_record_is_not_amended(register: psycopg.Connection) -> None:
    client_care.merge(register, FIRST, SECOND, "one company", OFFICER)
    with pytest.raises(RegisterError, match=f"It was merged into {FIRST}. Amend {FIRST}."):
        rename(register, "ANOTHER NAME", SECOND)
    with pytest.raises(RegisterError, match=f"It was merged into {FIRST}."):
        client_care.set_standing(register, SECOND, Standing.ACTIVE, "why not", OFFICER)


def test_roles_follow_the_calendar(register: psycopg.Connection) -> None:
    give(register, FIRST, Entry(EntryKind.ROLE, "IMPORTER", date(2026, 3, 10), date(2026, 3, 20), evidence="form"))
    assert Client.objects.get(client_id=FIRST).roles == ["SUPPLIER"]
    due = DueDate.objects.get(subject_key=FIRST)
    assert (due.kind, due.at) == ("client-dates", datetime(2026, 3, 9, 13, 0, tzinfo=UTC))
    for day, roles, left in ((10, ["SUPPLIER", "IMPORTER"], 1), (21, ["SUPPLIER"], 0)):
        clock = datetime(2026, 3, day, 0, 0, tzinfo=UTC)
        assert Sweeper(register, Policy(), DUE, lambda at=clock: at).fire() == 1  # type: ignore[misc]
        assert Client.objects.get(client_id=FIRST).roles == roles
        assert DueDate.objects.filter(subject_key=FIRST).count() == left
    assert len(versions(register, FIRST)) == 2


def test_as_at(register: psycopg.Connection) -> None:
    before = stored(register)
    later = replace(OFFICER, now=NOW + timedelta(days=2))
    client_care.amend(register, replace(before.record, name="LATER NAME"), before.version, later)
    known = versions(register, FIRST)
    found = [register_store.as_at(known, NOW + timedelta(days=day)) for day in (-1, 0, 1, 2, 3)]
    assert [each.number if each else None for each in found] == [None, 1, 1, 2, 2]
