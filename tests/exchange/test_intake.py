"""The inbox's door: durable, once, and in lanes."""

from hashlib import sha256
from threading import Barrier, Thread

import psycopg
import pytest

from openics.exchange.intake import LANES, accept, accept_all, lane_of


def test_what_is_accepted_is_committed_with_its_bytes(connection: psycopg.Connection, database_url: str) -> None:
    intake = accept(connection, channel="mail", content=b"a mail\0\xff", sender="Trader@Example", peer="127.0.0.1")
    with psycopg.connect(database_url) as other:
        row = other.execute(
            "SELECT i.state, i.lane, i.sender, i.peer, i.redeliveries, e.direction, e.content, e.digest, e.position "
            "FROM intake i JOIN evidence e ON e.id = i.evidence_id WHERE i.id = %s",
            (intake,),
        ).fetchone()
    expected = ("pending", lane_of("trader@example"), "Trader@Example", "127.0.0.1", 0, "in", b"a mail\0\xff")
    assert row == (*expected, sha256(b"a mail\0\xff").digest(), None)


def test_the_same_bytes_again_are_counted_and_not_taken_twice(connection: psycopg.Connection) -> None:
    first = accept(connection, channel="mail", content=b"once", sender="a", peer="")
    again = accept(connection, channel="mail", content=b"once", sender="a", peer="")
    assert again == first
    assert connection.execute("SELECT count(*), sum(redeliveries) FROM intake").fetchone() == (1, 1)
    assert connection.execute("SELECT count(*) FROM evidence").fetchone() == (1,)


def test_the_same_bytes_over_another_channel_are_another_item(connection: psycopg.Connection) -> None:
    first = accept(connection, channel="mail", content=b"once", sender="a", peer="")
    assert accept(connection, channel="file", content=b"once", sender="a", peer="") != first


def test_the_same_bytes_at_the_same_moment_are_taken_once(connection: psycopg.Connection, database_url: str) -> None:
    barrier, found = Barrier(8), []

    def deliver() -> None:
        with psycopg.connect(database_url, autocommit=True) as own:
            barrier.wait()
            found.append(accept(own, channel="mail", content=b"race", sender="a", peer=""))

    threads = [Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert connection.execute("SELECT count(*), sum(redeliveries) FROM intake").fetchone() == (1, 7)


def test_a_database_that_refuses_leaves_nothing(connection: psycopg.Connection) -> None:
    connection.execute("ALTER TABLE intake ADD CONSTRAINT refuse_all CHECK (peer <> 'refused') NOT VALID")
    try:
        with pytest.raises(psycopg.errors.CheckViolation):
            accept(connection, channel="mail", content=b"x", sender="a", peer="refused")
    finally:
        connection.execute("ALTER TABLE intake DROP CONSTRAINT refuse_all")
    assert connection.execute("SELECT (SELECT count(*) FROM intake), (SELECT count(*) FROM evidence)").fetchone() == (
        0,
        0,
    )


def test_a_waiting_worker_is_told(connection: psycopg.Connection, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("LISTEN inbox")
        accept(connection, channel="mail", content=b"wake", sender="a", peer="")
        assert [note.channel for note in listener.notifies(timeout=5, stop_after=1)] == ["inbox"]


def test_lanes_depend_on_the_sender_alone_and_stay_in_range() -> None:
    assert lane_of(" Trader@EXAMPLE ") == lane_of("trader@example")
    lanes = {lane_of(f"site-{number}@example") for number in range(2000)}
    assert lanes == set(range(LANES))


class TestTogether:
    """Several with one commit."""

    def test_each_gets_its_own_number_in_order(self, connection: psycopg.Connection) -> None:
        received = [(b"mail %d" % number, f"sender-{number}", "peer") for number in range(5)]
        numbers = accept_all(connection, "mail", received)
        rows = connection.execute(
            "SELECT i.id, e.content, i.sender, i.peer FROM intake i JOIN evidence e ON e.id = i.evidence_id ORDER BY i.id"
        ).fetchall()
        assert rows == [(number, *each) for number, each in zip(numbers, received, strict=True)]
        assert numbers == sorted(set(numbers))

    def test_the_same_bytes_twice_in_one_go_are_taken_once(self, connection: psycopg.Connection) -> None:
        first, other, again = accept_all(connection, "mail", [(b"x", "a", ""), (b"y", "a", ""), (b"x", "a", "")])
        assert first == again != other
        assert connection.execute("SELECT redeliveries FROM intake ORDER BY id").fetchall() == [(1,), (0,)]

    def test_one_that_cannot_be_stored_keeps_all_out(self, connection: psycopg.Connection) -> None:
        connection.execute("ALTER TABLE intake ADD CONSTRAINT refuse_some CHECK (peer <> 'refused') NOT VALID")
        try:
            with pytest.raises(psycopg.errors.CheckViolation):
                accept_all(connection, "mail", [(b"x", "a", ""), (b"y", "a", "refused"), (b"z", "a", "")])
        finally:
            connection.execute("ALTER TABLE intake DROP CONSTRAINT refuse_some")
        assert connection.execute("SELECT count(*) FROM evidence").fetchone() == (0,)
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE

    def test_nothing_is_nothing(self, connection: psycopg.Connection) -> None:
        assert accept_all(connection, "mail", []) == []
