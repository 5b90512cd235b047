"""Loads the reference entries that a batch asks for, in one query; and whole sets for those who keep them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openics.decision.room import Cursor
from openics.reference.codes import CodeList
from openics.reference.facts import Entry, ReferenceFacts
from openics.reference.sets import SETS

Key = tuple[CodeList, str]

_COLUMNS = "code_list, code, name, valid_from, valid_to, data::text"
_ENTRIES = f"""
SELECT {_COLUMNS} FROM reference_item
WHERE id IN (
    SELECT id FROM reference_item
    WHERE (code_list, code) IN (SELECT * FROM unnest(%(lists)s::text[], %(codes)s::text[]))
    UNION ALL
    SELECT stored.id FROM unnest(%(alias_lists)s::text[], %(aliases)s::text[]) AS asked (code_list, alias)
    JOIN reference_item AS stored
    ON stored.data -> 'aliases' ? asked.alias AND stored.code_list = asked.code_list
) AND
"""  # noqa: S608 - put together from our own statements
_SET = f"SELECT {_COLUMNS} FROM reference_item WHERE code_list = %(list)s AND "  # noqa: S608 - our own statements
_CURRENT = "superseded_at IS NULL"
_AS_KNOWN = "recorded_at <= %(known)s AND (superseded_at IS NULL OR superseded_at > %(known)s)"


def load(cursor: Cursor, keys: Iterable[Key], known_at: datetime | None = None) -> ReferenceFacts:
    """All periods of the keys, as known now or, to replay a decision, as they were known at an earlier moment.

    A key may hold an alias where its list has some: the prefix of an air waybill, the IATA code of an airport.
    """
    asked = sorted(set(keys))
    aliases = [(code_list, code) for code_list, code in asked if _is_alias(code_list, code)]
    values = {
        "lists": [code_list.value for code_list, _ in asked],
        "codes": [code for _, code in asked],
        "alias_lists": [code_list.value for code_list, _ in aliases],
        "aliases": [code for _, code in aliases],
    }
    return ReferenceFacts(_entries(cursor, _ENTRIES, values, known_at))


def load_set(cursor: Cursor, code_list: CodeList, known_at: datetime | None = None) -> list[Entry]:
    """Every period of every code of one set, in order of code and first day."""
    found = _entries(cursor, _SET, {"list": code_list.value}, known_at)
    return sorted(found, key=lambda entry: (entry.code, entry.valid_from))


def _is_alias(code_list: CodeList, code: str) -> bool:
    kind = SETS[code_list]
    return any(column.name == "aliases" for column in kind.columns) and not kind.code.check(code)


def _entries(cursor: Cursor, query: str, values: dict[str, Any], known_at: datetime | None) -> list[Entry]:
    if known_at is None:
        cursor.execute(query + _CURRENT, values)
    else:
        cursor.execute(query + _AS_KNOWN, values | {"known": known_at})
    return [
        Entry(CodeList(code_list), code, name, valid_from, valid_to, json.loads(data))
        for code_list, code, name, valid_from, valid_to, data in cursor.fetchall()
    ]
