"""How the exchange stands: gateways that are connected, and what last came and went."""

import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from openics.exchange import standing
from openics.exchange.intake import accept
from openics.exchange.standing import MAIL_GATEWAY, Queue

NOW = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)


def add_mail(connection: psycopg.Connection, state: str, delivered_at: datetime | None) -> None:
    connection.execute(
        "INSERT INTO outbox_item (notice, subject, site, recipient, wants_confirmation, state, created_at, attempts, sends, "
        "next_attempt_at, delivered_at, error) VALUES ('n', '', 'AAA676Y', 'a@b.example', false, %s, %s, 0, 0, %s, %s, '')",
        (state, NOW, NOW, delivered_at),
    )


def test_an_idle_exchange(connection: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        assert [(each.name, each.count, each.age, each.well) for each in standing.queues(cursor, NOW)] == [
            ("inbox", 0, timedelta(), True),
            ("outbox", 0, timedelta(), True),
            ("evidence chain", 0, timedelta(), True),
        ]
        assert dict(standing.last_received(cursor)) == {}
        assert dict(standing.last_sent(cursor)) == {}


def test_a_gateway_is_seen_while_it_is_connected(connection: psycopg.Connection, database_url: str) -> None:
    with connection.cursor() as cursor:
        assert becomes(cursor, takes_mail=False)
        with psycopg.connect(database_url, application_name=MAIL_GATEWAY):
            assert standing.takes_mail(cursor) is True
        with psycopg.connect(database_url, application_name="openics worker"):
            assert becomes(cursor, takes_mail=False)


def becomes(cursor: psycopg.Cursor, *, takes_mail: bool) -> bool:
    """Whether it is so, or comes to be: the server forgets a closed connection a moment later."""
    end = time.monotonic() + 10
    while standing.takes_mail(cursor) is not takes_mail and time.monotonic() < end:
        time.sleep(0.02)
    return standing.takes_mail(cursor) is takes_mail


def test_the_last_of_each_channel(connection: psycopg.Connection) -> None:
    for number, (channel, minutes) in enumerate((("mail", 9), ("mail", 3), ("web", 5))):
        intake = accept(connection, channel=channel, content=b"%d" % number, sender="a@b.example", peer="")
        at = NOW - timedelta(minutes=minutes)
        connection.execute("UPDATE intake SET received_at = %s WHERE id = %s", (at, intake))
    add_mail(connection, "delivered", NOW - timedelta(minutes=2))
    add_mail(connection, "sealed", None)
    with connection.cursor() as cursor:
        assert dict(standing.last_received(cursor)) == {
            "mail": NOW - timedelta(minutes=3),
            "web": NOW - timedelta(minutes=5),
        }
        assert dict(standing.last_sent(cursor)) == {"mail": NOW - timedelta(minutes=2)}


def test_only_the_latest_rows_are_looked_at(connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, channel in enumerate(("web", "mail", "mail")):
        accept(connection, channel=channel, content=b"%d" % number, sender="a@b.example", peer="")
    monkeypatch.setattr(standing, "LOOKED_AT", 2)
    with connection.cursor() as cursor:
        assert list(standing.last_received(cursor)) == ["mail"]


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (120, True), (121, False)])
def test_a_queue_is_well_until_something_waits_too_long(seconds: int, well: bool) -> None:
    assert Queue("inbox", 1, timedelta(seconds=seconds), standing.OLDEST_PENDING).well is well
