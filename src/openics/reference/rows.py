"""Rows of a reference file and the entries they stand for; every fault of every row is found in one reading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from openics.reference.facts import Entry
from openics.reference.problems import Problem
from openics.reference.sets import BEGINNING, NAME_WIDTH, Column, ReferenceSet

Row = Mapping[str, str]
ACTIONS = {"I": "insert", "U": "update", "D": "delete"}
"""Letters at the end of a row of a change file; only I has been seen."""


@dataclass(slots=True)
class Rows:
    """What a file holds: its entries in order, each with its place (and its action in a change file), and its faults."""

    entries: list[Entry] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def row_of(entry: Entry, kind: ReferenceSet) -> dict[str, str]:
    """The texts of an entry by column."""
    row = {"code": entry.code, "name": entry.name, "valid_from": entry.valid_from.isoformat()}
    row["valid_to"] = entry.valid_to.isoformat() if entry.valid_to else ""
    return row | {column.name: column.text(entry.data.get(column.name)) for column in kind.columns}


def read_rows(rows: Iterable[tuple[str, Row]], kind: ReferenceSet, change: bool = False) -> Rows:
    """Read rows, each with its place; in a change file each has an `action`."""
    found = Rows()
    for place, row in rows:
        problems = [*_faults(place, row, kind)]
        if change and row.get("action") not in ACTIONS:
            fix = "end the row with I (insert), U (update) or D (delete)"
            problems.append(Problem(place, f"the action is {row.get('action')!r}", fix))
        if problems:
            found.problems += problems
            continue
        found.entries.append(_entry(row, kind))
        found.places.append(place)
        found.actions.append(row.get("action", ""))
    return found


def _entry(row: Row, kind: ReferenceSet) -> Entry:
    data = {column.name: column.value(row[column.name]) for column in kind.columns}
    first, last = _day(row["valid_from"]) or BEGINNING, _day(row["valid_to"])
    return Entry(kind.code_list, row["code"], row["name"], first, last, data)


def _faults(place: str, row: Row, kind: ReferenceSet) -> Iterable[Problem]:
    if missing := [name for name in kind.heading if not isinstance(row.get(name), str)]:
        yield Problem(place, f"there is no text for {', '.join(missing)}", "give every column, an empty one too")
        return
    for column in (kind.code, *kind.columns):
        yield from _wrong_value(place, row[column.name], column)
    if not row["name"] or len(row["name"]) > NAME_WIDTH or not row["name"].isprintable():
        yield Problem(place, f"the name is {row['name']!r}", f"write 1 to {NAME_WIDTH} printable characters")
    yield from _wrong_days(place, row)


def _wrong_value(place: str, text: str, column: Column) -> Iterable[Problem]:
    if not column.check(text):
        yield Problem(place, f"{column.name} is {text!r}", f"write {column.form}")
    elif len(text) > column.width or not text.isprintable():
        yield Problem(place, f"{column.name} is {text!r}", f"write at most {column.width} printable characters")


def _wrong_days(place: str, row: Row) -> Iterable[Problem]:
    wrong = [name for name in ("valid_from", "valid_to") if row[name] and _day(row[name]) is None]
    for name in wrong:
        yield Problem(place, f"{name} is {row[name]!r}", "write a day as 2017-01-31, or nothing")
    if wrong or not row["valid_to"]:
        return
    first, last = _day(row["valid_from"]) or BEGINNING, _day(row["valid_to"])
    if last is not None and last < first:
        yield Problem(place, f"{row['code']} ends on {last}, before it starts on {first}", "exchange them")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def overlaps(entries: Iterable[Entry], places: Iterable[str]) -> list[Problem]:
    """The periods of one code that share a day; each is told at the place of the later row."""
    found: list[Problem] = []
    periods: dict[str, list[tuple[Entry, int]]] = {}
    by_row = list(places)
    for number, entry in enumerate(entries):
        periods.setdefault(entry.code, []).append((entry, number))
    for of_code in periods.values():
        of_code.sort(key=lambda each: (each[0].valid_from, each[1]))
        for (before, one), (after, other) in pairwise(of_code):
            if before.in_force(after.valid_from):
                found.append(_overlap(before, after, by_row[max(one, other)]))
    return found


def _overlap(before: Entry, after: Entry, place: str) -> Problem:
    if before.valid_from == after.valid_from:
        return Problem(place, f"{after.code} from {after.valid_from} is there twice", "keep one of the rows")
    cause = f"the period of {after.code} from {before.valid_from} reaches into the one from {after.valid_from}"
    return Problem(place, cause, "end the older one the day before the newer one starts")
