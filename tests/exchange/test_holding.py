"""A planned outage holds up what is lodged, loses nothing of it, and sends nothing again meanwhile."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from exchange.conftest import NOW, SITE, declaration, interchange, sent, state, take
from exchange.test_sweeper import HALF_HOUR, deliver_all, outbox
from openics.continuity.codes import Concern
from openics.continuity.outages import Outage
from openics.exchange import outage_care
from openics.exchange.care import By
from openics.exchange.handlers import DUE
from openics.exchange.policy import Policy
from openics.exchange.standing import queues
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
STARTS, ENDS = NOW, NOW + 4 * HOUR


def announce(connection: psycopg.Connection, *concerns: Concern) -> int:
    wanted = Outage(0, STARTS, ENDS, concerns, "New machines.", (1,), NOW - HOUR)
    return outage_care.announce(connection, wanted, By("officer", "console", NOW - HOUR))[0].number


def at(worker: Worker, moment: object) -> Worker:
    return replace(worker, clock=lambda: moment)  # type: ignore[arg-type,return-value]


def test_what_is_lodged_waits_for_the_end_and_is_answered_then(worker: Worker) -> None:
    announce(worker.connection, Concern.EVERYTHING)
    intake = take(worker, interchange(declaration()))
    assert state(worker, intake) == ("pending", None)
    assert at(worker, ENDS - timedelta(seconds=1)).run_once() == 0
    assert sent(worker, SITE) == []
    assert at(worker, ENDS).run_once() == 1
    assert state(worker, intake) == ("done", None)
    assert [document.name for document in sent(worker, SITE)] == ["CONTRL", "EXDR"]


def test_before_it_begins_everything_goes_on(worker: Worker) -> None:
    announce(worker.connection, Concern.EVERYTHING)
    early = at(worker, STARTS - timedelta(seconds=1))
    assert state(worker, take(early, interchange(declaration()))) == ("done", None)


def test_only_what_it_concerns_waits(worker: Worker) -> None:
    announce(worker.connection, Concern.WEB, Concern.API)
    assert state(worker, take(worker, interchange(declaration("A")), channel="web"))[0] == "pending"
    assert state(worker, take(worker, interchange(declaration("B"), reference="R2"), channel="file"))[0] == "done"


@pytest.mark.parametrize("started", [False, True])
def test_called_off_or_ended_early_it_holds_up_nothing(started: bool, worker: Worker) -> None:
    number = announce(worker.connection, Concern.EVERYTHING)
    when = NOW + HOUR if started else NOW - HOUR / 2
    outage_care.cancel(worker.connection, number, "done", By("officer", "console", when))
    assert state(worker, take(at(worker, NOW + 2 * HOUR), interchange(declaration())))[0] == "done"


def test_what_is_not_confirmed_is_not_sent_again_before_the_confirmations_are_read(
    worker: Worker, connection: psycopg.Connection
) -> None:
    take(worker, interchange(declaration()))
    deliver_all(connection, NOW)
    announce(connection, Concern.GATEWAY)

    def sweeper(moment: object) -> Sweeper:
        return Sweeper(connection, Policy(), DUE, lambda: moment)  # type: ignore[arg-type,return-value]

    for moment in (NOW + HALF_HOUR, ENDS, ENDS + HALF_HOUR - timedelta(seconds=1)):
        assert sweeper(moment).resend() == 0
    assert outbox(connection) == [("delivered", 1), ("delivered", 1)]
    assert sweeper(ENDS + HALF_HOUR).resend() == 1


def test_an_inbox_that_waits_for_the_end_is_well(worker: Worker, connection: psycopg.Connection) -> None:
    announce(connection, Concern.GATEWAY)
    take(at(worker, NOW), interchange(declaration()), channel="mail")
    connection.execute("UPDATE intake SET received_at = %s", (NOW,))
    with connection.cursor() as cursor:
        seen = {hours: queues(cursor, NOW + hours * HOUR)[0].well for hours in (1, 4, 4.4, 4.6)}
    assert seen == {1: True, 4: True, 4.4: True, 4.6: False}


def test_a_change_is_made_once(connection: psycopg.Connection) -> None:
    by = By("officer", "web", NOW - HOUR)
    wanted = Outage(0, STARTS, ENDS, (Concern.WEB,), "Same.", (7, 1), NOW - HOUR)
    first, again = (outage_care.announce(connection, wanted, by) for _ in range(2))
    assert (first[1], again[1], first[0].number) == (True, False, again[0].number)
    number = first[0].number
    assert [outage_care.change(connection, number, by, ends_at=ENDS + HOUR)[1] for _ in range(2)] == [True, False]
    assert [outage_care.cancel(connection, number, "no need", by)[1] for _ in range(2)] == [True, False]
    events = connection.execute(
        "SELECT code, actor, channel, data FROM event WHERE subject_kind = 'OUTAGE' ORDER BY id"
    ).fetchall()
    times = {"starts_at": STARTS.isoformat(), "concerns": ["web"], "words": "Same."}
    later = {**times, "ends_at": (ENDS + HOUR).isoformat()}
    assert events == [
        ("outage.announced", "officer", "web", {**times, "ends_at": ENDS.isoformat()}),
        ("outage.changed", "officer", "web", later),
        ("outage.called-off", "officer", "web", {**later, "reason": "no need"}),
    ]
