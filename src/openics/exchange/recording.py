"""Writes what a batch came to: one statement for each table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from psycopg import Cursor

from openics.decision.outcome import Due, Event, Outcome, Request
from openics.decision.room import Cursor as AnyCursor
from openics.edifact.faults import Fault
from openics.exchange.sql import as_json, insert, insert_numbered
from openics.exchange.webhooks import offer
from openics.messages.document import Document


@dataclass(slots=True)
class InterchangeRow:
    """One interchange, in or out."""

    id: int
    direction: str
    intake: int | None
    site: str
    control_reference: str
    test: bool
    outcome: str
    counted: bool
    content: bytes
    faults: list[dict[str, Any]]


@dataclass(slots=True)
class MessageRow:
    """One message, in or out."""

    id: int
    interchange: int
    direction: str
    position: int
    reference: str
    name: str
    site: str
    owner: str
    state: str
    document: Document | None = None
    sender_reference: str = ""
    version: int | None = None
    function: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    subject_kind: str = ""
    subject_key: str = ""
    answers: int | None = None


@dataclass(slots=True)
class OutboxRow:
    """Something to send."""

    site: str
    recipient: str
    subject: str
    wants_confirmation: bool
    interchange: int | None = None
    notice: str = ""
    is_text: bool = False


@dataclass(slots=True)
class EventRow:
    """Something that happened, with who and how."""

    event: Event
    actor: str
    channel: str
    message: int | None


@dataclass(slots=True)
class IntakeRow:
    """How the handling of a received item ended."""

    id: int
    state: str
    site: str
    checks: list[dict[str, Any]]
    refusal: dict[str, str] | None = None
    gateway_key: str | None = None


@dataclass(slots=True)
class Rows:
    """All rows of a batch."""

    intakes: list[IntakeRow] = field(default_factory=list)
    interchanges: list[InterchangeRow] = field(default_factory=list)
    messages: list[MessageRow] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    ciphers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What sites say they read, where it is news."""


def fault_as_json(fault: Fault) -> dict[str, Any]:
    """A fault as the log keeps it."""
    return {**asdict(fault), "code": int(fault.code), "meaning": fault.code.meaning, "place": fault.place}


def decided(row: MessageRow, request: Request, outcome: Outcome) -> None:
    """Put an outcome into its message's row."""
    row.state = "accepted" if outcome.accepted else "rejected"
    row.findings = [finding.to_json() for finding in outcome.findings]
    row.rules = [result.to_json() for result in outcome.results]
    row.subject_kind, row.subject_key = outcome.subject_kind, outcome.subject_key
    row.document = request.document


def write(cursor: Cursor, rows: Rows, now: datetime) -> None:
    """Write all rows of a batch."""
    _write_interchanges(cursor, rows.interchanges, now)
    _write_messages(cursor, rows.messages, now)
    write_outbox(cursor, rows.outbox, now)
    write_events(cursor, rows.events, now)
    write_due(cursor, rows.due)
    _write_ciphers(cursor, rows.ciphers)
    _finish_intakes(cursor, rows.intakes, now)


def _write_ciphers(cursor: Cursor, ciphers: dict[str, tuple[str, ...]]) -> None:
    for site, names in sorted(ciphers.items()):
        cursor.execute("UPDATE site SET ciphers = %s WHERE site_id = %s", (list(names), site))


def _write_interchanges(cursor: Cursor, rows: Sequence[InterchangeRow], now: datetime) -> None:
    columns = {
        "id": "bigint",
        "direction": "text",
        "intake_id": "bigint",
        "site": "text",
        "control_reference": "text",
        "test": "boolean",
        "outcome": "text",
        "counted": "boolean",
        "content": "bytea",
        "faults": "jsonb",
        "recorded_at": "timestamptz",
    }
    insert(
        cursor,
        "interchange",
        columns,
        [
            (r.id, r.direction, r.intake, r.site, r.control_reference, r.test, r.outcome, r.counted, r.content)
            + (r.faults, now)
            for r in rows
        ],
    )


