"""Two workers at once: what one is deciding, the other waits for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import psycopg
import pytest

from export_declarations import CLEAR, CLIENTS, NOW, request
from openics.clients.record import insert_clients
from openics.decision.outcome import Outcome
from openics.decision.room import Decided
from openics.exports.decide import decide_declaration
from openics.exports.load import load
from openics.exports.record import record
from openics.reference.loader import load_samples


def lodge(url: str, number: int, loaded: Signal, go_on: Signal) -> Outcome:
    """Lodge the clear declaration in a transaction of its own, saying when its facts are loaded."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        sent = request(CLEAR, number)
        facts = load(cursor, [sent], NOW)
        loaded.set()
        go_on.wait(10)
        outcome = decide_declaration(sent, facts, NOW)
        record(cursor, [Decided(sent, outcome, NOW)])
    return outcome


@pytest.mark.django_db(transaction=True)
def test_the_same_declaration_twice_at_once_is_stored_once(database_url: str) -> None:
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        insert_clients(cursor, CLIENTS)
        load_samples(cursor, NOW)
    first_loaded, second_loaded, go_on = Signal(), Signal(), Signal()
    with ThreadPoolExecutor(2) as workers:
        first = workers.submit(lodge, database_url, 1, first_loaded, go_on)
        first_loaded.wait(10)
        second = workers.submit(lodge, database_url, 2, second_loaded, go_on)
        assert second_loaded.wait(0.3) is False
        go_on.set()
        outcomes = [first.result(10), second.result(10)]
    assert [outcome.accepted for outcome in outcomes] == [True, False]
    assert [finding.rule for finding in outcomes[1].findings] == ["X02"]
