"""Fields of documents: what each is called, holds and where it stands in the message."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, NewType, get_args, get_type_hints

from openics.messages.codes import CodeList


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    """A moment, in UTC."""
    CLOCK = "time of day"
    """Hours and minutes, at the place concerned."""
    STAMP = "local time"
    """A moment to the microsecond by the clock of the place that sent it, without zone."""
    PART = "part"
    """Records of named fields."""


LocalTime = NewType("LocalTime", datetime)
"""The type of fields that hold a local time: a `datetime` without zone."""


_KINDS: dict[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    Decimal: Kind.DECIMAL,
    date: Kind.DATE,
    datetime: Kind.TIME,
    time: Kind.CLOCK,
    LocalTime: Kind.STAMP,
}


_SINGULARS = (("ies", "y"), ("ches", "ch"), ("xes", "x"), ("sses", "ss"), ("ss", "ss"), ("s", ""))
"""Endings of labels of lists, with those of one of their records."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    `path` is its place: groups, segment with qualifier, element (`SG30/MEA+WT/C174.6314`), within its part. `length` is the
    data dictionary's format (`an..35`, `n8`, `a2`; empty: only the EDIFACT element limits it). `use` is the business usage
    (M, C or O, with `condition` in words), checked by the rules of the room; `required` fields are asked by the message
    structure itself. `codes` are checked by the gateway when `closed`. `evidence` is D, S, I or U, of place and codes.
    """

    path: str
    label: str = ""
    length: str = ""
    codes: type[CodeList] | None = None
    closed: bool = True
    use: str = "C"
    condition: str = ""
    required: bool = False
    evidence: str = "S"
    source: str = ""
    pad: int = 0
    decimals: int | None = None
    """How many decimals a number is written with; None leaves them as they are."""
    default: Any = None
    repeated: bool = False
    name: str = ""
    kind: Kind = Kind.TEXT
    part: Any = None
    """The class of the records, for kind PART."""

    @property
    def single(self) -> str:
        """What one record of a list is called: `Party` of `Parties`."""
        for ending, one in _SINGULARS:
            if self.label.endswith(ending):
                return self.label.removesuffix(ending) + one
        return self.label

    @property
    def dictionary_name(self) -> str:
        """The label as the gateway's data dictionary writes it: capitals without blanks."""
        return "".join(character for character in self.label.upper() if character.isalnum())


def at(path: str, label: str = "", length: str = "", **about: Any) -> Any:
    """A field that stands once, at `path`; the other arguments are those of `Field`."""
    return Field(path, label, length, **about)


def each(path: str, label: str = "", length: str = "", **about: Any) -> Any:
    """A field that may be repeated: every occurrence of `path`, in order."""
    return Field(path, label, length, repeated=True, default=(), **about)


def group(path: str, label: str = "", **about: Any) -> Any:
    """Repeated records: one for every repetition of a segment group, or of a segment."""
    return Field(path, label, repeated=True, default=(), **about)


def bind_fields(owner: type) -> tuple[Field, ...]:
    """The fields of a part class, those of its bases first, completed with name and kind from the annotations."""
    declared: dict[str, Field] = {}
    for base in reversed(owner.__mro__[1:]):
        declared |= {field.name: field for field in base.__dict__.get("part_fields", ())}
    hints = get_type_hints(owner)
    for name, value in list(owner.__dict__.items()):
        if isinstance(value, Field):
            declared[name] = _bound(value, name, hints[name])
    return tuple(declared.values())


def _bound(field: Field, name: str, hint: Any) -> Field:
    found = next((arg for arg in get_args(hint) if arg not in (NoneType, Ellipsis)), hint)
    label = field.label or name.replace("_", " ").capitalize()
    if found in _KINDS:
        return replace(field, name=name, label=label, kind=_KINDS[found])
    return replace(field, name=name, label=label, kind=Kind.PART, part=found)
