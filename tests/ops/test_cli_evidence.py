"""`openics evidence verify`: says that the chain holds, or where it is broken."""

import psycopg
import pytest

from openics.exchange.evidence import chain
from openics.exchange.intake import accept
from ops.conftest import Openics


@pytest.fixture
def chained(connection: psycopg.Connection) -> psycopg.Connection:
    """Three entries in the chain."""
    for number in range(3):
        accept(connection, channel="mail", content=b"mail %d" % number, sender="a@b.example", peer="")
    assert chain(connection) == 3
    return connection


def head(connection: psycopg.Connection) -> str:
    """The link of the last entry."""
    row = connection.execute("SELECT link FROM evidence ORDER BY position DESC NULLS LAST LIMIT 1").fetchone()
    assert row is not None
    return bytes(row[0]).hex()


def test_a_chain_that_holds(openics: Openics, chained: psycopg.Connection) -> None:
    accept(chained, channel="mail", content=b"late", sender="a@b.example", peer="")
    result = openics("evidence", "verify")
    assert (result.exit_code, result.output) == (
        0,
        f"3 entries checked, 1 not chained yet.\nHead of the chain: {head(chained)}\nThe chain holds.\n",
    )


@pytest.mark.parametrize(
    ("tampering", "place", "reason"),
    [
        ("UPDATE evidence SET content = 'other' WHERE position = 2", 2, "the content is not what was recorded"),
        (
            "UPDATE evidence SET content = 'other', digest = sha256('other') WHERE position = 2",
            2,
            "the link does not fit the entry before it",
        ),
        (
            "UPDATE evidence SET recorded_at = recorded_at - interval '1 s' WHERE position = 3",
            3,
            "the link does not fit the entry before it",
        ),
    ],
)
def test_tampering_ends_1_and_names_the_place(
    openics: Openics, chained: psycopg.Connection, tampering: str, place: int, reason: str
) -> None:
    chained.execute(tampering.encode())
    result = openics("evidence", "verify")
    assert result.exit_code == 1
    first, _, last = result.output.splitlines()
    assert first == f"{place - 1} entries checked, 0 not chained yet."
    assert last == f"The chain is broken at entry {place}: {reason}."


def test_a_removed_entry_is_missed(openics: Openics, chained: psycopg.Connection) -> None:
    chained.execute("DELETE FROM intake WHERE evidence_id = (SELECT id FROM evidence WHERE position = 2)")
    chained.execute("DELETE FROM evidence WHERE position = 2")
    result = openics("evidence", "verify")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "The chain is broken at entry 2: entry 2 is missing; entry 3 follows."
