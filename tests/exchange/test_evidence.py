"""The evidence chain: complete, ordered, and any change shows."""

from collections.abc import Iterator

import psycopg
import pytest

from openics.exchange.evidence import chain, record_sent, verify
from openics.exchange.intake import accept


@pytest.fixture
def chained(connection: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """A chain of four entries."""
    for number in range(3):
        accept(connection, channel="mail", content=b"mail %d" % number, sender="a", peer="")
    with connection.transaction(), connection.cursor() as cursor:
        record_sent(cursor, [b"answer"], "mail")
    assert chain(connection) == 4
    return connection


def test_an_untouched_chain_holds(chained: psycopg.Connection) -> None:
    found = verify(chained)
    assert (found.checked, found.unchained, found.broken) == (4, 0, None)
    head = chained.execute("SELECT link FROM evidence WHERE position = 4").fetchone()
    assert head is not None
    assert found.head == bytes(head[0]).hex()


def test_an_empty_log_holds(connection: psycopg.Connection) -> None:
    found = verify(connection)
    assert (found.checked, found.unchained, found.head, found.broken) == (0, 0, "00" * 32, None)


def test_entries_not_reached_yet_are_counted(chained: psycopg.Connection) -> None:
    accept(chained, channel="mail", content=b"late", sender="a", peer="")
    assert verify(chained).unchained == 1
    assert chain(chained) == 1
    assert (verify(chained).checked, verify(chained).unchained) == (5, 0)


def test_the_chain_is_the_same_in_one_go_and_in_steps(chained: psycopg.Connection) -> None:
    whole = verify(chained).head
    chained.execute("UPDATE evidence SET position = NULL, link = NULL")
    assert [chain(chained, limit=1) for _ in range(5)] == [1, 1, 1, 1, 0]
    assert verify(chained).head == whole


@pytest.mark.parametrize(
    ("tampering", "position", "reason"),
    [
        ("UPDATE evidence SET content = 'other' WHERE position = 2", 2, "the content is not what was recorded"),
        (
            "UPDATE evidence SET content = 'other', digest = sha256('other') WHERE position = 2",
            2,
            "the link does not fit the entry before it",
        ),
        (
            "UPDATE evidence SET recorded_at = recorded_at - interval '1 second' WHERE position = 3",
            3,
            "the link does not fit the entry before it",
        ),
        ("UPDATE evidence SET channel = 'api' WHERE position = 1", 1, "the link does not fit the entry before it"),
        ("UPDATE evidence SET position = NULL WHERE position = 3", 3, "entry 3 is missing; entry 4 follows"),
    ],
)
def test_any_change_breaks_the_chain_where_it_was_made(
    chained: psycopg.Connection, tampering: str, position: int, reason: str
) -> None:
    chained.execute(tampering)  # type: ignore[arg-type]
    broken = verify(chained).broken
    assert broken is not None
    assert (broken.position, broken.reason) == (position, reason)


def test_two_chainers_at_once_make_one_chain(connection: psycopg.Connection, database_url: str) -> None:
    from threading import Thread

    for number in range(200):
        accept(connection, channel="mail", content=b"%d" % number, sender="a", peer="")

    def work() -> None:
        with psycopg.connect(database_url, autocommit=True) as own:
            while chain(own, limit=7):
                pass

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify(connection)
    assert (found.checked, found.unchained, found.broken) == (200, 0, None)
