"""Looks at what is due: unconfirmed interchanges, and the rooms' due dates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event as Flag
from typing import Any

import structlog
from psycopg import Connection, Cursor, InterfaceError, OperationalError

from openics.continuity.outage_store import held
from openics.decision.outcome import Due, Event
from openics.decision.room import DueHandler
from openics.exchange import evidence, recording
from openics.exchange.outbox import AT_WORK, renew_dates
from openics.exchange.pipeline import send
from openics.exchange.policy import Policy
from openics.exchange.recording import EventRow, Rows
from openics.exchange.rendering import Answer

BATCH = 500
CUSTOMS = "customs"
PUT_OFF = timedelta(hours=1)
"""How long a due date whose handling failed waits for the next try."""

_UNCONFIRMED = f"""
SELECT o.id, o.site, o.sends, i.id, i.control_reference
FROM outbox_item o JOIN interchange i ON i.id = o.interchange_id
WHERE o.state = 'delivered' AND o.wants_confirmation AND o.next_attempt_at <= %s AND {AT_WORK}
ORDER BY o.id LIMIT %s FOR UPDATE OF o SKIP LOCKED
"""  # noqa: S608 - constants

log = structlog.get_logger()


@dataclass(slots=True)
class Sweeper:
    """Sweeps over one connection, which must be in autocommit mode."""

    connection: Connection
    policy: Policy
    due: Mapping[str, DueHandler]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def run(self, stop: Flag, every: float = 1.0) -> None:
        """Sweep until `stop` is set."""
        while not stop.wait(every):
            self.run_once()

    def run_once(self) -> int:
        """One sweep; returns how many things were done."""
        return self._chain() + self.resend() + self.fire()

    def _chain(self) -> int:
        return evidence.chain(self.connection)

    def resend(self) -> int:
        """Send unconfirmed interchanges again, with a new date in UNB; park those sent as often as the policy says.

        Not in a planned outage that holds up received mail, nor soon after it: what confirms them may wait to be handled.
        """
        now = self.clock()
        with self.connection.transaction(), self.connection.cursor() as cursor:
            if "mail" in held(cursor, now, self.policy.resend_after)[0]:
                return 0
            cursor.execute(
                _UNCONFIRMED,
                (now, BATCH),
            )
            rows = cursor.fetchall()
            again = [row for row in rows if row[2] < self.policy.resend_attempts]
            given_up = [row for row in rows if row[2] >= self.policy.resend_attempts]
            _send_again(cursor, [row[0] for row in again], now)
            renew_dates(cursor, [row[3] for row in again], now)
            _park(cursor, [row[0] for row in given_up], self.policy)
            recording.write_events(
                cursor,
                [_event("exchange.resent", row) for row in again]
                + [_event("exchange.unconfirmed", row) for row in given_up],
                now,
            )
        return len(rows)

    def fire(self) -> int:
        """Hand the due dates that have come to their rooms; kinds that only a newer sweeper knows are left to it."""
        now = self.clock()
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM due_date WHERE id IN (SELECT id FROM due_date WHERE at <= %s AND kind = ANY(%s) "
                "ORDER BY at, id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING kind, subject_kind, subject_key, at",
                (now, list(self.due), BATCH),
            )
            come = sorted((Due(*row) for row in cursor.fetchall()), key=lambda due: (due.at or now, due.subject_key))
            for handler in {id(handler): handler for handler in self.due.values()}.values():
                own = [due for due in come if self.due[due.kind] is handler]
                if own:
                    self._fire_guarded(cursor, handler, own, now)
        return len(come)

    def _fire_guarded(self, cursor: Cursor, handler: DueHandler, come: list[Due], now: datetime) -> None:
        """Handle due dates; what fails is halved until the failing one is alone, which is put off and holds up no other."""
        try:
            with self.connection.transaction():
                self._fire(cursor, handler, come, now)
        except (OperationalError, InterfaceError):
            raise  # the database is away or asks to try again: nothing is known about the due dates
        except Exception:
            if len(come) > 1:
                middle = len(come) // 2
                self._fire_guarded(cursor, handler, come[:middle], now)
                self._fire_guarded(cursor, handler, come[middle:], now)
                return
            log.exception("due date put off", kind=come[0].kind, subject=come[0].subject_key)
            recording.write_due(cursor, [replace(come[0], at=now + PUT_OFF)])

    def _fire(self, cursor: Cursor, handler: DueHandler, come: list[Due], now: datetime) -> None:
        facts = handler.load(cursor, come, now)
        outcomes = []
        for due in come:
            outcome = handler.decide(due, facts, now)
            facts.apply(outcome)
            outcomes.append(outcome)
        handler.record(cursor, outcomes)
        rows = Rows()
        rows.events = [EventRow(event, CUSTOMS, "", None) for outcome in outcomes for event in outcome.events]
        rows.due = [due for outcome in outcomes for due in outcome.due]
        addressed = [each for outcome in outcomes for each in outcome.documents]
        answers = [
            Answer(each.site, each.document, each.answers, each.wants_receipt, each.mailed) for each in addressed
        ]
        send(cursor, rows, answers, self.policy, now)
        recording.write(cursor, rows, now)
        if rows.events or answers:
            log.info("due dates handled", count=len(come))


def _send_again(cursor: Cursor, items: list[int], now: datetime) -> None:
    cursor.execute(
        "UPDATE outbox_item SET state = 'waiting', evidence_id = NULL, next_attempt_at = %s WHERE id = ANY(%s)",
        (now, items),
    )
    if items:
        cursor.execute("SELECT pg_notify('outbox', '')")


def _park(cursor: Cursor, items: list[int], policy: Policy) -> None:
    text = f"not confirmed by the site after {policy.resend_attempts} sends; waits for a request to send it again"
    cursor.execute("UPDATE outbox_item SET state = 'parked', error = %s WHERE id = ANY(%s)", (text, items))


def _event(code: str, row: tuple[Any, ...]) -> EventRow:
    data = {"control_reference": row[4], "sends": row[2]}
    return EventRow(Event(code, "SITE", row[1], data), CUSTOMS, "mail", None)
