"""Writes voyages, their ports of call, actual arrivals and versions: one statement for each table."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from openics.decision.outcome import Outcome
from openics.decision.room import Cursor, Decided
from openics.voyages.facts import Call, StoredArrival, StoredVersion, StoredVoyage, VoyageChange

_UPSERT_VOYAGES = """
INSERT INTO voyage (reference, mode, craft, number, leg, day, first_arrival, last_arrival, owner, agent, site, channel,
                    sender_reference, version, amendments, status, conditions, document, reported_at, changed_at)
SELECT reference, mode, craft, number, leg, day, first_arrival, last_arrival, owner, agent, site, channel,
       sender_reference, version, amendments, status, conditions, document, reported_at, changed_at
FROM jsonb_to_recordset(%s::jsonb)
AS given (reference text, mode text, craft text, number text, leg int, day date, first_arrival date, last_arrival date,
          owner text, agent text, site text, channel text, sender_reference text, version int, amendments int, status text,
          conditions jsonb, document jsonb, reported_at timestamptz, changed_at timestamptz)
ON CONFLICT (reference) DO UPDATE SET
    first_arrival = excluded.first_arrival, last_arrival = excluded.last_arrival, agent = excluded.agent,
    site = excluded.site, channel = excluded.channel, version = excluded.version, amendments = excluded.amendments,
    status = excluded.status, conditions = excluded.conditions, document = excluded.document,
    changed_at = excluded.changed_at
"""
_UPSERT_CALLS = """
INSERT INTO voyage_call (voyage_id, number, port, estimated_at, estimated_day, arrived_at, arrival, phase, unloader,
                         discharge, line, removed)
SELECT * FROM jsonb_to_recordset(%s::jsonb)
AS given (voyage_id text, number int, port text, estimated_at timestamptz, estimated_day date, arrived_at timestamptz,
          arrival text, phase text, unloader text, discharge text, line jsonb, removed boolean)
ON CONFLICT (voyage_id, number) DO UPDATE SET
    port = excluded.port, estimated_at = excluded.estimated_at, estimated_day = excluded.estimated_day,
    arrived_at = excluded.arrived_at, arrival = excluded.arrival, phase = excluded.phase, unloader = excluded.unloader,
    discharge = excluded.discharge, line = excluded.line, removed = excluded.removed
"""
_INSERT_VERSIONS = """
INSERT INTO voyage_version (voyage_id, version, function, message, document, status, findings, recorded_at)
SELECT * FROM jsonb_to_recordset(%s::jsonb)
AS given (voyage_id text, version int, function text, message bigint, document jsonb, status text, findings jsonb,
          recorded_at timestamptz)
"""
_UPSERT_ARRIVALS = """
INSERT INTO actual_arrival (owner, name, sender_reference, voyage_id, call, site, channel, version, amendments, withdrawn,
                            document, arrived_at, reported_at, changed_at)
SELECT * FROM jsonb_to_recordset(%s::jsonb)
AS given (owner text, name text, sender_reference text, voyage_id text, call int, site text, channel text, version int,
          amendments int, withdrawn boolean, document jsonb, arrived_at timestamptz, reported_at timestamptz,
          changed_at timestamptz)
ON CONFLICT (owner, name, sender_reference) DO UPDATE SET
    site = excluded.site, channel = excluded.channel, version = excluded.version, amendments = excluded.amendments,
    withdrawn = excluded.withdrawn, document = excluded.document, arrived_at = excluded.arrived_at,
    changed_at = excluded.changed_at
"""
_INSERT_ARRIVAL_VERSIONS = """
INSERT INTO actual_arrival_version (arrival_id, version, function, message, document, status, findings, recorded_at)
SELECT actual_arrival.id, given.version, function, message, given.document, status, findings, recorded_at
FROM jsonb_to_recordset(%s::jsonb)
AS given (owner text, name text, sender_reference text, version int, function text, message bigint, document jsonb,
          status text, findings jsonb, recorded_at timestamptz)
