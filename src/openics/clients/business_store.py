"""The extract of the register of businesses: who holds an ABN, and the activity centres under it."""

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Final, TextIO

from openics.clients.addresses import ADDRESS_PARTS
from openics.clients.codes import EntryKind
from openics.clients.facts import Business
from openics.clients.identifiers import is_abn
from openics.clients.register_errors import RegisterError
from openics.clients.register_record import Entry
from openics.clients.register_rules import entry_problems
from openics.decision.room import Cursor

COLUMNS: Final = ("abn", "name", "status", "centre", *ADDRESS_PARTS, "valid_from", "valid_until")
"""Columns of an extract: a row for each activity centre, or one row without for an ABN that has none."""
_STATUSES: Final = {"ACTIVE": True, "CANCELLED": False}
_BATCH: Final = 1000

_WRITE = """
INSERT INTO business_number (abn, name, active, centres, loaded_at)
SELECT abn, name, active, centres, %s FROM jsonb_to_recordset(%s::jsonb)
AS given (abn text, name text, active boolean, centres jsonb)
ON CONFLICT (abn) DO UPDATE SET name = excluded.name, active = excluded.active, centres = excluded.centres,
                                loaded_at = excluded.loaded_at
"""


def load_businesses(cursor: Cursor, abns: Collection[str]) -> dict[str, Business] | None:
    """What the extract says of these ABNs; None while no extract is loaded."""
    cursor.execute(
        "SELECT abn, name, active, centres::text FROM business_number WHERE abn = ANY(%s) "
        "UNION ALL (SELECT '', '', false, '[]' FROM business_number LIMIT 1)",
        (sorted(abns),),
    )
    rows = cursor.fetchall()
    found = {
        abn: Business(abn, name, active, tuple(map(Entry.from_json, json.loads(centres))))
        for abn, name, active, centres in rows
        if abn
    }
    return found if rows else None


def load_extract(cursor: Cursor, lines: TextIO, now: datetime) -> int:
    """Read an extract and keep it in the place of what is known of its ABNs; returns how many those are.

    The rows of an ABN must stand together. Raises RegisterError `bad-extract` with the line for what cannot be read.
    """
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        text = f"Its first line must name the columns {','.join(COLUMNS)}."
        raise RegisterError("bad-extract", "extract", text, "Write it as CSV in UTF-8.")
    count, batch = 0, []
    for business in _businesses(enumerate(reader, start=2)):
        batch.append(business)
        if len(batch) == _BATCH:
            count += _write(cursor, batch, now)
            batch = []
    return count + _write(cursor, batch, now)


def _write(cursor: Cursor, batch: Collection[Business], now: datetime) -> int:
    rows = [
        {"abn": each.abn, "name": each.name, "active": each.active, "centres": [one.to_json() for one in each.centres]}
        for each in {each.abn: each for each in batch}.values()
    ]
    cursor.execute(_WRITE, (now, json.dumps(rows)))
    return len(rows)


def _businesses(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[Business]:
    for abn, group in groupby(rows, key=lambda row: row[1]["abn"]):
        held = list(group)
        number, first = held[0]
        if not is_abn(abn):
            raise _wrong(number, f"{abn[:20]!r} is no ABN, or its check digits are wrong.")
        if first["status"] not in _STATUSES or not 0 < len(first["name"] or "") <= 200:
            raise _wrong(number, "There must be a name of at most 200 characters, and the status ACTIVE or CANCELLED.")
        centres = tuple(_centre(place, row) for place, row in held if row["centre"])
        yield Business(abn, first["name"], _STATUSES[first["status"]], centres)


def _centre(number: int, row: Mapping[str, str]) -> Entry:
    address = {part: row[part] for part in ADDRESS_PARTS if row[part]}
    try:
        until = date.fromisoformat(row["valid_until"]) if row["valid_until"] else None
        centre = Entry(EntryKind.CENTRE, row["centre"], date.fromisoformat(row["valid_from"]), until, address=address)
    except (ValueError, TypeError) as error:
        raise _wrong(number, "valid_from and valid_until are dates like 2026-03-01.") from error
    countries = {address.get("country", "")}
    wrong = entry_problems(centre, countries)
    if wrong:
        raise _wrong(number, f"{wrong[0].place}: {wrong[0].text}.")
    return centre


def _wrong(number: int, text: str) -> RegisterError:
    return RegisterError(
        "bad-extract", f"line {number}", text, "Nothing of the extract is loaded; mend it and load it again."
    )
