"""Arrival reports through the worker: interchange in, answer out, explained, and followed by the sweeper."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from arrival_reports import ARRIVED, FLIGHT, MELBOURNE, SHIP, SYDNEY, change
from exchange.conftest import *  # noqa: F403 - its fixtures: connection, register, make_worker, worker
from exchange.conftest import SITE, interchange, sent
from openics.exchange.explain import explain
from openics.exchange.handlers import DUE
from openics.exchange.policy import Policy
from openics.exchange.submission import submit
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker
from openics.messages.voyages.arrivals import ArrivalReport

LODGED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ARRIVAL = datetime(2026, 11, 28, 21, 0, tzinfo=UTC)


def answers(worker: Worker) -> list[tuple[str, list[str]]]:
    """The responses sent, each with the error ids that it lists."""
    found = [document for document in sent(worker) if document.name != "CONTRL"]
    return [(each.name, [entry.error for entry in getattr(each, "entries", ())]) for each in found]


def rows(connection: psycopg.Connection, query: str) -> list[tuple[object, ...]]:
    """What a query finds."""
    return connection.execute(query.encode()).fetchall()


def lodge(make_worker: Callable[..., Worker], now: datetime, *documents: ArrivalReport, reference: str) -> Worker:
    """Hand in one interchange, received at that time, and handle it."""
    worker = make_worker(now=now)
    intake = submit(worker.connection, interchange(*documents, reference=reference), site=SITE, channel="web")
    worker.connection.execute("UPDATE intake SET received_at = %s WHERE id = %s", (now, intake))
    assert worker.run_once() == 1
    return worker


@pytest.fixture
def at_sea(make_worker: Callable[..., Worker]) -> Worker:
    """The ship and a flight, reported in one interchange."""
    return lodge(make_worker, LODGED, SHIP, FLIGHT, reference="R1")


def test_a_report_without_fault_gets_no_response(at_sea: Worker) -> None:
    assert answers(at_sea) == []
    assert rows(
        at_sea.connection, "SELECT name, state, subject_kind, subject_key FROM message WHERE direction = 'in'"
    ) == [
        ("SEAIAR", "accepted", "VOYAGE", "9290452/126S"),
        ("AIRIAR", "accepted", "VOYAGE", "QF/142/2026-11-23"),
    ]
    assert rows(at_sea.connection, "SELECT subject_key, at FROM due_date ORDER BY at") == [
        ("QF/142/2026-11-23", datetime(2026, 11, 23, 11, 0, tzinfo=UTC)),
        ("9290452/126S", datetime(2026, 11, 28, 19, 30, tzinfo=UTC)),
    ]


def test_an_arrival_is_answered_only_when_something_is_to_be_said(
    at_sea: Worker, make_worker: Callable[..., Worker]
) -> None:
    lodge(make_worker, ARRIVAL, ARRIVED, ARRIVED.replace(sender_reference="SAA2"), reference="R2")
    assert answers(at_sea) == [("SEAAARR", ["MS5201", "CG9591"])]
    assert rows(at_sea.connection, "SELECT status FROM voyage WHERE craft = '9290452'") == [("ARRIVED",)]


def test_reports_of_one_interchange_see_each_other_in_their_order(make_worker: Callable[..., Worker]) -> None:
    late = lodge(make_worker, ARRIVAL, ARRIVED, SHIP, reference="R1")
    assert answers(late) == [("SEAAARR", ["MS5201", "CG9588"]), ("SEAIARR", ["MS5202", "CG9585"])]
    lodge(make_worker, ARRIVAL, ARRIVED.replace(version=2), reference="R2")
    assert rows(
        late.connection,
        "SELECT status, phase FROM voyage JOIN voyage_call ON voyage_id = reference WHERE arrival = 'SAA1'",
    ) == [("ARRIVED", "ARRIVED")]


def test_the_events_tell_the_story(at_sea: Worker, make_worker: Callable[..., Worker]) -> None:
    insert = change(calls=(MELBOURNE.replace(port="AUBNE", estimated_arrival_date=date(2026, 12, 4)),))
    lodge(make_worker, LODGED + timedelta(hours=1), insert, reference="R2")
    lodge(make_worker, ARRIVAL, ARRIVED, reference="R3")
    found = rows(at_sea.connection, "SELECT code FROM event WHERE subject_key = '9290452/126S' ORDER BY id")
    assert [code for (code,) in found] == [
        "voyage.reported",
        "voyage.status",
        "voyage.changed",
        "voyage.arrived",
        "voyage.status",
    ]


def test_the_sweeper_tells_that_an_arrival_is_overdue(at_sea: Worker) -> None:
    later = ARRIVAL + timedelta(days=2)
    assert Sweeper(at_sea.connection, Policy(), DUE, lambda: later).fire() == 2
    found = rows(
        at_sea.connection, "SELECT subject_key, data ->> 'port' FROM event WHERE code = 'voyage.arrival.overdue'"
    )
    assert sorted(found) == [
        ("9290452/126S", "AUSYD"),
        ("QF/142/2026-11-23", "AUMEL"),
        ("QF/142/2026-11-23", "AUSYD"),
    ]
    assert rows(at_sea.connection, "SELECT kind, subject_key, at FROM due_date WHERE at IS NOT NULL") == [
        ("voyage.arrival", "9290452/126S", datetime(2026, 12, 2, 3, 0, tzinfo=UTC))
    ]


def test_a_voyage_is_explained_by_its_reference_and_by_its_reports(
    at_sea: Worker, make_worker: Callable[..., Worker]
) -> None:
    again = SYDNEY.replace(estimated_arrival_date=date(2026, 12, 6))
    lodge(make_worker, LODGED, SHIP.replace(sender_reference="SIA2", calls=(again,)), reference="R2")
    lodge(make_worker, ARRIVAL, ARRIVED, reference="R3")
    found = [(each.title, each.status) for each in explain(at_sea.connection, "9290452/126S")]
    assert found[:2] == [
        ("Voyage 9290452/126S (SIA1)", "ARRIVED"),
        ("Voyage 9290452/126S LEG 2 (SIA2)", "EXPECTED"),
    ]
    assert [explain(at_sea.connection, name)[0].title for name in ("SIA2", "SAA1", "AIA1")] == [
        "Voyage 9290452/126S LEG 2 (SIA2)",
        "Voyage 9290452/126S (SIA1)",
        "Flight QF/142/2026-11-23 (AIA1)",
    ]
    reasons = explain(at_sea.connection, "SIA2")[0].reasons
    assert [reason["name"] for reason in reasons] == ["not withdrawn", "reported in time", "arrival at AUSYD (call 1)"]
