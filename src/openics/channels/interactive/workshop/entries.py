"""What a form for a document consists of: inputs for its fields, and groups of them for its records (pure).

Everything comes from the document class. A name in the form is the place of the value in the document's JSON form, with
hyphens: `lines-3-ahecc`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from openics.edifact.directory import parse_format
from openics.messages.document import Part
from openics.messages.fields import Field, Kind

Json = Mapping[str, Any]

SHOWN: Final = 10
"""Records of one list that a form shows at a time; the others stay as they are."""

_TYPES: Final = {Kind.DATE: "date", Kind.CLOCK: "time"}
_SHAPES: Final = {
    Kind.TIME: "in UTC, as 2026-11-02T09:00:00Z",
    Kind.STAMP: "local, as 2026-11-02T09:00:00.000000",
    Kind.DECIMAL: "a number with a decimal point",
    Kind.INTEGER: "a whole number",
}
_USES: Final = {"M": "Mandatory", "C": "Conditional", "O": "Optional"}


@dataclass(frozen=True, slots=True)
class Input:
    """One field: `type` is that of the HTML input, or `select` or `list` (one value in a line)."""

    name: str
    label: str
    type: str
    value: str
    hint: str
    options: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    mandatory: bool = False
    width: int = 0
    is_records: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its place, its number in the list, and what it consists of."""

    name: str
    number: int
    entries: "tuple[Input | Records, ...]"


@dataclass(frozen=True, slots=True)
class Records:
    """A list of records: those shown, how many there are, and where those before and after begin (None: none)."""

    name: str
    label: str
    rows: tuple[Row, ...]
    count: int
    earlier: int | None = None
    later: int | None = None
    problem: str = ""
    single: str = ""
    """What one of them is called."""
    is_records: bool = True


def entries(
    part: type[Part], data: Json, problems: Mapping[str, str], starts: Mapping[str, int], place: str = ""
) -> "tuple[Input | Records, ...]":
    """The form of a document (or of a record at `place`): `starts` says with which record each list begins."""
    return tuple(_entry(field, data, problems, starts, f"{place}{field.name}") for field in part.fields())


def _entry(
    field: Field, data: Json, problems: Mapping[str, str], starts: Mapping[str, int], name: str
) -> Input | Records:
    value = data.get(field.name)
    if field.kind is Kind.PART:
        return _records(field, value if isinstance(value, list) else [], problems, starts, name)
    return Input(
        name,
        field.label,
        _type(field),
        _shown(field, value),
        "; ".join(_hints(field)),
        tuple(field.codes.meanings().items()) if field.codes else (),
        problems.get(name, ""),
        field.required or field.use == "M",
        _width(field),
    )


def _records(
    field: Field, values: list[Any], problems: Mapping[str, str], starts: Mapping[str, int], name: str
) -> Records:
    start = max(0, min(starts.get(name, 0), len(values) - 1))
    rows = tuple(
        Row(f"{name}-{index}", index + 1, entries(field.part, each, problems, starts, f"{name}-{index}-"))
        for index, each in enumerate(values[start : start + SHOWN], start=start)
    )
    earlier = max(0, start - SHOWN) if start else None
    later = start + SHOWN if start + SHOWN < len(values) else None
    return Records(name, field.label, rows, len(values), earlier, later, problems.get(name, ""), field.single)


def _type(field: Field) -> str:
    if field.repeated:
        return "list"
    if field.codes and field.closed:
        return "select"
    return _TYPES.get(field.kind, "text")


def _shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    return "\n".join(map(str, value)) if field.repeated and isinstance(value, list) else str(value)


def _hints(field: Field) -> Iterator[str]:
    yield "Mandatory" if field.required else _USES[field.use] + (f": {field.condition}" if field.condition else "")
    if field.repeated:
        yield "one in a line"
    if field.kind in _SHAPES:
        yield _SHAPES[field.kind]
    if field.length:
        yield field.length


def _width(field: Field) -> int:
    """The characters that the input is wide; 0 for as wide as there is room."""
    if field.kind is not Kind.TEXT or not field.length:
        return 0 if field.kind is Kind.TEXT else 20
    longest = parse_format(field.length).longest
    return longest if longest <= 20 else 0
