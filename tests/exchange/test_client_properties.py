"""Whatever is amended and merged in whatever order, no version is lost and a merged id resolves in one step."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import psycopg
from django.db import connection as django_connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.test_client_care import NOW, OFFICER
from openics.clients import register_store
from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient
from openics.clients.identifiers import ccid
from openics.clients.record import insert_clients
from openics.clients.register_errors import RegisterError
from openics.clients.register_record import ClientRecord
from openics.exchange import client_care

IDS = [ccid(number) for number in range(4)]
AMEND = st.tuples(st.just("amend"), st.sampled_from(IDS), st.text("AB ", min_size=1, max_size=3))
MERGE = st.tuples(st.just("merge"), st.sampled_from(IDS), st.sampled_from(IDS))


def start(connection: psycopg.Connection) -> None:
    with django_connection.cursor() as cursor:
        cursor.execute("TRUNCATE client_version, client_entry, client CASCADE")
    made = [RegisteredClient(each, ClientKind.ORGANISATION, NOW, name=f"CLIENT {each}", roles=()) for each in IDS]
    with connection.cursor() as cursor:
        insert_clients(cursor, made)


def known(connection: psycopg.Connection, client: str) -> list[ClientRecord]:
    with connection.cursor() as cursor:
        return [each.record for each in register_store.versions(cursor, client)]


def carry_out(connection: psycopg.Connection, step: tuple[str, str, str], number: int) -> None:
    what, client, other = step
    by = replace(OFFICER, now=NOW + timedelta(minutes=number))
    if what == "merge":
        client_care.merge(connection, client, other, "one company", by)
        return
    with connection.cursor() as cursor:
        before = register_store.load(cursor, client)
    assert before is not None
    client_care.amend(connection, replace(before.record, name=other), before.version, by)


@given(steps=st.lists(AMEND | MERGE, max_size=10))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_and_a_merged_id_resolves_in_one_step(
    connection: psycopg.Connection, steps: list[tuple[str, str, str]]
) -> None:
    start(connection)
    seen = {each: known(connection, each) for each in IDS}
    for number, step in enumerate(steps):
        with suppress(RegisterError):
            carry_out(connection, step, number)
        for client in IDS:
            now = known(connection, client)
            assert now[: len(seen[client])] == seen[client]
            seen[client] = now
    present = {client: records[-1] for client, records in seen.items()}
    for client, record in present.items():
        with connection.cursor() as cursor:
            survivor = register_store.survivor_id(cursor, client)
        assert survivor == (record.merged_into or client)
        assert present[survivor].merged_into == ""
