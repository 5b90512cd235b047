"""Reads and writes the records of clients. Nothing is overwritten: each writing adds a version."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openics.clients.codes import ClientKind, EntryKind, Standing
from openics.clients.register_record import ClientRecord, Entry
from openics.decision.locks import lock_keys
from openics.decision.room import Cursor

ENTRY_COLUMNS: Final = (
    "client_id, position, kind, code, valid_from, valid_until, name, address, nominee, nominee_licence, evidence"
)
ENTRIES_OF_CONTENT: Final = """
SELECT (row_number() OVER ())::int AS position, kind, code, valid_from, valid_until, coalesce(name, ''),
       coalesce(address, '{}'), coalesce(nominee, ''), coalesce(nominee_licence, ''), coalesce(evidence, '')
FROM jsonb_to_recordset(content -> 'entries')
AS each (kind text, code text, valid_from date, valid_until date, name text, address jsonb, nominee text,
         nominee_licence text, evidence text)
"""
"""The entries of the column `content` as rows of `client_entry`."""

_SELECT = """
SELECT c.id, c.version, c.registered_at, c.client_id, c.kind, c.name, c.status, c.client_activity_centre,
       c.address::text, c.contact_name, c.contact_title, c.contacts::text, c.roles, coalesce(survivor.client_id, ''),
       (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.position), '[]')::text FROM client_entry e
        WHERE e.client_id = c.id)
FROM client c LEFT JOIN client survivor ON survivor.id = c.merged_into_id
"""
_UPDATE = """
UPDATE client SET name = %s, status = %s, client_activity_centre = %s, address = %s::jsonb, contact_name = %s,
       contact_title = %s, contacts = %s::jsonb, roles = %s, match_key = %s, version = %s,
       merged_into_id = (SELECT id FROM client WHERE client_id = nullif(%s, ''))
WHERE id = %s
"""
_VERSION = """
INSERT INTO client_version (client_id, version, at, actor, channel, reason, content)
VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb)
"""
_ENTRIES = f"""
INSERT INTO client_entry ({ENTRY_COLUMNS})
SELECT %s, entry.* FROM (SELECT %s::jsonb AS content) AS given CROSS JOIN LATERAL ({ENTRIES_OF_CONTENT}) AS entry
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Stored:
    """A client's record with its row; `version` 0 where no version is kept yet."""

    id: int
    version: int
    registered_at: datetime
    record: ClientRecord


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes a version, how, when and why; `today` is the legal date."""

    actor: str
    channel: str
    at: datetime
    today: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it was written."""

    number: int
    at: datetime
    actor: str
    channel: str
    reason: str
    record: ClientRecord


def lock_clients(cursor: Cursor, ids: Collection[str]) -> None:
    """Let nobody else write these clients until the transaction ends; registrations take the same locks."""
    lock_keys(cursor, "client", ids)


def load(cursor: Cursor, client: str) -> Stored | None:
    """One client's record, as it stands under its own id, whether merged or not."""
    return next(iter(load_many(cursor, [client])), None)


def load_many(cursor: Cursor, ids: Collection[str]) -> list[Stored]:
    """The records under these ids, by id."""
    cursor.execute(f"{_SELECT} WHERE c.client_id = ANY(%s) ORDER BY c.client_id", (sorted(ids),))
    return [_stored(row) for row in cursor.fetchall()]


def load_merged_into(cursor: Cursor, client: str) -> list[Stored]:
    """The records that were merged into a client."""
    cursor.execute(f"{_SELECT} WHERE survivor.client_id = %s ORDER BY c.client_id", (client,))
    return [_stored(row) for row in cursor.fetchall()]


def survivor_id(cursor: Cursor, client: str) -> str | None:
    """The id under which a client is kept now: its own, or that of the one it was merged into; None without client."""
    cursor.execute(
        "SELECT coalesce(survivor.client_id, c.client_id) "
        "FROM client c LEFT JOIN client survivor ON survivor.id = c.merged_into_id WHERE c.client_id = %s",
        (client,),
    )
    row = cursor.fetchone()
    return row[0] if row else None


