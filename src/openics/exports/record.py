"""Writes export declarations, their versions and used sender references: one statement for each table."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from openics.clients.record import insert_used_references
from openics.decision.outcome import Outcome
from openics.decision.room import Cursor, Decided
from openics.exports.facts import DeclarationChange, EnquiryChange, StoredDeclaration, StoredVersion

_UPSERT_DECLARATIONS = """
INSERT INTO export_declaration (edn, owner, goods_owner, site, channel, sender_reference, version, amendments, status,
                                conditions, document, intended_export_date, lodged_at, changed_at)
SELECT * FROM jsonb_to_recordset(%s::jsonb)
AS given (edn text, owner text, goods_owner text, site text, channel text, sender_reference text, version int,
          amendments int, status text, conditions jsonb, document jsonb, intended_export_date date,
          lodged_at timestamptz, changed_at timestamptz)
ON CONFLICT (edn) DO UPDATE SET
    goods_owner = excluded.goods_owner, site = excluded.site, channel = excluded.channel, version = excluded.version,
    amendments = excluded.amendments, status = excluded.status, conditions = excluded.conditions,
    document = excluded.document, intended_export_date = excluded.intended_export_date, changed_at = excluded.changed_at
"""
_INSERT_VERSIONS = """
INSERT INTO export_declaration_version (declaration_id, version, function, message, document, status, findings,
                                        recorded_at)
SELECT * FROM jsonb_to_recordset(%s::jsonb)
AS given (declaration_id text, version int, function text, message bigint, document jsonb, status text, findings jsonb,
          recorded_at timestamptz)
"""


def record(cursor: Cursor, decided: Sequence[Decided]) -> None:
    """Write what was decided on declarations and status requests."""
    record_outcomes(cursor, [each.outcome for each in decided])


def record_outcomes(cursor: Cursor, outcomes: Iterable[Outcome]) -> None:
    """Write outcomes, those of due dates too; of several states of one declaration the last counts."""
    given = [outcome.change for outcome in outcomes]
    changes = [change for change in given if isinstance(change, DeclarationChange)]
    latest = {change.declaration.edn: change.declaration for change in changes}
    if latest:
        cursor.execute(_UPSERT_DECLARATIONS, (json.dumps([_declaration(each) for each in latest.values()]),))
    versions = [_version(change.declaration, change.version) for change in changes if change.version is not None]
    if versions:
        cursor.execute(_INSERT_VERSIONS, (json.dumps(versions),))
    insert_used_references(cursor, [change.reference for change in given if isinstance(change, EnquiryChange)])


def _declaration(declaration: StoredDeclaration) -> dict[str, Any]:
    intended = declaration.document.intended_export_date
    return {
        "edn": declaration.edn,
        "owner": declaration.owner,
        "goods_owner": declaration.goods_owner,
        "site": declaration.site,
        "channel": declaration.channel,
        "sender_reference": declaration.sender_reference,
        "version": declaration.version,
        "amendments": declaration.amendments,
        "status": declaration.status.value,
        "conditions": [condition.to_json() for condition in declaration.conditions],
        "document": declaration.document.to_json(),
        "intended_export_date": intended and intended.isoformat(),
        "lodged_at": declaration.lodged_at.isoformat(),
        "changed_at": declaration.changed_at.isoformat(),
    }


def _version(declaration: StoredDeclaration, version: StoredVersion) -> dict[str, Any]:
    return {
        "declaration_id": declaration.edn,
        "version": version.version,
        "function": version.function,
        "message": version.message,
        "document": version.document.to_json(),
        "status": version.status.value,
        "findings": [finding.to_json() for finding in version.findings],
        "recorded_at": declaration.changed_at.isoformat(),
    }
