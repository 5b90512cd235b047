"""Loads what a batch of arrival reports needs: a fixed number of queries, whatever its size.

Locks are taken in one order: first the sender references, then the voyages and flights by their numbers. Nothing is read
for a decision before its lock is held.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openics.clients.load import load_clients
from openics.decision.conditions import Condition
from openics.decision.locks import lock_keys
from openics.decision.numbers import reserve
from openics.decision.outcome import Due, Request
from openics.decision.room import Cursor
from openics.messages.codes import TransportMode
from openics.messages.voyages.airaar import AirActualArrival
from openics.messages.voyages.airiar import AirImpendingArrival
from openics.messages.voyages.arrivals import ActualArrivalReport, ArrivalReport, ImpendingArrivalReport, PortCall
from openics.messages.voyages.seaaar import SeaActualArrival
from openics.messages.voyages.seaiar import SeaImpendingArrival
from openics.reference.load import load as load_reference
from openics.voyages.codes import Phase, Status
from openics.voyages.due import DueFacts
from openics.voyages.facts import (
    Call,
    Craft,
    StoredArrival,
    StoredVoyage,
    VoyageFacts,
    craft_of,
    days_of,
    responsible,
)
from openics.voyages.reference_lists import Kind, keys

_MODES = {mode.value: mode for mode in TransportMode}
_IMPENDING: dict[TransportMode, type[ImpendingArrivalReport]] = {
    TransportMode.SEA: SeaImpendingArrival,
    TransportMode.AIR: AirImpendingArrival,
}
_ACTUAL: dict[str, type[ActualArrivalReport]] = {"SEAAAR": SeaActualArrival, "AIRAAR": AirActualArrival}

_CRAFTS = """
SELECT mode, craft, number FROM voyage
WHERE (owner, mode, sender_reference) IN (SELECT * FROM unnest(%(owners)s::text[], %(modes)s::text[], %(texts)s::text[]))
   OR reference = ANY(%(references)s)
   OR reference IN (
       SELECT voyage_id FROM actual_arrival WHERE (owner, name, sender_reference)
       IN (SELECT * FROM unnest(%(owners)s::text[], %(names)s::text[], %(texts)s::text[])))
"""
_VOYAGES = """
SELECT reference, mode, craft, number, leg, day, owner, site, channel, sender_reference, version, amendments, status,
       conditions::text, document::text, reported_at, changed_at
FROM voyage
WHERE reference IN (
    SELECT reference FROM voyage JOIN unnest(%(crafts)s::text[], %(ids)s::text[], %(numbers)s::text[], %(from)s::date[],
                                             %(to)s::date[]) AS asked (mode, craft, number, first, last)
    USING (mode, craft, number)
    WHERE day BETWEEN asked.first AND asked.last OR (first_arrival <= asked.last AND last_arrival >= asked.first))
   OR (owner, mode, sender_reference) IN (SELECT * FROM unnest(%(owners)s::text[], %(modes)s::text[], %(texts)s::text[]))
   OR reference = ANY(%(references)s)
   OR reference IN (
       SELECT voyage_id FROM actual_arrival WHERE (owner, name, sender_reference)
       IN (SELECT * FROM unnest(%(owners)s::text[], %(names)s::text[], %(texts)s::text[])))
ORDER BY reference
FOR UPDATE
"""
_CALLS = """
SELECT voyage_id, number, line::text, estimated_at, phase, arrived_at, arrival, removed FROM voyage_call
WHERE voyage_id = ANY(%s) ORDER BY voyage_id, number
"""
_ARRIVALS = """
SELECT owner, name, sender_reference, voyage_id, call, site, channel, version, amendments, withdrawn, document::text,
       arrived_at, reported_at, changed_at
