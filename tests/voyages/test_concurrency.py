"""Two workers at once: what one is deciding about a voyage, the other waits for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event as Signal

import psycopg
import pytest

from arrival_reports import AGENT, ARRIVED, AT_SYDNEY, CLIENTS, MELBOURNE, NOW, OTHER, SHIP, change, request, rules
from openics.clients.record import insert_clients
from openics.decision.outcome import Outcome, Request
from openics.decision.room import Decided
from openics.reference.loader import load_samples
from openics.voyages.handlers import HANDLERS
from openics.voyages.load import load
from openics.voyages.record import record

pytestmark = pytest.mark.django_db(transaction=True)


def settle(url: str, sent: Request, now: datetime, loaded: Signal, go_on: Signal) -> Outcome:
    """Decide a report in a transaction of its own, saying when its facts are loaded."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        facts = load(cursor, [sent], now)
        loaded.set()
        go_on.wait(10)
        outcome = HANDLERS[sent.document.name].decide(sent, facts, now)
        record(cursor, [Decided(sent, outcome, now)])
    return outcome


def at_once(url: str, first: Request, second: Request, now: datetime) -> list[Outcome]:
    """Decide both, the second starting while the first is being decided; it must wait."""
    first_loaded, second_loaded, go_on = Signal(), Signal(), Signal()
    with ThreadPoolExecutor(2) as workers:
        one = workers.submit(settle, url, first, now, first_loaded, go_on)
        first_loaded.wait(10)
        other = workers.submit(settle, url, second, now, second_loaded, go_on)
        waited = second_loaded.wait(0.3) is False
        go_on.set()
        outcomes = [one.result(10), other.result(10)]
    assert waited
    return outcomes


@pytest.fixture
def url(database_url: str) -> str:
    """A database with the clients and the reference data."""
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        insert_clients(cursor, CLIENTS)
        load_samples(cursor, NOW)
    return database_url


def stored(url: str, *documents: Request, now: datetime = NOW) -> None:
    """Settle reports one after the other."""
    for each in documents:
        nobody = Signal()
        nobody.set()
        assert settle(url, each, now, Signal(), nobody).accepted


def count(url: str, table: str) -> int:
    """How many rows a table has."""
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def test_the_same_report_twice_at_once_is_stored_once(url: str) -> None:
    outcomes = at_once(url, request(SHIP, 1), request(SHIP, 2), NOW)
    assert [outcome.accepted for outcome in outcomes] == [True, False]
    assert rules(outcomes[1]) == ["G02"]
    assert count(url, "voyage") == 1


def test_two_parties_that_report_one_voyage_at_once_wait_for_each_other(url: str) -> None:
    outcomes = at_once(url, request(SHIP, 1), request(SHIP, 2, owner=OTHER), NOW)
    assert [outcome.accepted for outcome in outcomes] == [True, False]
    assert rules(outcomes[1]) == ["IAR-06", "IAR-05"]
    assert count(url, "voyage") == 1


def test_two_arrivals_at_one_port_at_once_are_stored_once(url: str) -> None:
    stored(url, request(SHIP))
    outcomes = at_once(url, request(ARRIVED, 1), request(ARRIVED, 2, owner=AGENT), AT_SYDNEY)
    assert [outcome.accepted for outcome in outcomes] == [True, False]
    assert rules(outcomes[1]) == ["AAR-05"]
    assert count(url, "actual_arrival") == 1


def test_an_arrival_and_a_change_at_once_see_each_other(url: str) -> None:
    stored(url, request(SHIP))
    delete = change(calls=(MELBOURNE.replace(action="D"),))
    melbourne = ARRIVED.replace(port_of_arrival="AUMEL")
    outcomes = at_once(url, request(delete, 1), request(melbourne, 2), AT_SYDNEY)
    assert [rules(outcome) for outcome in outcomes] == [[], ["AAR-04"]]
    assert count(url, "actual_arrival") == 0


def test_a_withdrawal_without_any_data_waits_for_the_arrival(url: str) -> None:
    stored(url, request(SHIP))
    withdrawal = type(SHIP)(sender_reference="SIA1", version=2, function="50")
    outcomes = at_once(url, request(ARRIVED, 1), request(withdrawal, 2), AT_SYDNEY)
    assert [rules(outcome) for outcome in outcomes] == [[], ["IAR-17"]]
    assert count(url, "voyage_version") == 1
