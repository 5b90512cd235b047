"""Loads what a batch of registrations needs: six queries, whatever its size."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient, RegisterFacts, UsedReference, registration_key
from openics.decision.locks import lock_keys
from openics.decision.numbers import reserve
from openics.decision.outcome import Request
from openics.decision.room import Cursor
from openics.messages.clients.clreg import ClientRegistration
from openics.reference.codes import CodeList
from openics.reference.load import load as load_reference

_CLIENTS = """
SELECT client_id, kind, name, client_activity_centre, match_key, address::text, contacts::text, roles,
       status = 'ACTIVE', registered_at
FROM client
WHERE client_id = ANY(%s) OR (match_key <> '' AND match_key = ANY(%s))
ORDER BY client_id
"""
_USED = """
SELECT owner, document, reference, message FROM sender_reference
WHERE (owner, document, reference) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
"""


def load(cursor: Cursor, requests: Sequence[Request], now: datetime) -> RegisterFacts:  # noqa: ARG001 - as every room
    """The facts for registrations; ids, names and references stay locked until the transaction ends."""
    documents = [request.document for request in requests if isinstance(request.document, ClientRegistration)]
    ids = {document.abn for document in documents if document.abn}
    keys = {key for key in map(registration_key, documents) if key}
    lock_keys(cursor, "client", ids | keys)
    countries = {address.country for document in documents for address in document.addresses if address.country}
    used = load_used_references(cursor, requests)
    numbers = [request.number for request in requests]
    return RegisterFacts(
        _query(cursor, sorted(ids), sorted(keys)),
        used=used,
        reference=load_reference(cursor, [(CodeList.COUNTRY, code) for code in countries]),
        ccid_numbers=reserve(cursor, "ccid_number", numbers),
        response_numbers=reserve(cursor, "response_number", numbers),
    )


def load_clients(cursor: Cursor, ids: Collection[str]) -> dict[str, RegisteredClient]:
    """The clients with these ABNs and CCIDs, by id, in one query."""
    return {client.client_id: client for client in _query(cursor, sorted(ids), [])}


def load_used_references(cursor: Cursor, requests: Sequence[Request]) -> list[UsedReference]:
    """Which of the batch's sender references are used up; all of them stay locked until the transaction ends."""
    asked = sorted({_reference(request) for request in requests})
    lock_keys(cursor, "sender reference", ["/".join(each) for each in asked])
    cursor.execute(_USED, tuple([each[part] for each in asked] for part in range(3)))
    return [UsedReference(*row) for row in cursor.fetchall()]


def _reference(request: Request) -> tuple[str, str, str]:
    return request.owner, request.document.name, getattr(request.document, "sender_reference", None) or ""


def _query(cursor: Cursor, ids: list[str], keys: list[str]) -> Iterable[RegisteredClient]:
    cursor.execute(_CLIENTS, (ids, keys))
    return [_client(row) for row in cursor.fetchall()]


def _client(row: tuple[Any, ...]) -> RegisteredClient:
    client_id, kind, name, centre, key, address, contacts, roles, active, registered_at = row
    return RegisteredClient(
        client_id,
        ClientKind(kind),
        registered_at,
        name,
        centre,
        key,
        json.loads(address),
        tuple(json.loads(contacts)),
        tuple(roles),
        active,
    )
