"""The sweeper: sending again, giving up, redelivery on request, and due dates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import psycopg
import pytest

from exchange.conftest import NOW, SITE, declaration, interchange, sent, take
from openics.decision.outcome import Due, Outcome
from openics.edifact.reader import read_interchange
from openics.exchange.handlers import DUE
from openics.exchange.outbox import (
    record_deliveries,
    request_redelivery,
    store_sealed,
    take_due,
    take_waiting,
)
from openics.exchange.policy import Policy
from openics.exchange.rendering import redate
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker

HALF_HOUR = timedelta(minutes=30)


def deliver_all(connection: psycopg.Connection, at: datetime) -> list[bytes]:
    """Seal and deliver everything that waits, as a courier would; returns the mails."""
    with connection.transaction(), connection.cursor() as cursor:
        waiting = take_waiting(cursor, 100)
        store_sealed(cursor, [(item.id, b"sealed %d " % item.id + (item.content or b"")) for item in waiting], at)
        due = take_due(cursor, 100, at)
        record_deliveries(cursor, [item.id for item in due], [], at, HALF_HOUR)
    return [item.mail for item in due]


def outbox(connection: psycopg.Connection) -> list[tuple[str, int]]:
    """State and number of sends of everything in the outbox."""
    return connection.execute("SELECT state, sends FROM outbox_item ORDER BY id").fetchall()


@pytest.fixture
def sweeper(worker: Worker) -> Callable[[datetime], Sweeper]:
    """Makes a sweeper at a time, after a declaration was lodged and its answers delivered at NOW."""
    take(worker, interchange(declaration()))
    deliver_all(worker.connection, NOW)
    return lambda at: Sweeper(worker.connection, Policy(), DUE, lambda: at)


def test_nothing_is_sent_again_before_its_time(
    sweeper: Callable[[datetime], Sweeper], connection: psycopg.Connection
) -> None:
    assert sweeper(NOW + HALF_HOUR - timedelta(seconds=1)).resend() == 0
    assert outbox(connection) == [("delivered", 1), ("delivered", 1)]


def test_what_is_not_confirmed_is_sent_again_with_a_new_date(
    sweeper: Callable[[datetime], Sweeper], connection: psycopg.Connection
) -> None:
    later = NOW + HALF_HOUR
    assert sweeper(later).resend() == 1
    assert outbox(connection) == [("delivered", 1), ("waiting", 1)]
    (mail,) = deliver_all(connection, later)
    header = read_interchange(mail.partition(b" ")[2].partition(b" ")[2]).header
    assert header is not None
    assert (header.control_reference, header.date, header.time) == ("00000000000002", "260302", "1300")
    assert outbox(connection) == [("delivered", 1), ("delivered", 2)]


def test_the_first_mail_stays_as_evidence(
    sweeper: Callable[[datetime], Sweeper], connection: psycopg.Connection
) -> None:
    sweeper(NOW + HALF_HOUR).resend()
    deliver_all(connection, NOW + HALF_HOUR)
    rows = connection.execute("SELECT content FROM evidence WHERE direction = 'out' ORDER BY id").fetchall()
    assert len({bytes(content) for (content,) in rows}) == len(rows) == 3


def test_after_five_sends_it_is_parked_and_said_so(
    sweeper: Callable[[datetime], Sweeper], connection: psycopg.Connection
) -> None:
    at = NOW
    for _ in range(4):
        at += HALF_HOUR
        assert sweeper(at).resend() == 1
        deliver_all(connection, at)
    assert outbox(connection)[1] == ("delivered", 5)
    assert sweeper(at + HALF_HOUR).resend() == 1
    assert outbox(connection)[1] == ("parked", 5)
    assert sweeper(at + 10 * HALF_HOUR).resend() == 0
    codes = connection.execute(
        "SELECT code, data ->> 'sends' FROM event WHERE subject_kind = 'SITE' ORDER BY id"
    ).fetchall()
    assert codes == [*[("exchange.resent", str(sends)) for sends in range(1, 5)], ("exchange.unconfirmed", "5")]


def test_redelivery_on_request_starts_anew(
    sweeper: Callable[[datetime], Sweeper], connection: psycopg.Connection
) -> None:
    row = connection.execute("SELECT max(id) FROM outbox_item").fetchone()
    assert row is not None
    later = NOW + timedelta(days=1)
    assert request_redelivery(connection, row[0], later)
    assert not request_redelivery(connection, row[0], later), "it is on its way already"
    (mail,) = deliver_all(connection, later)
    assert b"+260303:1230+00000000000002+" in mail
    assert not request_redelivery(connection, 999999, later)


def test_a_failed_delivery_is_tried_again_ever_later_with_the_same_bytes(worker: Worker) -> None:
    connection = worker.connection
    take(worker, interchange(declaration(), acknowledgement_request=False))
    waits, mails, at = [], set(), NOW
    with connection.transaction(), connection.cursor() as cursor:
        store_sealed(cursor, [(item.id, b"sealed") for item in take_waiting(cursor, 10)], at)
    for _ in range(12):
        with connection.transaction(), connection.cursor() as cursor:
            (item,) = take_due(cursor, 10, at)
            assert take_due(cursor, 10, at - timedelta(microseconds=1)) == []
            mails.add(item.mail)
            record_deliveries(cursor, [], [(item.id, "421 come back")], at, HALF_HOUR)
            row = cursor.execute("SELECT next_attempt_at, error, attempts FROM outbox_item").fetchone()
        assert row is not None
        waits.append((row[0] - at).total_seconds())
        at = row[0]
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
    assert mails == {b"sealed"}
    assert row[1:] == ("421 come back", 12)


def test_redating_changes_date_and_time_alone() -> None:
    before = b"UNA:+.? 'UNB+UNOC:3+AAA336C::AAA336C+AAA676Y+250101:0000+00000000000001++++1'UNH+1'UNZ+1+1'"
    after = redate(before, NOW)
    assert after == before.replace(b"250101:0000", b"260302:1230")


def test_a_declaration_goes_idle_and_is_revoked_in_time(
    sweeper: Callable[[datetime], Sweeper], worker: Worker, connection: psycopg.Connection
) -> None:
    exported = datetime(2026, 3, 16, tzinfo=NOW.tzinfo)

    def status() -> str:
        row = connection.execute("SELECT status FROM export_declaration").fetchone()
        assert row is not None
        return str(row[0])

    assert sweeper(exported + timedelta(days=9)).fire() == 0
    assert status() == "CLEAR"
    assert sweeper(exported + timedelta(days=12)).fire() == 1
    assert status() == "IDLE"
    assert sweeper(exported + timedelta(days=32)).fire() == 1
    assert status() == "REVOKED"
    types = [getattr(document, "status_type", None) for document in sent(worker, SITE) if document.name == "EXDR"]
    assert types == ["CLEAR", "IDLE", "REVOKED"]
    assert sweeper(exported + timedelta(days=400)).fire() == 0


def test_a_due_date_that_fails_is_put_off_and_holds_up_no_other(worker: Worker, connection: psycopg.Connection) -> None:
    for number, name in enumerate(("A", "B", "C")):
        take(worker, interchange(declaration(name), reference=f"R{number}"))
    numbers = [edn for (edn,) in connection.execute("SELECT edn FROM export_declaration ORDER BY sender_reference")]
    handler = DUE["export.declaration.idle"]

    def decide(due: Due, facts: object, now: datetime) -> Outcome:
        if due.subject_key == numbers[1]:
            raise ValueError("this one cannot be decided")
        return handler.decide(due, facts, now)

    failing = dict.fromkeys(DUE, replace(handler, decide=decide))
    at = datetime(2026, 3, 28, tzinfo=NOW.tzinfo)
    assert Sweeper(connection, Policy(), failing, lambda: at).fire() == 3
    statuses = "SELECT status FROM export_declaration ORDER BY sender_reference"
    assert connection.execute(statuses).fetchall() == [("IDLE",), ("CLEAR",), ("IDLE",)]
    row = connection.execute("SELECT at FROM due_date WHERE subject_key = %s", (numbers[1],)).fetchone()
    assert row == (at + timedelta(hours=1),)
    assert Sweeper(connection, Policy(), DUE, lambda: at + timedelta(hours=1)).fire() == 1
    assert connection.execute(statuses).fetchall() == [("IDLE",)] * 3
