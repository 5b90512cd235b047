"""A message's document as people read it: named fields, tables of what repeats, and what changed between versions (pure).

Names, order and code meanings come from the message's own declaration; a field that it no longer has reads by its key.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openics.channels.interactive.words import label
from openics.messages.document import Part
from openics.messages.fields import Field
from openics.messages.fields import Kind as FieldKind

ENVELOPE = frozenset({"version", "function"})
Json = Mapping[str, Any]
Kind = type[Part] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A repeating part: its name, the columns that any row fills, and the rows as text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document: single fields in order, then its tables."""

    fields: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions; empty text means that the field was not there."""

    place: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field that has a value."""

    name: str
    label: str
    value: Any
    field: Field | None = None

    @property
    def part(self) -> Kind:
        """The kind of the records, where the field holds records."""
        return self.field.part if self.field else None

    @property
    def is_table(self) -> bool:
        return isinstance(self.value, list) and all(isinstance(each, Mapping) for each in self.value)

    @property
    def text(self) -> str:
        """The value: numbers in groups of three, dates with the month's name, codes with their meaning."""
        text = self.short_text
        meaning = self.field.codes.meanings().get(text, "") if self.field and self.field.codes else ""
        return f"{text} - {meaning.partition(':')[0]}" if meaning else text

    @property
    def short_text(self) -> str:
        """The value, codes without their meaning."""
        kind = self.field.kind if self.field else None
        if kind is FieldKind.DECIMAL:
            return f"{Decimal(str(self.value)):,f}"
        if kind is FieldKind.DATE:
            return f"{date.fromisoformat(str(self.value)):%-d %b %Y}"
        if kind is FieldKind.TIME:
            return f"{datetime.fromisoformat(str(self.value)):%-d %b %Y %H:%M:%S}"
        return as_text(self.value)


def sheet(document: Json, kind: Kind = None) -> Sheet:
    """The fields and tables of the JSON form of a document of `kind`; empty fields are left out."""
    fields: list[tuple[str, str]] = []
    tables = []
    for entry in _entries(document, kind):
        if entry.is_table:
            tables.append(_table(entry))
        elif isinstance(entry.value, Mapping):
            fields.extend((f"{entry.label}: {inner.label}", inner.text) for inner in _entries(entry.value, entry.part))
        else:
            fields.append((entry.label, entry.text))
    return Sheet(tuple(fields), tuple(tables))


def changes(old: Json, new: Json, kind: Kind = None) -> list[Change]:
    """What differs, in the order of the new document; rows are told apart by their number.

    What every version changes, its own number and function, is left out.
    """
    before, after = (dict(_flat({k: v for k, v in each.items() if k not in ENVELOPE}, kind)) for each in (old, new))
    places = [*after, *(place for place in before if place not in after)]
    return [
        Change(place, before.get(place, ""), after.get(place, ""))
        for place in places
        if before.get(place, "") != after.get(place, "")
    ]


def as_text(value: Any) -> str:
    """A value as text: lists are joined, yes and no are words, nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{entry.label} {entry.text}" for entry in _entries(value, None))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(text for text in map(as_text, value) if text)
    return str(value)


def _entries(document: Json, kind: Kind) -> Iterator[_Entry]:
    """The filled fields: those that the declaration names, in its order, then the others."""
    declared = {field.name: field for field in kind.fields()} if kind else {}
    for name in (*declared, *(name for name in document if name not in declared)):
        value = document.get(name)
        if value in (None, "", [], (), {}):
            continue
        field = declared.get(name)
        if field:
            yield _Entry(name, field.label, value, field)
        else:
            yield _Entry(name, label(name), value)


def _table(entry: _Entry) -> Table:
    rows = [{each.name: each for each in _entries(row, entry.part)} for row in entry.value]
    order = [field.name for field in entry.part.fields()] if entry.part else []
    filled = dict.fromkeys(name for row in rows for name in row)
    columns = sorted(filled, key=lambda name: order.index(name) if name in order else len(order))
    labels = {name: each.label for row in rows for name, each in row.items()}
    texts = tuple(tuple(row[name].short_text if name in row else "" for name in columns) for row in rows)
    return Table(entry.label, tuple(labels[name] for name in columns), texts)


def _flat(document: Json, kind: Kind, within: str = "") -> Iterator[tuple[str, str]]:
    for entry in _entries(document, kind):
        place = f"{within}: {entry.label}" if within else entry.label
        if entry.is_table:
            for position, row in enumerate(entry.value, start=1):
                numbered = f"{place} {row.get('number', position)}"
                yield from _flat({key: each for key, each in row.items() if key != "number"}, entry.part, numbered)
        elif isinstance(entry.value, Mapping):
            yield from _flat(entry.value, entry.part, place)
        else:
            yield place, entry.text