def _write_messages(cursor: Cursor, rows: Sequence[MessageRow], now: datetime) -> None:
    columns = {
        "id": "bigint",
        "interchange_id": "bigint",
        "direction": "text",
        "position": "int",
        "reference": "text",
        "name": "text",
        "site": "text",
        "owner": "text",
        "state": "text",
        "document": "jsonb",
        "sender_reference": "text",
        "version": "int",
        "function": "text",
        "findings": "jsonb",
        "rules": "jsonb",
        "subject_kind": "text",
        "subject_key": "text",
        "answers_id": "bigint",
        "recorded_at": "timestamptz",
    }
    insert(
        cursor,
        "message",
        columns,
        [
            (r.id, r.interchange, r.direction, r.position, r.reference, r.name, r.site, r.owner, r.state)
            + (None if r.document is None else r.document.to_json(), r.sender_reference, r.version, r.function)
            + (r.findings, r.rules, r.subject_kind, r.subject_key, r.answers, now)
            for r in rows
        ],
    )


def write_outbox(cursor: Cursor, rows: Sequence[OutboxRow], now: datetime) -> None:
    """Put things to send into the outbox and wake a courier."""
    columns = {
        "interchange_id": "bigint",
        "notice": "text",
        "subject": "text",
        "site": "text",
        "recipient": "text",
        "wants_confirmation": "boolean",
        "state": "text",
        "created_at": "timestamptz",
        "attempts": "int",
        "sends": "int",
        "next_attempt_at": "timestamptz",
        "error": "text",
        "is_text": "boolean",
    }
    insert(
        cursor,
        "outbox_item",
        columns,
        [
            (
                r.interchange,
                r.notice,
                r.subject,
                r.site,
                r.recipient,
                r.wants_confirmation,
                "waiting",
                now,
                0,
                0,
                now,
                "",
                r.is_text,
            )
            for r in rows
        ],
    )
    if rows:
        cursor.execute("SELECT pg_notify('outbox', '')")


def write_events(cursor: AnyCursor, rows: Sequence[EventRow], now: datetime) -> None:
    """Add events to the log, and put them on their way to the webhooks of those who may know of them."""
    columns = {
        "code": "text",
        "subject_kind": "text",
        "subject_key": "text",
        "actor": "text",
        "channel": "text",
        "at": "timestamptz",
        "message_id": "bigint",
        "data": "jsonb",
    }
    numbers = insert_numbered(
        cursor,
        "event",
        columns,
        [
            (r.event.code, r.event.subject_kind, r.event.subject_key, r.actor, r.channel, now, r.message)
            + (dict(r.event.data),)
            for r in rows
        ],
    )
    if numbers:
        offer(cursor, numbers, now)


def write_due(cursor: Cursor, rows: Sequence[Due]) -> None:
    """Set, move and cancel due dates; the last word on a (kind, subject) counts."""
    last = {(due.kind, due.subject_kind, due.subject_key): due.at for due in rows}
    cancelled = [key for key, at in last.items() if at is None]
    if cancelled:
        cursor.execute(
            "DELETE FROM due_date USING unnest(%s::text[], %s::text[], %s::text[]) AS gone (kind, subject_kind, key) "
            "WHERE due_date.kind = gone.kind AND due_date.subject_kind = gone.subject_kind AND subject_key = gone.key",
            [list(column) for column in zip(*cancelled, strict=True)],
        )
    kept = [(*key, at) for key, at in last.items() if at is not None]
    if kept:
        cursor.execute(
            "INSERT INTO due_date (kind, subject_kind, subject_key, at) "
            "SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::timestamptz[]) "
            "ON CONFLICT (kind, subject_kind, subject_key) DO UPDATE SET at = excluded.at",
            [list(column) for column in zip(*kept, strict=True)],
        )


def _finish_intakes(cursor: Cursor, rows: Sequence[IntakeRow], now: datetime) -> None:
    cursor.execute(
        "UPDATE intake SET state = new.state, site = new.site, checks = new.checks, "
        "refusal = nullif(new.refusal, 'null'), gateway_key = new.gateway_key, finished_at = %s "
        "FROM ROWS FROM (unnest(%s::bigint[]), unnest(%s::text[]), unnest(%s::text[]), unnest(%s::text[]), "
        "jsonb_array_elements(%s::jsonb), jsonb_array_elements(%s::jsonb)) "
        "AS new (id, state, site, gateway_key, checks, refusal) WHERE intake.id = new.id",
        (
            now,
            [r.id for r in rows],
            [r.state for r in rows],
            [r.site for r in rows],
            [r.gateway_key for r in rows],
            as_json([r.checks for r in rows]),
            as_json([r.refusal for r in rows]),
        ),
    )