FROM actual_arrival
WHERE (owner, name, sender_reference) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
ORDER BY owner, name, sender_reference
"""


def load(cursor: Cursor, requests: Sequence[Request], now: datetime) -> VoyageFacts:  # noqa: ARG001 - as every room
    """The facts for arrival reports; the voyages that they may change stay locked until the transaction ends."""
    asked = [(request, request.document) for request in requests if isinstance(request.document, ArrivalReport)]
    given = sorted({(each.owner, document.name, document.sender_reference or "") for each, document in asked})
    lock_keys(cursor, "arrival report", ["/".join(each) for each in given])
    about = {**_reports(asked), "references": []}
    _lock_crafts(cursor, about, [craft_of(document) for _, document in asked])
    voyages = _load_voyages(cursor, {**about, **_windows(document for _, document in asked)})
    arrivals = _load_arrivals(cursor, given)
    documents = [*(document for _, document in asked), *(each.document for each in voyages)]
    return VoyageFacts(
        voyages,
        arrivals,
        clients=load_clients(cursor, {client for document in documents for client in _clients(document)}),
        reference=load_reference(cursor, keys(code for document in documents for code in _codes(document))),
        response_numbers=reserve(cursor, "response_number", [request.number for request, _ in asked]),
    )


def load_due(cursor: Cursor, due: Sequence[Due], now: datetime) -> DueFacts:  # noqa: ARG001 - as every room
    """The facts for due dates of voyages, which stay locked until the transaction ends."""
    about = {**_reports(()), "references": sorted({each.subject_key for each in due})}
    _lock_crafts(cursor, about, ())
    return DueFacts(_load_voyages(cursor, {**about, **_windows(())}))


def _reports(asked: Iterable[tuple[Request, ArrivalReport]]) -> dict[str, Any]:
    """The sender references of reports, as the queries take them."""
    rows = [
        (each.owner, craft_of(report).mode.value, report.name, report.sender_reference or "") for each, report in asked
    ]
    names = ("owners", "modes", "names", "texts")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _windows(documents: Iterable[ArrivalReport]) -> dict[str, Any]:
    """The voyages and flights that reports name, each with the days on which one may call somewhere."""
    rows: list[tuple[str, str, str, date, date]] = []
    for document in documents:
        days, craft = days_of(document), craft_of(document)
        if days is not None:
            rows.append((craft.mode.value, craft.id, craft.number, *days))
    names = ("crafts", "ids", "numbers", "from", "to")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _lock_crafts(cursor: Cursor, about: dict[str, Any], named: Iterable[Craft]) -> None:
    cursor.execute(_CRAFTS, about)
    stored = {Craft(_MODES[mode], craft, number) for mode, craft, number in cursor.fetchall()}
    lock_keys(cursor, "voyage", [f"{craft.mode}/{craft}" for craft in {*stored, *named}])


def _load_voyages(cursor: Cursor, about: dict[str, Any]) -> list[StoredVoyage]:
    cursor.execute(_VOYAGES, about)
    rows = cursor.fetchall()
    cursor.execute(_CALLS, ([row[0] for row in rows],))
    calls: dict[str, list[Call]] = {}
    for reference, *row in cursor.fetchall():
        calls.setdefault(reference, []).append(_call(row))
    return [_voyage(row, tuple(calls.get(row[0], ()))) for row in rows]


def _load_arrivals(cursor: Cursor, given: list[tuple[str, str, str]]) -> list[StoredArrival]:
    cursor.execute(_ARRIVALS, tuple([each[place] for each in given] for place in range(3)))
    return [_arrival(row) for row in cursor.fetchall()]


def _clients(document: ArrivalReport) -> Iterator[str]:
    yield responsible(document)
    if isinstance(document, ImpendingArrivalReport):
        yield from (call.unloader for call in document.calls if call.unloader)


def _codes(document: ArrivalReport) -> Iterator[tuple[Kind, str | None]]:
    craft = craft_of(document)
    yield (Kind.VESSEL if craft.mode == TransportMode.SEA else Kind.AIRLINE), craft.id
    if isinstance(document, ActualArrivalReport):
        yield Kind.PORT, document.port_of_arrival
    if isinstance(document, ImpendingArrivalReport):
        yield Kind.PORT, document.last_overseas_port
        for call in document.calls:
            yield Kind.PORT, call.port
            yield Kind.ESTABLISHMENT, call.unloader


def _call(row: Sequence[Any]) -> Call:
    number, line, estimated_at, phase, arrived_at, arrival, removed = row
    kept = PortCall.from_json(json.loads(line))
    return Call(number, kept, estimated_at, Phase(phase), arrived_at, arrival, removed)


def _voyage(row: tuple[Any, ...], calls: tuple[Call, ...]) -> StoredVoyage:
    reference, mode, craft, number, leg, day, owner, site, channel, text, version, amendments, standing, *rest = row
    conditions, document, reported_at, changed_at = rest
    transport = _MODES[mode]
    return StoredVoyage(
        reference=reference,
        craft=Craft(transport, craft, number),
        leg=leg,
        day=day,
        owner=owner,
        site=site,
        channel=channel,
        sender_reference=text,
        version=version,
        amendments=amendments,
        status=Status(standing),
        conditions=tuple(Condition.from_json(condition) for condition in json.loads(conditions)),
        document=_IMPENDING[transport].from_json(json.loads(document)),
        calls=calls,
        reported_at=reported_at,
        changed_at=changed_at,
    )


def _arrival(row: tuple[Any, ...]) -> StoredArrival:
    owner, name, text, voyage, call, site, channel, version, amendments, withdrawn, document, *moments = row
    arrived_at, reported_at, changed_at = moments
    return StoredArrival(
        owner=owner,
        name=name,
        sender_reference=text,
        voyage=voyage,
        call=call,
        site=site,
        channel=channel,
        version=version,
        amendments=amendments,
        withdrawn=withdrawn,
        document=_ACTUAL[name].from_json(json.loads(document)),
        arrived_at=arrived_at,
        reported_at=reported_at,
        changed_at=changed_at,
    )
