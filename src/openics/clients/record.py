"""Writes registrations and used sender references: one statement for each."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from openics.clients.codes import EntryKind, Standing
from openics.clients.facts import Registered, RegisteredClient, UsedReference
from openics.clients.register_record import ClientRecord, Entry
from openics.clients.register_store import ENTRIES_OF_CONTENT, ENTRY_COLUMNS
from openics.decision.room import Cursor, Decided

_INSERT_CLIENTS = f"""
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb)
    AS given (client_id text, kind text, name text, client_activity_centre text, match_key text, address jsonb,
              contacts jsonb, roles text[], registered_at timestamptz, contact_name text, contact_title text,
              actor text, channel text, status text, content jsonb)
), made AS (
    INSERT INTO client (client_id, kind, name, client_activity_centre, match_key, address, contacts, roles, status,
                        registered_at, contact_name, contact_title, version)
    SELECT client_id, kind, name, client_activity_centre, match_key, address, contacts, roles, status, registered_at,
           contact_name, contact_title, 1
    FROM given RETURNING id, client_id
), kept AS (
    INSERT INTO client_version (client_id, version, at, actor, channel, reason, content)
    SELECT made.id, 1, registered_at, actor, channel, '', content FROM given JOIN made USING (client_id)
)
INSERT INTO client_entry ({ENTRY_COLUMNS})
SELECT made.id, entry.* FROM given JOIN made USING (client_id) CROSS JOIN LATERAL ({ENTRIES_OF_CONTENT}) AS entry
"""  # noqa: S608 - constants
_INSERT_REFERENCES = """
INSERT INTO sender_reference (owner, document, reference, message)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
"""


def record(cursor: Cursor, decided: Sequence[Decided]) -> None:
    """Write what was registered."""
    changes = [each.outcome.change for each in decided if isinstance(each.outcome.change, Registered)]
    _insert(cursor, [_row(each.client, each.record, each.reference.owner, each.channel) for each in changes])
    insert_used_references(cursor, [change.reference for change in changes])


def insert_clients(cursor: Cursor, clients: Sequence[RegisteredClient], actor: str = "", channel: str = "") -> None:
    """Add clients to the register, each with its first version; `actor` is who registers them."""
    _insert(cursor, [_row(client, record_of(client), actor, channel) for client in clients])


def insert_record(cursor: Cursor, client: RegisteredClient, given: ClientRecord, actor: str, channel: str) -> None:
    """Add a client whose record says more than its facts."""
    _insert(cursor, [_row(client, given, actor, channel)])


def record_of(client: RegisteredClient) -> ClientRecord:
    """The record of a client as registered: its roles hold from that day on."""
    day = client.registered_at.date()
    return ClientRecord(
        client_id=client.client_id,
        kind=client.kind,
        name=client.name,
        standing=Standing.ACTIVE if client.active else Standing.CANCELLED,
        centre=client.client_activity_centre,
        address=dict(client.address),
        contacts=tuple(client.contacts),
        entries=tuple(Entry(EntryKind.ROLE, role, day, evidence="at registration") for role in client.roles),
    )


def _insert(cursor: Cursor, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        cursor.execute(_INSERT_CLIENTS, (json.dumps(rows),))


def insert_used_references(cursor: Cursor, references: Iterable[UsedReference]) -> None:
    """Keep that these sender references are used up."""
    rows = [(each.owner, each.document, each.reference, each.message) for each in references]
    if rows:
        cursor.execute(_INSERT_REFERENCES, tuple(map(list, zip(*rows, strict=True))))


def _row(client: RegisteredClient, given: ClientRecord, actor: str, channel: str) -> dict[str, Any]:
    return {
        "client_id": client.client_id,
        "kind": client.kind.value,
        "name": client.name,
        "client_activity_centre": client.client_activity_centre,
        "match_key": client.match_key,
        "address": dict(client.address),
        "contacts": [dict(contact) for contact in client.contacts],
        "roles": list(client.roles),
        "registered_at": client.registered_at.isoformat(),
        "contact_name": given.contact_name,
        "contact_title": given.contact_title,
        "actor": actor,
        "channel": channel,
        "status": given.standing.value,
        "content": given.to_json(),
    }
