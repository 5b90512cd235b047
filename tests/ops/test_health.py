"""Health: all well, what waits too long, and a database that is away."""

import psycopg
import pytest

from openics.exchange.evidence import chain
from openics.exchange.intake import accept
from openics.ops.health import Finding, examine

WELL = [
    Finding("database", True, "reachable"),
    Finding("inbox", True, "nothing waits"),
    Finding("outbox", True, "nothing waits"),
    Finding("evidence chain", True, "nothing waits"),
]


@pytest.fixture
def looking(connection: psycopg.Connection, database_url: str) -> list[Finding]:
    """What is found at the beginning."""
    return examine(lambda: psycopg.connect(database_url))


def test_an_idle_system_is_well(looking: list[Finding]) -> None:
    assert looking == WELL


def test_what_has_just_come_is_no_reason_to_worry(connection: psycopg.Connection, database_url: str) -> None:
    accept(connection, channel="mail", content=b"mail", sender="a@b.example", peer="")
    assert chain(connection) == 1
    assert [each.well for each in examine(lambda: psycopg.connect(database_url))] == [True] * 4


def test_what_nobody_handles_is_named_with_its_age(connection: psycopg.Connection, database_url: str) -> None:
    for number in range(2):
        accept(connection, channel="mail", content=b"mail %d" % number, sender="a@b.example", peer="")
    connection.execute(
        "UPDATE intake SET received_at = now() - interval '300 seconds' WHERE id = (SELECT min(id) FROM intake)"
    )
    connection.execute("UPDATE evidence SET recorded_at = now() - interval '121 seconds'")
    found = {each.name: each for each in examine(lambda: psycopg.connect(database_url))}
    assert found["inbox"] == Finding("inbox", False, "2 waiting, the oldest for 300 s")
    assert found["evidence chain"] == Finding("evidence chain", False, "2 waiting, the oldest for 121 s")
    assert found["outbox"].well


@pytest.mark.parametrize(("overdue", "well"), [(299, True), (301, False)])
def test_mail_that_nobody_takes_is_named(
    connection: psycopg.Connection, database_url: str, overdue: int, well: bool
) -> None:
    connection.execute(
        "INSERT INTO outbox_item (notice, subject, site, recipient, wants_confirmation, state, created_at, attempts, sends, "
        "next_attempt_at, error) VALUES ('n', '', 'AAA676Y', 'a@b.example', false, 'sealed', now(), 0, 0, "
        "now() - make_interval(secs => %s), '')",
        (overdue,),
    )
    found = {each.name: each for each in examine(lambda: psycopg.connect(database_url))}
    assert found["outbox"] == Finding("outbox", well, f"1 waiting, the oldest for {overdue} s")


def test_a_database_that_is_away_is_a_finding() -> None:
    (found,) = examine(lambda: psycopg.connect("postgresql:///openics?host=/nowhere", connect_timeout=2))
    assert (found.name, found.well) == ("database", False)
    assert found.detail.startswith("cannot be reached: ")
    assert "/nowhere" in found.detail


def test_a_database_that_goes_away_meanwhile_is_a_finding(database_url: str, connection: psycopg.Connection) -> None:
    def connect() -> psycopg.Connection:
        found = psycopg.connect(database_url)
        connection.execute("SELECT pg_terminate_backend(%s)", (found.info.backend_pid,))
        return found

    (finding,) = examine(connect)
    assert (finding.name, finding.well) == ("database", False)
    assert finding.detail.startswith("cannot be reached: terminating connection")


def test_every_look_closes_its_connection(connection: psycopg.Connection, database_url: str) -> None:
    opened = []

    def connect() -> psycopg.Connection:
        opened.append(psycopg.connect(database_url))
        return opened[-1]

    assert examine(connect) == WELL
    assert [each.closed for each in opened] == [True]