JOIN actual_arrival USING (owner, name, sender_reference)
"""


def record(cursor: Cursor, decided: Sequence[Decided]) -> None:
    """Write what was decided on arrival reports."""
    record_outcomes(cursor, [each.outcome for each in decided])


def record_outcomes(cursor: Cursor, outcomes: Iterable[Outcome]) -> None:
    """Write outcomes, those of due dates too; of several states of one voyage or arrival the last counts."""
    changes = [outcome.change for outcome in outcomes if isinstance(outcome.change, VoyageChange)]
    voyages = {change.voyage.reference: change.voyage for change in changes}
    arrivals = {_key(each.arrival): each.arrival for each in changes if each.arrival is not None}
    _write(cursor, _UPSERT_VOYAGES, [_voyage(each) for each in voyages.values()])
    _write(cursor, _UPSERT_CALLS, [_call(each, call) for each in voyages.values() for call in each.calls])
    _write(cursor, _UPSERT_ARRIVALS, [_arrival(each) for each in sorted(arrivals.values(), key=_withdrawn_first)])
    versions = [(each.voyage, each.arrival, each.version) for each in changes if each.version is not None]
    _write(
        cursor,
        _INSERT_VERSIONS,
        [
            {"voyage_id": voyage.reference, **_version(version), "recorded_at": voyage.changed_at.isoformat()}
            for voyage, arrival, version in versions
            if arrival is None
        ],
    )
    _write(
        cursor,
        _INSERT_ARRIVAL_VERSIONS,
        [
            {**_names(arrival), **_version(version), "recorded_at": arrival.changed_at.isoformat()}
            for _, arrival, version in versions
            if arrival is not None
        ],
    )


def _write(cursor: Cursor, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        cursor.execute(statement, (json.dumps(rows),))


def _key(arrival: StoredArrival) -> tuple[str, str, str]:
    return arrival.owner, arrival.name, arrival.sender_reference


def _withdrawn_first(arrival: StoredArrival) -> bool:
    """A port of call is free for its new arrival once the withdrawn one is written."""
    return not arrival.withdrawn


def _names(arrival: StoredArrival) -> dict[str, Any]:
    return {"owner": arrival.owner, "name": arrival.name, "sender_reference": arrival.sender_reference}


def _voyage(voyage: StoredVoyage) -> dict[str, Any]:
    days = [call.day for call in voyage.standing]
    return {
        "reference": voyage.reference,
        "mode": voyage.craft.mode.value,
        "craft": voyage.craft.id,
        "number": voyage.craft.number,
        "leg": voyage.leg,
        "day": voyage.day.isoformat(),
        "first_arrival": min(days).isoformat(),
        "last_arrival": max(days).isoformat(),
        "owner": voyage.owner,
        "agent": voyage.agent,
        "site": voyage.site,
        "channel": voyage.channel,
        "sender_reference": voyage.sender_reference,
        "version": voyage.version,
        "amendments": voyage.amendments,
        "status": voyage.status.value,
        "conditions": [condition.to_json() for condition in voyage.conditions],
        "document": voyage.document.to_json(),
        "reported_at": voyage.reported_at.isoformat(),
        "changed_at": voyage.changed_at.isoformat(),
    }


def _call(voyage: StoredVoyage, call: Call) -> dict[str, Any]:
    return {
        "voyage_id": voyage.reference,
        "number": call.number,
        "port": call.port,
        "estimated_at": call.estimated_at.isoformat(),
        "estimated_day": call.day.isoformat(),
        "arrived_at": call.arrived_at and call.arrived_at.isoformat(),
        "arrival": call.arrival,
        "phase": call.phase.value,
        "unloader": call.line.unloader or "",
        "discharge": call.line.discharge or "",
        "line": call.line.to_json(),
        "removed": call.removed,
    }


def _arrival(arrival: StoredArrival) -> dict[str, Any]:
    return {
        **_names(arrival),
        "voyage_id": arrival.voyage,
        "call": arrival.call,
        "site": arrival.site,
        "channel": arrival.channel,
        "version": arrival.version,
        "amendments": arrival.amendments,
        "withdrawn": arrival.withdrawn,
        "document": arrival.document.to_json(),
        "arrived_at": arrival.arrived_at.isoformat(),
        "reported_at": arrival.reported_at.isoformat(),
        "changed_at": arrival.changed_at.isoformat(),
    }


def _version(version: StoredVersion) -> dict[str, Any]:
    return {
        "version": version.version,
        "function": version.function,
        "message": version.message,
        "document": version.document.to_json(),
        "status": version.status.value,
        "findings": [finding.to_json() for finding in version.findings],
    }
