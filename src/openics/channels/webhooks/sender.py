"""Makes the deliveries; any number of senders may work on one database."""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg
import structlog

from openics.channels.webhooks.sending import GONE, Answered, send
from openics.exchange import webhooks
from openics.exchange.webhooks import Due
from openics.pki.webhook_signature import derived, signed

IDLE_SECONDS: Final = 1.0
AT_ONCE: Final = 8
OVERLAP: Final = timedelta(days=1)
"""How long the secret before the last one signs as well."""
TIDY_EVERY: Final = timedelta(hours=1)

log = structlog.get_logger()


@dataclass(slots=True)
class Sender:
    """Sends what is due; `master` is what the secrets are derived from, `private` allows addresses inside the house."""

    database_url: str
    master: bytes
    public_url: str
    private: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set, through restarts of the database."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while not stop.is_set():
                try:
                    with psycopg.connect(
                        self.database_url, autocommit=True, application_name="openics webhooks"
                    ) as connection:
                        self._work(connection, pool, stop)
                except psycopg.OperationalError as error:
                    log.warning("sender lost the database", error=type(error).__name__)
                    stop.wait(IDLE_SECONDS)

    def run_once(self, connection: psycopg.Connection, pool: ThreadPoolExecutor) -> int:
        """Make the deliveries that are due, one for each subject; returns how many were tried."""
        with connection.transaction(), connection.cursor() as cursor:
            due = webhooks.take_due(cursor, AT_ONCE, self.clock())
        answers = list(pool.map(self._deliver, due))
        self._record(connection, due, answers)
        return len(due)

    def _work(self, connection: psycopg.Connection, pool: ThreadPoolExecutor, stop: threading.Event) -> None:
        connection.execute(f"LISTEN {webhooks.WAKE}".encode())
        tidied = None
        while not stop.is_set():
            now = self.clock()
            if tidied is None or now - tidied > TIDY_EVERY:
                webhooks.clear_old(connection, now)
                tidied = now
            if not self.run_once(connection, pool):
                list(connection.notifies(timeout=IDLE_SECONDS, stop_after=1))

    def _deliver(self, due: Due) -> Answered:
        content = body(due, self.public_url)
        now = self.clock()
        generations = [due.generation]
        if due.renewed_at is not None and now - due.renewed_at < OVERLAP:
            generations.append(due.generation - 1)
        secrets = [derived(self.master, due.webhook, generation) for generation in generations]
        return send(due.url, content, signed(secrets, f"event-{due.event}", now, content), private=self.private)

    def _record(self, connection: psycopg.Connection, due: Sequence[Due], answers: Sequence[Answered]) -> None:
        now = self.clock()
        for each, answer in zip(due, answers, strict=True):
            log.info("webhook", webhook=each.webhook, webhook_event=each.event, status=answer.status)
            with connection.transaction(), connection.cursor() as cursor:
                if answer.taken:
                    webhooks.record_taken(cursor, each, answer.status, answer.text, now)
                    continue
                webhooks.record_failed(cursor, each, answer.status, answer.text, now)
                if answer.status == GONE:
                    webhooks.stop(cursor, each.webhook, "The receiver said that it wants no more (410)")


def body(due: Due, public_url: str) -> bytes:
    """What a receiver is told: that something happened, and where to read it. What exactly, its own sign-in decides."""
    content = {
        "type": due.code,
        "timestamp": due.at.astimezone(UTC).isoformat(),
        "cursor": due.event,
        "data": {"subject_kind": due.subject_kind, "subject_key": due.subject_key, **_link(due, public_url)},
    }
    return json.dumps(content).encode()


def _link(due: Due, public_url: str) -> dict[str, str]:
    pages = {"EDN": "declarations", "SITE": "sites"}
    place = pages.get(due.subject_kind)
    return {"page": f"{public_url}/{place}/{due.subject_key}/"} if place else {}
