"""Loads what a batch of registrations needs: seven queries, whatever its size."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from openics.clients.business_store import load_businesses
from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient, RegisterFacts, UsedReference, registration_key
from openics.decision.locks import lock_keys
from openics.decision.numbers import reserve
from openics.decision.outcome import Request
from openics.decision.room import Cursor
from openics.messages.clients.clreg import ClientRegistration
from openics.reference.codes import CodeList
from openics.reference.load import load as load_reference

_COLUMNS = """
c.client_id, c.kind, c.name, c.client_activity_centre, c.match_key, c.address::text, c.contacts::text, c.roles,
c.status = 'ACTIVE', c.registered_at
"""
_CLIENTS = f"""
WITH found AS (
    SELECT * FROM client WHERE client_id = ANY(%s) OR (match_key <> '' AND match_key = ANY(%s))
), with_survivors AS (
    SELECT * FROM found UNION SELECT client.* FROM client JOIN found ON client.id = found.merged_into_id
)
SELECT {_COLUMNS}, coalesce(survivor.client_id, '')
FROM with_survivors c LEFT JOIN client survivor ON survivor.id = c.merged_into_id
ORDER BY c.client_id
"""  # noqa: S608 - constants
_ANSWERING = f"""
SELECT asked.client_id, {_COLUMNS}, ''
FROM client asked JOIN client c ON c.id = coalesce(asked.merged_into_id, asked.id)
WHERE asked.client_id = ANY(%s) ORDER BY asked.client_id
"""  # noqa: S608 - constants
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
        businesses=load_businesses(cursor, ids),
        reference=load_reference(cursor, [(CodeList.COUNTRY, code) for code in countries]),
        ccid_numbers=reserve(cursor, "ccid_number", numbers),
        response_numbers=reserve(cursor, "response_number", numbers),
    )


def load_clients(cursor: Cursor, ids: Collection[str]) -> dict[str, RegisteredClient]:
    """The clients with these ABNs and CCIDs, by id, in one query; a merged id answers with the surviving record."""
    cursor.execute(_ANSWERING, (sorted(ids),))
    return {row[0]: _client(row[1:]) for row in cursor.fetchall()}


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
    client_id, kind, name, centre, key, address, contacts, roles, active, registered_at, merged_into = row
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
        merged_into,
    )
