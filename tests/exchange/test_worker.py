"""The worker: order, parking, halving, and what a dying worker leaves behind."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread

import psycopg
import pytest

from exchange.conftest import NOW, OTHER, SITE, counts, declaration, interchange, sent, state
from openics.decision.outcome import Outcome, Request
from openics.decision.room import Handler
from openics.exchange.handlers import HANDLERS
from openics.exchange.intake import lane_of
from openics.exchange.opening import Received
from openics.exchange.parking import content, items, release, retry
from openics.exchange.pipeline import Pipeline
from openics.exchange.submission import submit
from openics.exchange.worker import LANE_LOCK, Worker


class PoisonError(Exception):
    """Raised by the handler that fails on purpose."""


def failing(reference: str) -> dict[str, Handler]:
    """The system's handlers, but one document makes its decision fail."""
    own = HANDLERS["EXD"]

    def decide(request: Request, facts: object, now: object) -> Outcome:
        if getattr(request.document, "sender_reference", "") == reference:
            raise PoisonError(f"cannot decide {reference}")
        return own.decide(request, facts, now)  # type: ignore[arg-type]

    return {**HANDLERS, "EXD": replace(own, decide=decide)}


def lodge(worker: Worker, *references: str, site: str = SITE) -> list[int]:
    """Submit one interchange for each reference; returns the intake numbers."""
    return [
        submit(worker.connection, interchange(declaration(name), reference=name, site=site), site=site, channel="web")
        for name in references
    ]


def answered(worker: Worker, site: str = SITE) -> list[str]:
    """The sender references answered with an EDN."""
    documents = [document for document in sent(worker, site) if document.name == "EXDR"]
    return [getattr(document, "sender_reference", "") for document in documents]


def test_a_batch_is_answered_in_the_order_of_arrival(worker: Worker) -> None:
    names = [f"D{number:02d}" for number in range(20)]
    lodge(worker, *names)
    assert worker.run_once() == 20
    assert answered(worker) == names


def test_a_batch_gives_what_single_items_give(make_worker: Callable[..., Worker]) -> None:
    names = [f"D{number}" for number in range(6)]
    together, alone = make_worker(), make_worker(batch_size=1)
    lodge(together, *names)
    together.run_once()
    lodge(alone, *names, site=OTHER)
    while alone.run_once():
        pass
    assert answered(together) == answered(alone, OTHER) == names
    rows = together.connection.execute(
        "SELECT owner, array_agg((sender_reference, state, version)::text ORDER BY id) FROM message "
        "WHERE direction = 'in' GROUP BY owner"
    ).fetchall()
    assert rows[0][1] == rows[1][1]


