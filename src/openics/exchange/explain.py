"""Says in words how something stands: its status, why, and who must act next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from openics.messages.codes import TransportMode


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a declaration or a voyage stands, or what became of a message; `reasons` as the rooms keep conditions or findings."""

    title: str
    status: str
    reasons: tuple[dict[str, Any], ...]
    since: datetime | None
    message: int | None


def explain(connection: Connection, reference: str) -> list[Explanation]:
    """Everything known under an EDN, a voyage, a sender reference or a message number, messages last.

    A voyage is found by its reference (`9290452/126S`, `QF/142/2026-11-05`), which names all legs, or by the sender
    reference of any of its reports.
    """
    found = [_declaration(row) for row in _declarations(connection, reference)]
    found += [_voyage(row) for row in _voyages(connection, reference)]
    return found + [_message(row) for row in _messages(connection, reference)]


def _declarations(connection: Connection, reference: str) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT edn, sender_reference, status, conditions, changed_at FROM export_declaration "
        "WHERE edn = %(reference)s OR sender_reference = %(reference)s ORDER BY edn LIMIT 20",
        {"reference": reference},
    ).fetchall()


def _voyages(connection: Connection, reference: str) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT reference, mode, sender_reference, status, conditions, changed_at FROM voyage "
        "WHERE reference = %(reference)s OR starts_with(reference, %(reference)s || ' LEG ') "
        "OR sender_reference = %(reference)s "
        "OR reference IN (SELECT voyage_id FROM actual_arrival WHERE sender_reference = %(reference)s) "
        "ORDER BY reference LIMIT 20",
        {"reference": reference},
    ).fetchall()


def _messages(connection: Connection, reference: str) -> list[tuple[Any, ...]]:
    number = int(reference) if reference.isdecimal() and len(reference) < 18 else None
    return connection.execute(
        "SELECT id, name, sender_reference, version, state, findings, recorded_at FROM message "
        "WHERE direction = 'in' AND (id = %(number)s OR sender_reference = %(reference)s OR subject_key = %(reference)s) "
        "ORDER BY id DESC LIMIT 20",
        {"number": number, "reference": reference},
    ).fetchall()


def _declaration(row: tuple[Any, ...]) -> Explanation:
    edn, sender_reference, status, conditions, changed_at = row
    return Explanation(f"Export declaration {edn} ({sender_reference})", status, tuple(conditions), changed_at, None)


def _voyage(row: tuple[Any, ...]) -> Explanation:
    reference, mode, sender_reference, status, conditions, changed_at = row
    kind = "Voyage" if mode == TransportMode.SEA else "Flight"
    return Explanation(f"{kind} {reference} ({sender_reference})", status, tuple(conditions), changed_at, None)


def _message(row: tuple[Any, ...]) -> Explanation:
    number, name, sender_reference, version, state, findings, recorded_at = row
    title = f"Message {number}: {name} {sender_reference}".rstrip() + (f" version {version}" if version else "")
    return Explanation(title, state, tuple(findings), recorded_at, number)
