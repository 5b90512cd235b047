"""Loads what a batch of export documents needs: a fixed number of queries, whatever its size."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from openics.clients.addressees import default_sites
from openics.clients.load import load_clients, load_used_references
from openics.decision.conditions import Condition
from openics.decision.locks import lock_keys
from openics.decision.numbers import reserve
from openics.decision.outcome import Due, Request
from openics.decision.room import Cursor
from openics.exports.codes import Status
from openics.exports.due import DueFacts
from openics.exports.facts import ExportFacts, StoredDeclaration
from openics.messages.codes import DeclarationFunction
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.streq import StatusRequest
from openics.reference.codes import CodeList
from openics.reference.load import Key
from openics.reference.load import load as load_reference

_DECLARATIONS = """
SELECT edn, owner, site, channel, sender_reference, version, amendments, status, conditions::text, document::text,
       lodged_at, changed_at
FROM export_declaration
WHERE edn = ANY(%s) OR (owner, sender_reference) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
ORDER BY edn
FOR UPDATE
"""


def load(cursor: Cursor, requests: Sequence[Request], now: datetime) -> ExportFacts:  # noqa: ARG001 - as every room
    """The facts for declarations and status requests; what they may change stays locked until the transaction ends."""
    documents = [request.document for request in requests]
    declarations = [document for document in documents if isinstance(document, ExportDeclaration)]
    stored = _load_declarations(cursor, requests)
    known = [*declarations, *(each.document for each in stored)]
    parties = {request.owner for request in requests} | {each.owner for each in stored}
    enquiries = [request for request in requests if isinstance(request.document, StatusRequest)]
    return ExportFacts(
        stored,
        clients=load_clients(cursor, parties | {each.goods_owner for each in known if each.goods_owner}),
        reference=load_reference(cursor, (key for document in known for key in reference_keys(document))),
        used=load_used_references(cursor, enquiries),
        edn_numbers=reserve(cursor, "edn_number", _originals(requests)),
        response_numbers=reserve(cursor, "response_number", [request.number for request in requests]),
    )


def load_due(cursor: Cursor, due: Sequence[Due], now: datetime) -> DueFacts:  # noqa: ARG001 - as every room
    """The facts for due dates of declarations, which stay locked until the transaction ends."""
    edns = sorted({each.subject_key for each in due})
    declarations = _query(cursor, edns, [])
    ports = [(CodeList.PORT, each.document.port_of_loading or "") for each in declarations]
    return DueFacts(
        declarations,
        reference=load_reference(cursor, ports),
        response_numbers=reserve(cursor, "response_number", edns),
        default_sites=default_sites(cursor, [each.owner for each in declarations if not each.site]),
    )


def reference_keys(document: ExportDeclaration) -> Iterator[Key]:
    """The codes that a declaration's rules look up."""
    codes = [
        (CodeList.PORT, document.port_of_loading),
        (CodeList.PORT, document.first_port_of_discharge),
        (CodeList.COUNTRY, document.destination_country),
        (CodeList.CURRENCY, document.invoice_currency),
        (CodeList.CURRENCY, document.fob_currency),
        (CodeList.ESTABLISHMENT, document.warehouse_establishment),
        (CodeList.AUSTRALIAN_PLACE, document.consignee_city),
        *((CodeList.AHECC, line.ahecc) for line in document.lines),
        *((CodeList.COUNTRY, line.origin_country) for line in document.lines),
    ]
    return ((code_list, code) for code_list, code in codes if code is not None)


def _originals(requests: Iterable[Request]) -> list[int]:
    return [
        request.number
        for request in requests
        if isinstance(request.document, ExportDeclaration) and request.document.function == DeclarationFunction.ORIGINAL
    ]


def _load_declarations(cursor: Cursor, requests: Iterable[Request]) -> list[StoredDeclaration]:
    edns: set[str] = set()
    references: set[tuple[str, str]] = set()
    for request in requests:
        if isinstance(request.document, ExportDeclaration):
            edns.add(request.document.declaration_number or "")
            references.add((request.owner, request.document.sender_reference or ""))
        elif isinstance(request.document, StatusRequest):
            edns.add(request.document.authority_number or "")
    lock_keys(cursor, "export declaration", ["/".join(each) for each in references])
    return _query(cursor, sorted(edns), sorted(references))


def _query(cursor: Cursor, edns: list[str], references: list[tuple[str, str]]) -> list[StoredDeclaration]:
    owners, texts = [owner for owner, _ in references], [text for _, text in references]
    cursor.execute(_DECLARATIONS, (edns, owners, texts))
    return [_stored(row) for row in cursor.fetchall()]


def _stored(row: tuple[Any, ...]) -> StoredDeclaration:
    edn, owner, site, channel, reference, version, amendments, standing, conditions, document, lodged, changed = row
    return StoredDeclaration(
        edn=edn,
        owner=owner,
        site=site,
        channel=channel,
        sender_reference=reference,
        version=version,
        amendments=amendments,
        status=Status(standing),
        conditions=tuple(Condition.from_json(condition) for condition in json.loads(conditions)),
        document=ExportDeclaration.from_json(json.loads(document)),
        lodged_at=lodged,
        changed_at=changed,
    )
