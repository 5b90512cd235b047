"""Puts code lists into the database: what changed supersedes what was there, nothing is overwritten."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from openics.decision.locks import lock_keys
from openics.decision.room import Cursor
from openics.reference import formats, guards
from openics.reference.facts import Entry
from openics.reference.file_names import Format
from openics.reference.guards import LastLoad
from openics.reference.samples import samples
from openics.reference.sets import SETS, ReferenceSet

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
_NOTE = """
INSERT INTO reference_load
(code_list, file_name, kind, stamp, digest, entries, added, superseded, forced, actor, loaded_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
SAMPLES: Final = "samples"
"""What stands in place of a file name where the samples were loaded."""


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
    """Load the sample data that comes with the system; loading it again changes nothing."""
    added = superseded = 0
    given: dict[str, list[Entry]] = {}
    for entry in samples():
        given.setdefault(entry.code_list.value, []).append(entry)
    lock_keys(cursor, "reference", given)
    for kind in SETS.values():
        entries = given[kind.code_list.value]
        loaded = load_lists(cursor, entries, now)
        added, superseded = added + loaded.added, superseded + loaded.superseded
        if loaded != Loaded(0, 0):
            marked = digest(formats.write(entries, kind, Format.JSON))
            origin = LastLoad(SAMPLES, guards.SAMPLE, now, marked, now)
            note(cursor, kind, origin, len(entries), loaded, ("", ""))
    return Loaded(added, superseded)


def note(
    cursor: Cursor, kind: ReferenceSet, origin: LastLoad, entries: int, loaded: Loaded, who: tuple[str, str]
) -> None:
    """Note that a set was loaded; `who` is why a guard was overruled, and by whom."""
    file = (kind.code_list.value, origin.file_name, origin.kind, origin.stamp, origin.digest)
    cursor.execute(_NOTE, (*file, entries, loaded.added, loaded.superseded, *who, origin.loaded_at))


def digest(content: bytes) -> str:
    """The SHA-256 digest of a file, in hexadecimal digits."""
    return sha256(content).hexdigest()


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "code_list": entry.code_list.value,
        "code": entry.code,
        "name": entry.name,
        "data": dict(entry.data),
        "valid_from": entry.valid_from.isoformat(),
        "valid_to": entry.valid_to and entry.valid_to.isoformat(),
    }
