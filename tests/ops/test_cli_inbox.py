"""`openics inbox`: looking at what was received, trying again, letting go."""

from datetime import UTC, datetime
from json import dumps

import psycopg
import pytest

from exchange.conftest import SITE, interchange
from openics.exchange.intake import accept
from openics.exchange.submission import wait
from openics.exchange.worker import Worker
from openics.sandbox.story import current_declaration
from ops.conftest import Openics

REASON = {"code": "internal-error", "text": "KeyError: 'EDN'", "fix": "Look at it", "rule": ""}


@pytest.fixture
def parked(register: psycopg.Connection) -> int:
    """A declaration that could not be handled."""
    content = interchange(current_declaration("EXPORT-1", datetime.now(UTC)))
    intake = accept(register, channel="file", content=content, sender=SITE, peer="")
    register.execute(
        "UPDATE intake SET state = 'parked', attempts = 3, refusal = %s, finished_at = now(), "
        "received_at = '2026-03-02 01:30Z' WHERE id = %s",
        (dumps(REASON), intake),
    )
    return intake


def state(connection: psycopg.Connection, intake: int) -> tuple[object, ...] | None:
    """State, attempts and refusal of an item."""
    return connection.execute("SELECT state, attempts, refusal FROM intake WHERE id = %s", (intake,)).fetchone()


def test_parked_items_are_listed_with_their_reasons(openics: Openics, parked: int) -> None:
    result = openics("inbox", "list")
    assert result.exit_code == 0
    cells = [
        [cell.strip() for cell in line.strip("│┃").replace("┃", "│").split("│")] for line in result.output.splitlines()
    ]
    assert cells[1] == ["Intake", "Received (UTC)", "Channel", "Sender", "Attempts", "Reason", "What to do"]
    assert cells[3] == [str(parked), "2026-03-02 01:30:00", "file", SITE, "3", "KeyError: 'EDN'", "Look at it"]
    assert len(cells) == 5


@pytest.mark.parametrize("chosen", ["pending", "refused", "done"])
def test_other_states_are_listed_on_request(openics: Openics, parked: int, chosen: str) -> None:
    result = openics("inbox", "list", "--state", chosen)
    assert (result.exit_code, result.output) == (0, f"No item is {chosen}.\n")


def test_a_state_that_there_is_not_is_refused(openics: Openics, parked: int) -> None:
    result = openics("inbox", "list", "--state", "lost")
    assert result.exit_code == 2
    assert "'lost' is not one of 'pending', 'parked', 'refused', 'done'" in " ".join(
        result.output.replace("│", "").split()
    )


def test_an_item_is_shown_byte_for_byte(openics: Openics, parked: int, register: psycopg.Connection) -> None:
    row = register.execute("SELECT content FROM evidence").fetchone()
    assert row is not None
    result = openics("inbox", "show", parked)
    assert (result.exit_code, result.stdout_bytes) == (0, bytes(row[0]))


def test_an_item_that_there_is_not(openics: Openics, parked: int) -> None:
    result = openics("inbox", "show", parked + 1)
    assert result.exit_code == 2
    assert f"there is no item {parked + 1} in the inbox" in result.output


def test_a_parked_item_is_tried_again_and_goes_through(openics: Openics, parked: int, working: Worker) -> None:
    result = openics("inbox", "retry", parked)
    assert (result.exit_code, result.output) == (0, f"Item {parked} waits for a worker again.\n")
    with psycopg.connect(working.connection.info.dsn, autocommit=True) as connection:
        assert wait(connection, parked).state == "done"
        assert connection.execute("SELECT sender_reference FROM export_declaration").fetchall() == [("EXPORT-1",)]


def test_a_parked_item_is_let_go_with_a_reason(openics: Openics, parked: int, register: psycopg.Connection) -> None:
    result = openics("inbox", "release", parked, "--reason", "sent twice by a test")
    assert (result.exit_code, result.output) == (0, f"Item {parked} is closed.\n")
    assert state(register, parked) == ("refused", 3, {**REASON, "released": "sent twice by a test"})
    assert register.execute("SELECT count(*) FROM evidence").fetchone() == (1,)


@pytest.mark.parametrize("command", [("retry",), ("release", "--reason", "why")])
def test_only_parked_items_are_touched(
    openics: Openics, parked: int, register: psycopg.Connection, command: tuple[str, ...]
) -> None:
    register.execute("UPDATE intake SET state = 'done'")
    before = state(register, parked)
    result = openics("inbox", *command, parked)
    text = f"Item {parked} is not parked; `openics inbox list` shows those that are.\n"
    assert (result.exit_code, result.output) == (1, text)
    assert state(register, parked) == before
