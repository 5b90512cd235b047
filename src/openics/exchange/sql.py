"""Statements for many rows at once: round trips, not commits, are what costs."""

from collections.abc import Mapping, Sequence
from json import dumps
from typing import Any

from openics.decision.room import Cursor


def insert(cursor: Cursor, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert all rows with one statement; `columns` maps each name to its SQL type, in the order of a row's values.

    Values of `jsonb` columns are JSON values; None is SQL's null. A whole column travels as one value.
    """
    if not rows:
        return
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
        dumps(column) if kind == "jsonb" else list(column)
        for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)
    ]
    cursor.execute(statement, values)


def reserve(cursor: Cursor, table: str, count: int) -> list[int]:
    """Take `count` new row ids of a table, rising."""
    if count == 0:
        return []
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s) ORDER BY 1", (table, count)
    )
    return [number for (number,) in cursor.fetchall()]
