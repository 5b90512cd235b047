"""Puts code lists into the database: what changed supersedes what was there, nothing is overwritten."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openics.decision.locks import lock_keys
from openics.decision.room import Cursor
from openics.reference.facts import Entry
from openics.reference.samples import samples

_INCOMING = """
WITH incoming AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb)
    AS given (code_list text, code text, name text, data jsonb, valid_from date, valid_to date)
)
"""
_SAME = """
    stored.superseded_at IS NULL AND stored.code_list = incoming.code_list AND stored.code = incoming.code
    AND stored.name = incoming.name AND stored.data = incoming.data AND stored.valid_from = incoming.valid_from
    AND stored.valid_to IS NOT DISTINCT FROM incoming.valid_to
"""
_SUPERSEDE = f"""
{_INCOMING}
UPDATE reference_item AS stored SET superseded_at = %s
WHERE superseded_at IS NULL AND code_list = ANY(%s) AND NOT EXISTS (SELECT FROM incoming WHERE {_SAME})
RETURNING 1
"""  # noqa: S608 - put together from our own statements
_INSERT = f"""
{_INCOMING}
INSERT INTO reference_item (code_list, code, name, data, valid_from, valid_to, recorded_at)
SELECT code_list, code, name, data, valid_from, valid_to, %s FROM incoming
WHERE NOT EXISTS (SELECT FROM reference_item AS stored WHERE {_SAME})
RETURNING 1
"""  # noqa: S608 - put together from our own statements


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading changed: entries added, and older ones that are superseded."""

    added: int
    superseded: int


def load_lists(cursor: Cursor, entries: Iterable[Entry], now: datetime) -> Loaded:
    """Make the given entries the current content of their lists; entries of these lists that are not given end here.

    Loading the same entries again changes nothing. The caller holds one transaction.
    """
    rows = list(entries)
    lists = sorted({entry.code_list.value for entry in rows})
    incoming = json.dumps([_row(entry) for entry in rows])
    lock_keys(cursor, "reference", lists)
    cursor.execute(_SUPERSEDE, (incoming, now, lists))
    superseded = len(cursor.fetchall())
    cursor.execute(_INSERT, (incoming, now))
    return Loaded(len(cursor.fetchall()), superseded)


def load_samples(cursor: Cursor, now: datetime) -> Loaded:
    """Load the sample data that comes with the system."""
    return load_lists(cursor, samples(), now)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "code_list": entry.code_list.value,
        "code": entry.code,
        "name": entry.name,
        "data": dict(entry.data),
        "valid_from": entry.valid_from.isoformat(),
        "valid_to": entry.valid_to and entry.valid_to.isoformat(),
    }