def write(cursor: Cursor, before: Stored, record: ClientRecord, writing: Writing) -> int:
    """Make a record the present one and keep it as a version; returns its number.

    Of a client whose first state was never kept as a version, that state is kept first.
    """
    if before.version == 0:
        _keep(cursor, before.id, 1, before.record, Writing("", "", before.registered_at, writing.today))
    number = max(before.version, 1) + 1
    _keep(cursor, before.id, number, record, writing)
    _update(cursor, before.id, number, record, writing.today)
    cursor.execute("DELETE FROM client_entry WHERE client_id = %s", (before.id,))
    cursor.execute(_ENTRIES, (before.id, json.dumps(record.to_json())))
    return number


def _keep(cursor: Cursor, client: int, number: int, record: ClientRecord, writing: Writing) -> None:
    content = json.dumps(record.to_json())
    cursor.execute(_VERSION, (client, number, writing.at, writing.actor, writing.channel, writing.reason, content))


def _update(cursor: Cursor, client: int, number: int, record: ClientRecord, today: date) -> None:
    address = json.dumps(dict(record.business_address(today)))
    contacts = json.dumps([dict(contact) for contact in record.contacts])
    cursor.execute(
        _UPDATE,
        (record.name, record.standing.value, record.centre, address, record.contact_name, record.contact_title)
        + (contacts, list(record.roles(today)), record.match_key(today), number, record.merged_into, client),
    )


def refresh(cursor: Cursor, stored: Sequence[Stored], today: date) -> None:
    """Write what follows from the date alone: the roles in force, and the address of the lowest valid activity centre."""
    for each in stored:
        _update(cursor, each.id, each.version, each.record, today)


def versions(cursor: Cursor, client: str) -> list[Version]:
    """The versions kept of a client, oldest first."""
    cursor.execute(
        "SELECT v.version, v.at, v.actor, v.channel, v.reason, v.content::text "
        "FROM client_version v JOIN client c ON c.id = v.client_id WHERE c.client_id = %s ORDER BY v.version",
        (client,),
    )
    return [_version(*row) for row in cursor.fetchall()]


def _version(number: int, at: datetime, actor: str, channel: str, reason: str, content: str) -> Version:
    return Version(number, at, actor, channel, reason, ClientRecord.from_json(json.loads(content)))


def as_at(known: Sequence[Version], moment: datetime) -> Version | None:
    """The version that was the present one at a moment; None before the first."""
    return next((each for each in reversed(known) if each.at <= moment), None)


def _stored(row: tuple[Any, ...]) -> Stored:
    number, version, registered_at, client_id, kind, name, status, centre, address, *rest = row
    contact_name, contact_title, contacts, roles, merged_into, entries = rest
    kept = tuple(_entry(each) for each in json.loads(entries))
    record = ClientRecord(
        client_id=client_id,
        kind=ClientKind(kind),
        name=name,
        standing=Standing(status),
        centre=centre,
        address=json.loads(address) if not any(each.kind is EntryKind.CENTRE for each in kept) else {},
        contact_name=contact_name,
        contact_title=contact_title,
        contacts=tuple(json.loads(contacts)),
        entries=(*kept, *_without_entry(roles, kept, registered_at.date())),
        merged_into=merged_into,
    )
    return Stored(number, version, registered_at, record)


def _without_entry(roles: Sequence[str], kept: Sequence[Entry], day: date) -> list[Entry]:
    """Roles that were written before there were entries."""
    known = {each.code for each in kept if each.kind is EntryKind.ROLE}
    return [Entry(EntryKind.ROLE, role, day, evidence="at registration") for role in roles if role not in known]


def _entry(row: dict[str, Any]) -> Entry:
    names = ("kind", "code", "valid_from", "valid_until", "name", "address", "nominee", "nominee_licence", "evidence")
    return Entry.from_json({name: row[name] for name in names})
