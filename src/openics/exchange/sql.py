"""Statements for many rows at once: round trips, not commits, are what costs."""

import re
from collections.abc import Mapping, Sequence
from json import dumps
from typing import Any

from openics.decision.room import Cursor

NUL, SHOWN_NUL = "\0", "\N{REPLACEMENT CHARACTER}"
"""The one character that PostgreSQL stores in no text, and what stands for it there; evidence keeps the bytes."""
_NUL_IN_JSON = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def as_text(value: Any) -> Any:
    """A value for a text column: hostile bytes must not keep their own refusal out of the log."""
    return value.replace(NUL, SHOWN_NUL) if isinstance(value, str) else value


def as_json(value: Any) -> str:
    """JSON that PostgreSQL takes."""
    return _NUL_IN_JSON.sub(r"\1\\ufffd", dumps(value))


def insert(cursor: Cursor, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert all rows with one statement; `columns` maps each name to its SQL type, in the order of a row's values.

    Values of `jsonb` columns are JSON values; None is SQL's null. A whole column travels as one value.
    """
    if rows:
        cursor.execute(*_insertion(table, columns, rows))


def insert_numbered(cursor: Cursor, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert as `insert` does; returns the new rows' ids."""
    if not rows:
        return []
    statement, values = _insertion(table, columns, rows)
    cursor.execute(f"{statement} RETURNING id", values)
    return [number for (number,) in cursor.fetchall()]


def _insertion(table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    sources, chosen = [], []
    for place, kind in enumerate(columns.values()):
        is_json = kind == "jsonb"
        sources.append("jsonb_array_elements(%s::jsonb)" if is_json else f"unnest(%s::{kind}[])")
        chosen.append(f"nullif(c{place}, 'null')" if is_json else f"c{place}")
    names = ", ".join(f"c{place}" for place in range(len(columns)))
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(chosen)} "  # noqa: S608 - names and types are ours
        f"FROM ROWS FROM ({', '.join(sources)}) AS given ({names})"
    )
    kinds = columns.values()
    values = [
        as_json(column) if kind == "jsonb" else [as_text(value) for value in column]
        for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)
    ]
    return statement, values


def reserve(cursor: Cursor, table: str, count: int) -> list[int]:
    """Take `count` new row ids of a table, rising."""
    if count == 0:
        return []
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s) ORDER BY 1", (table, count)
    )
    return [number for (number,) in cursor.fetchall()]
