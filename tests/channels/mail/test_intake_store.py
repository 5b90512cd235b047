"""Mails that arrive together share commits, and none of them suffers for another."""

import asyncio
import time

import psycopg
import pytest

from openics.channels.mail.server import MOST_TOGETHER, IntakeStore
from openics.exchange.standing import MAIL_GATEWAY

pytestmark = pytest.mark.django_db(transaction=True)


def store_all(database_url: str, peers: list[str]) -> list[int | BaseException]:
    """Store one mail for each peer, all at once, over one connection."""

    async def work() -> list[int | BaseException]:
        store = IntakeStore(database_url, connections=1)
        try:
            calls = (store(b"mail %d" % number, "a@b.example", peer) for number, peer in enumerate(peers))
            return list(await asyncio.gather(*calls, return_exceptions=True))
        finally:
            store.close()

    return asyncio.run(work())


def test_what_waits_during_a_commit_goes_into_the_next_one(database_url: str) -> None:
    numbers = store_all(database_url, ["peer"] * 40)
    with psycopg.connect(database_url) as connection:
        stored = connection.execute("SELECT i.id FROM intake i ORDER BY i.id").fetchall()
        commits = connection.execute("SELECT count(DISTINCT xmin::text) FROM intake").fetchone()
    assert [(number,) for number in numbers] == stored
    assert commits == (2,), f"40 mails need two commits of at most {MOST_TOGETHER}"


def test_one_that_cannot_be_stored_does_not_keep_the_others_out(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE intake ADD CONSTRAINT refuse_some CHECK (peer <> 'refused') NOT VALID")
        try:
            first, refused, last = store_all(database_url, ["one", "refused", "two"])
        finally:
            connection.execute("ALTER TABLE intake DROP CONSTRAINT refuse_some")
        rows = connection.execute("SELECT id, peer FROM intake ORDER BY id").fetchall()
    assert isinstance(refused, psycopg.errors.CheckViolation)
    assert rows == [(first, "one"), (last, "two")]


def test_a_sender_that_hung_up_does_not_disturb_the_others(database_url: str) -> None:
    async def work() -> list[int]:
        store = IntakeStore(database_url, connections=1)
        try:
            calls = [asyncio.create_task(store(b"mail %d" % number, "a@b.example", "")) for number in range(3)]
            await asyncio.sleep(0)
            calls[1].cancel()
            return [await calls[0], await calls[2]]
        finally:
            store.close()

    numbers = asyncio.run(work())
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT count(*), min(id), max(id) FROM intake").fetchone()
    assert rows == (3, *numbers)


def test_a_dead_connection_is_replaced_before_mail_comes(database_url: str) -> None:
    mine = "application_name = %s AND datname = current_database()"
    store = IntakeStore(database_url, connections=1, look_after=0.05)
    try:
        with psycopg.connect(database_url, autocommit=True) as connection:
            before = waited_for(connection, f"SELECT array_agg(pid) FROM pg_stat_activity WHERE {mine}")
            connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}", (MAIL_GATEWAY,))
            after = waited_for(
                connection, f"SELECT array_agg(pid) FROM pg_stat_activity WHERE {mine} AND pid <> {before[0]}"
            )
    finally:
        store.close()
    assert len(before) == len(after) == 1


def waited_for(connection: psycopg.Connection, query: str) -> list[int]:
    """The processes that a query finds, as soon as it finds any."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        row = connection.execute(query.encode(), (MAIL_GATEWAY,)).fetchone()
        if row and row[0]:
            return list(row[0])
        time.sleep(0.02)
    return []