def test_the_failing_item_alone_is_parked(make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(failing("D3"))
    intakes = lodge(worker, "D0", "D1", "D2", "D3", "D4", "D5", "D6")
    worker.run_once()
    assert answered(worker) == ["D0", "D1", "D2", "D4", "D5", "D6"]
    assert [state(worker, intake) for intake in intakes] == [
        ("parked", "internal-error") if number == 3 else ("done", None) for number in range(7)
    ]
    (parked,) = items(worker.connection, "parked")
    assert parked.refusal is not None
    assert parked.refusal["text"] == "PoisonError: cannot decide D3"


def test_a_parked_item_leaves_nothing_and_can_be_retried(make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(failing("D0"))
    before = counts(worker)
    (intake,) = lodge(worker, "D0")
    worker.run_once()
    assert counts(worker) == before
    assert content(worker.connection, intake) == interchange(declaration("D0"), reference="D0")
    mended = make_worker()
    assert retry(mended.connection, intake)
    assert mended.run_once() == 1
    assert answered(mended) == ["D0"]
    assert not retry(mended.connection, intake)


def test_a_parked_item_can_be_released_with_a_reason(make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(failing("D0"))
    (intake,) = lodge(worker, "D0")
    worker.run_once()
    assert release(worker.connection, intake, "sent by mistake", NOW)
    assert state(worker, intake) == ("refused", "internal-error")
    row = worker.connection.execute("SELECT refusal ->> 'released' FROM intake WHERE id = %s", (intake,)).fetchone()
    assert row == ("sent by mistake",)
    assert not release(worker.connection, intake, "again", NOW)
    with pytest.raises(LookupError, match="no item 999999"):
        content(worker.connection, 999999)


def test_an_item_that_keeps_killing_its_worker_is_parked_and_the_rest_go_on(make_worker: Callable[..., Worker]) -> None:
    worker = make_worker()
    first, second = lodge(worker, "KILLER", "NEXT")
    worker.connection.execute("UPDATE intake SET attempts = 5 WHERE id = %s", (first,))
    worker.run_once()
    assert state(worker, first) == ("parked", "worker-died")
    assert answered(worker) == ["NEXT"]
    assert state(worker, second) == ("done", None)


def test_a_suspect_item_is_handled_alone(make_worker: Callable[..., Worker]) -> None:
    sizes: list[int] = []

    class Watched(Pipeline):
        """A pipeline that notes the size of its batches."""

        def process(self, cursor: psycopg.Cursor, received: object, now: object) -> None:
            sizes.append(len(received))  # type: ignore[arg-type]
            super().process(cursor, received, now)  # type: ignore[arg-type]

    worker = make_worker()
    worker.pipeline = Watched(worker.pipeline.openers, worker.pipeline.handlers, worker.pipeline.policy)
    intakes = lodge(worker, "A", "B", "C", "D", "E")
    worker.connection.execute("UPDATE intake SET attempts = 2 WHERE id = %s", (intakes[2],))
    worker.run_once()
    assert sizes == [2, 1, 2]
    assert answered(worker) == ["A", "B", "C", "D", "E"]


def test_what_is_begun_is_counted_even_when_the_worker_dies(make_worker: Callable[..., Worker]) -> None:
    class DyingError(BaseException):
        """As good as kill -9: nothing may catch it."""

    class Dying(Pipeline):
        """A pipeline that never comes back."""

        def process(self, cursor: psycopg.Cursor, received: object, now: object) -> None:
            super().process(cursor, received, now)  # type: ignore[arg-type]
            raise DyingError

    worker = make_worker()
    (intake,) = lodge(worker, "D0")
    before = counts(worker)
    dying = Worker(worker.connection, Dying(worker.pipeline.openers, HANDLERS, worker.pipeline.policy), worker.clock)
    with pytest.raises(DyingError):
        dying.run_once()
    assert counts(worker) == before
    assert worker.connection.execute("SELECT state, attempts FROM intake WHERE id = %s", (intake,)).fetchone() == (
        "pending", 1,
    )  # fmt: skip
    worker.run_once()
    assert answered(worker) == ["D0"]


def test_what_waits_behind_an_item_that_kills_its_worker_is_not_parked_with_it(
    make_worker: Callable[..., Worker],
) -> None:
    class DyingError(BaseException):
        """As good as kill -9: nothing may catch it."""

    class Deadly(Pipeline):
        """A pipeline that one item ends."""

        def process(self, cursor: psycopg.Cursor, received: Sequence[Received], now: datetime) -> None:
            if any(b"KILLER" in each.content for each in received):
                raise DyingError
            super().process(cursor, received, now)

    worker = make_worker()
    worker.pipeline = Deadly(worker.pipeline.openers, HANDLERS, worker.pipeline.policy)
    first, *others = lodge(worker, "KILLER", "A", "B", "C")
    deaths = 0
    while state(worker, first)[0] == "pending":
        with suppress(DyingError):
            worker.run_once()
            deaths -= 1
        deaths += 1
    assert deaths == 5
    assert state(worker, first) == ("parked", "worker-died")
    assert [state(worker, each) for each in others] == [("done", None)] * 3
    assert answered(worker) == ["A", "B", "C"]


def test_a_lane_that_somebody_holds_is_left_alone(worker: Worker, database_url: str) -> None:
    lodge(worker, "MINE")
    lodge(worker, "OTHERS", site=OTHER)
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", (LANE_LOCK, lane_of(SITE)))
        assert worker.run_once() == 1
        assert (answered(worker), answered(worker, OTHER)) == ([], ["OTHERS"])
    assert worker.run_once() == 1
    assert answered(worker) == ["MINE"]


def test_many_workers_handle_everything_once(make_worker: Callable[..., Worker], database_url: str) -> None:
    pattern = make_worker()
    names = [f"D{number:02d}" for number in range(30)]
    lodge(pattern, *names)
    lodge(pattern, *names, site=OTHER)
    stop = Event()

    def work() -> None:
        with psycopg.connect(database_url, autocommit=True) as own:
            Worker(
                own, replace(pattern.pipeline, policy=replace(pattern.pipeline.policy, batch_size=4)), pattern.clock
            ).run(stop)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(600):
            left = pattern.connection.execute("SELECT count(*) FROM intake WHERE state = 'pending'").fetchone()
            if left == (0,):
                break
            stop.wait(0.05)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert answered(pattern) == names
    assert answered(pattern, OTHER) == names
    numbers = pattern.connection.execute("SELECT count(DISTINCT edn), count(*) FROM export_declaration").fetchone()
    assert numbers == (60, 60)


def test_the_same_document_from_two_channels_at_once_is_stored_once(worker: Worker) -> None:
    submit(worker.connection, interchange(declaration("ONE"), reference="A1"), site=SITE, channel="web")
    submit(worker.connection, interchange(declaration("ONE"), reference="A2"), site=SITE, channel="file")
    worker.run_once()
    assert counts(worker)["export_declaration"] == 1
    verdicts = [getattr(document, "declaration_number", None) for document in sent(worker) if document.name == "EXDR"]
    assert [verdict is None for verdict in verdicts] == [False, True]
