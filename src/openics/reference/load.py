"""Loads the reference entries that a batch asks for, in one query."""

import json
from collections.abc import Iterable
from datetime import datetime

from openics.decision.room import Cursor
from openics.reference.codes import CodeList
from openics.reference.facts import Entry, ReferenceFacts

Key = tuple[CodeList, str]

_ENTRIES = """
SELECT code_list, code, name, valid_from, valid_to, data::text
FROM reference_item
WHERE (code_list, code) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
_CURRENT = _ENTRIES + "AND superseded_at IS NULL"
_AS_KNOWN = _ENTRIES + "AND recorded_at <= %s AND (superseded_at IS NULL OR superseded_at > %s)"


def load(cursor: Cursor, keys: Iterable[Key], known_at: datetime | None = None) -> ReferenceFacts:
    """All periods of the keys, as known now or, to replay a decision, as they were known at an earlier moment."""
    asked = sorted(set(keys))
    lists, codes = [code_list.value for code_list, _ in asked], [code for _, code in asked]
    if known_at is None:
        cursor.execute(_CURRENT, (lists, codes))
    else:
        cursor.execute(_AS_KNOWN, (lists, codes, known_at, known_at))
    return ReferenceFacts(
        Entry(CodeList(code_list), code, name, valid_from, valid_to, json.loads(data))
        for code_list, code, name, valid_from, valid_to, data in cursor.fetchall()
    )
