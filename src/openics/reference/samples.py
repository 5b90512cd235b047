"""The sample reference data that comes with the system: our own CSV files, countries and currencies.

Columns are `code,name,valid_from,valid_to` and then those of the list: `y` in a flag column means yes. The samples let
the system run at once; an administration loads its own lists in their place.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.resources import files
from typing import Any, Final

import pycountry

from openics.reference.codes import CodeList
from openics.reference.facts import Entry

BEGINNING: Final = date(2000, 1, 1)
"""From when entries hold whose true first day does not matter here."""

_FLAGS: Final = frozenset({"permit", "prescribed", "excisable"})
_FILES: Final[dict[CodeList, tuple[str, tuple[str, ...]]]] = {
    CodeList.AHECC: ("ahecc.csv", ("unit", "permit", "prescribed", "excisable")),
    CodeList.PORT: ("ports.csv", ("zone",)),
    CodeList.ESTABLISHMENT: ("establishments.csv", ("kind", "port")),
    CodeList.AUSTRALIAN_PLACE: ("australian_places.csv", ()),
}


class ReferenceFileError(ValueError):
    """A reference file that cannot be loaded: names file, line, cause and fix."""


def samples() -> list[Entry]:
    """All sample entries."""
    entries = [*countries(), *currencies()]
    for code_list, (name, columns) in _FILES.items():
        text = files("openics.reference").joinpath("data", name).read_text("utf-8")
        entries.extend(read_csv(text.splitlines(), code_list, columns, name))
    return entries


def countries() -> Iterator[Entry]:
    """ISO 3166-1 countries, from pycountry."""
    for country in pycountry.countries:
        yield Entry(CodeList.COUNTRY, country.alpha_2, country.name.upper(), BEGINNING)


def currencies() -> Iterator[Entry]:
    """ISO 4217 currencies, from pycountry."""
    for currency in pycountry.currencies:
        yield Entry(CodeList.CURRENCY, currency.alpha_3, currency.name.upper(), BEGINNING)


def read_csv(lines: Iterable[str], code_list: CodeList, columns: tuple[str, ...], name: str) -> list[Entry]:
    """The entries of a CSV file whose first line names its columns; periods of one code must not overlap."""
    reader = csv.DictReader(lines)
    expected = ("code", "name", "valid_from", "valid_to", *columns)
    if tuple(reader.fieldnames or ()) != expected:
        raise ReferenceFileError(f"{name}, line 1: the columns are {reader.fieldnames}; write {','.join(expected)}")
    periods: dict[str, list[Entry]] = {}
    entries: list[Entry] = []
    for row in reader:
        place = f"{name}, line {reader.line_num}"
        entry = _entry(row, code_list, columns, place)
        others = periods.setdefault(entry.code, [])
        _refuse_overlap(entry, others, place)
        others.append(entry)
        entries.append(entry)
    return entries


def _entry(row: dict[str, Any], code_list: CodeList, columns: tuple[str, ...], place: str) -> Entry:
    if None in row or None in row.values():
        raise ReferenceFileError(f"{place}: the row has not as many values as there are columns; check its commas")
    data = {column: row[column] == "y" if column in _FLAGS else row[column] for column in columns}
    first = _day(row["valid_from"], "valid_from", place) or BEGINNING
    last = _day(row["valid_to"], "valid_to", place)
    if last is not None and last < first:
        raise ReferenceFileError(f"{place}: {row['code']} ends on {last}, before it starts on {first}; exchange them")
    return Entry(code_list, row["code"], row["name"], first, last, data)


def _day(text: str, column: str, place: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReferenceFileError(f"{place}: {column} is {text!r}; write a day as 2017-01-31, or nothing") from None


def _refuse_overlap(entry: Entry, others: Iterable[Entry], place: str) -> None:
    starts_in: Callable[[Entry, Entry], bool] = lambda one, other: other.in_force(one.valid_from)  # noqa: E731
    for other in others:
        if starts_in(entry, other) or starts_in(other, entry):
            raise ReferenceFileError(
                f"{place}: {entry.code} has a period from {other.valid_from} that overlaps the one from "
                f"{entry.valid_from}; end the older one the day before"
            )
