"""Writes registrations and used sender references: one statement for each table."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from openics.clients.facts import Registered, RegisteredClient, UsedReference
from openics.decision.room import Cursor, Decided

_INSERT_CLIENTS = """
INSERT INTO client (client_id, kind, name, client_activity_centre, match_key, address, contacts, roles, status,
                    registered_at)
SELECT client_id, kind, name, client_activity_centre, match_key, address, contacts, roles, 'ACTIVE', registered_at
FROM jsonb_to_recordset(%s::jsonb)
AS given (client_id text, kind text, name text, client_activity_centre text, match_key text, address jsonb,
          contacts jsonb, roles text[], registered_at timestamptz)
"""
_INSERT_REFERENCES = """
INSERT INTO sender_reference (owner, document, reference, message)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])
"""


def record(cursor: Cursor, decided: Sequence[Decided]) -> None:
    """Write what was registered."""
    changes = [each.outcome.change for each in decided if isinstance(each.outcome.change, Registered)]
    insert_clients(cursor, [change.client for change in changes])
    insert_used_references(cursor, [change.reference for change in changes])


def insert_clients(cursor: Cursor, clients: Sequence[RegisteredClient]) -> None:
    """Add clients to the register."""
    if clients:
        cursor.execute(_INSERT_CLIENTS, (json.dumps([_row(client) for client in clients]),))


def insert_used_references(cursor: Cursor, references: Iterable[UsedReference]) -> None:
    """Keep that these sender references are used up."""
    rows = [(each.owner, each.document, each.reference, each.message) for each in references]
    if rows:
        cursor.execute(_INSERT_REFERENCES, tuple(map(list, zip(*rows, strict=True))))


def _row(client: RegisteredClient) -> dict[str, Any]:
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
    }
