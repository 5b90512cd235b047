"""A worker: takes lanes of the inbox in turn and puts their batches through the pipeline.

A lane is locked for its worker, so what one sender sent is handled in order while other lanes go in parallel. A batch that
fails is halved until the failing item is alone; that one is parked with its error and the rest go through. An item whose
worker died over it several times is handled alone, and then parked.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps
from threading import Event as Flag

import structlog
from psycopg import Connection, InterfaceError, OperationalError

from openics.continuity.outage_store import held
from openics.exchange.intake import WAKE_WORKERS
from openics.exchange.opening import Received
from openics.exchange.pipeline import Pipeline

LANE_LOCK = 0x1A4E
"""First half of the advisory lock key of a lane; the lane is the second half."""
SUSPECT_AFTER = 2
"""From this many begun but unfinished attempts on, an item is handled alone."""
IDLE_SECONDS = 1.0

log = structlog.get_logger()


@dataclass(slots=True)
class Worker:
    """Handles the inbox over one connection, which must be in autocommit mode."""

    connection: Connection
    pipeline: Pipeline
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def run(self, stop: Flag) -> None:
        """Work until `stop` is set."""
        self.connection.execute(f"LISTEN {WAKE_WORKERS}")
        while not stop.is_set():
            if not self._run_guarded():
                for _ in self.connection.notifies(timeout=IDLE_SECONDS, stop_after=1):
                    break

    def _run_guarded(self) -> int:
        try:
            return self.run_once()
        except OperationalError as error:
            if self.connection.closed:
                raise
            log.warning("batch put back", error=str(error))
            return 0

    def run_once(self) -> int:
        """Take one batch from each lane that waits and that nobody else holds; returns how many items were handled.

        What came by a channel that a planned outage holds up waits for its end.
        """
        held_up = self._held()
        lanes = self.connection.execute(
            "SELECT DISTINCT lane FROM intake WHERE state = 'pending' AND channel <> ALL(%s) ORDER BY lane", (held_up,)
        ).fetchall()
        return sum(self._run_lane(lane, held_up) for (lane,) in lanes)

    def _held(self) -> list[str]:
        with self.connection.cursor() as cursor:
            return sorted(held(cursor, self.clock())[0])

    def _run_lane(self, lane: int, held_up: Sequence[str] = ()) -> int:
        row = self.connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LANE_LOCK, lane)).fetchone()
        if row is None or not row[0]:
            return 0
        try:
            return self._handle(self._next(lane, held_up))
        finally:
            with suppress(OperationalError, InterfaceError):  # a lost connection has lost its locks too
                self.connection.execute("SELECT pg_advisory_unlock(%s, %s)", (LANE_LOCK, lane))

    def _next(self, lane: int, held_up: Sequence[str]) -> list[tuple[Received, int]]:
        """The lane's next items that are not held up, and how often each was begun before."""
        rows = self.connection.execute(
            "SELECT i.id, i.channel, e.content, i.sender, i.received_at, i.attempts FROM intake i "
            "JOIN evidence e ON e.id = i.evidence_id WHERE i.lane = %s AND i.state = 'pending' AND i.channel <> ALL(%s) "
            "ORDER BY i.id LIMIT %s",
            (lane, list(held_up), self.pipeline.policy.batch_size),
        ).fetchall()
        return [(Received(row[0], row[1], bytes(row[2]), row[3], row[4]), row[5]) for row in rows]

    def _handle(self, waiting: Sequence[tuple[Received, int]]) -> int:
        run: list[Received] = []
        for received, before in waiting:
            if before < SUSPECT_AFTER:
                run.append(received)
                continue
            self._attempt(run)
            run = []
            if before >= self.pipeline.policy.most_attempts:
                self._park(received, "worker-died", f"its worker ended without an answer {before} times")
            else:
                self._attempt([received])
        self._attempt(run)
        return len(waiting)

    def _attempt(self, batch: Sequence[Received]) -> None:
        """Process a batch that counts as begun before anything can go wrong; what waits behind it is not begun yet."""
        if not batch:
            return
        with self.connection.transaction():
            self.connection.execute("SET LOCAL synchronous_commit = off")
            ids = [received.intake for received in batch]
            self.connection.execute("UPDATE intake SET attempts = attempts + 1 WHERE id = ANY(%s)", (ids,))
        self._process(batch)

    def _process(self, batch: Sequence[Received]) -> None:
        try:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                self.pipeline.process(cursor, batch, self.clock())
            log.info("batch handled", intakes=[received.intake for received in batch])
        except (OperationalError, InterfaceError):
            raise  # the database is away or asks to try again: nothing is known about the batch
        except Exception as error:
            if len(batch) == 1:
                log.exception("item parked", intake=batch[0].intake)
                self._park(batch[0], "internal-error", f"{type(error).__name__}: {error}")
            else:
                middle = len(batch) // 2
                self._process(batch[:middle])
                self._process(batch[middle:])

    def _park(self, received: Received, code: str, text: str) -> None:
        refusal = {
            "code": code,
            "text": text[:2000].replace("\0", ""),
            "fix": "An operator looks at it with `openics inbox show`, and lets it go again with `openics inbox retry`",
            "rule": "",
        }
        with self.connection.transaction():
            self.connection.execute(
                "UPDATE intake SET state = 'parked', refusal = %s, finished_at = %s WHERE id = %s",
                (dumps(refusal), self.clock(), received.intake),
            )
