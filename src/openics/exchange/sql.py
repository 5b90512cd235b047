"""Statements for many rows at once: round trips, not commits, are what costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from openics.decision.room import Cursor


def insert(cursor: Cursor, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert all rows with one statement; `columns` maps each name to its SQL type, in the order of a row's values."""
    if not rows:
        return
    names = ", ".join(columns)
    arrays = ", ".join(f"%s::{_array(kind)}" for kind in columns.values())
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})",  # noqa: S608 - names and types are ours
        [list(column) for column in zip(*rows, strict=True)],
    )


def reserve(cursor: Cursor, table: str, count: int) -> list[int]:
    """Take `count` new row ids of a table, rising."""
    if count == 0:
        return []
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s) ORDER BY 1", (table, count)
    )
    return [number for (number,) in cursor.fetchall()]


def _array(kind: str) -> str:
    return "text[]::jsonb[]" if kind == "jsonb" else f"{kind}[]"
