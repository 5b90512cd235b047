"""The JSON form of documents: field names as keys, only what is present, numbers with decimals as text."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from openics.messages.fields import Field, Kind

if TYPE_CHECKING:
    from openics.messages.document import Part

Some = TypeVar("Some", bound="Part")

CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class JsonFormError(ValueError):
    """JSON that is not the form of the document; the message says where and why."""


def to_json(part: "Part") -> dict[str, Any]:
    """The JSON form of a document or of a part of one."""
    return {field.name: _listed(field, value) for field, value in part.present()}


def _listed(field: Field, value: Any) -> Any:
    return [_WRITE[field.kind](each) for each in value] if field.repeated else _WRITE[field.kind](value)


def _write_time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


_WRITE: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.DECIMAL: lambda value: format(value, "f"),
    Kind.DATE: date.isoformat,
    Kind.TIME: _write_time,
    Kind.CLOCK: lambda value: value.isoformat("minutes"),
    Kind.STAMP: datetime.isoformat,
    Kind.PART: to_json,
}


def from_json(part: type[Some], data: Any, place: str = "") -> Some:
    """The document that a JSON form describes. Raises JsonFormError with place and cause."""
    if not isinstance(data, dict):
        raise JsonFormError(f"{place or part.__name__} must be an object, not {_kind(data)}")
    fields = {field.name: field for field in part.fields()}
    unknown = sorted(data.keys() - fields.keys())
    if unknown:
        raise JsonFormError(f"{place or part.__name__} has no field {', '.join(map(str, unknown))}")
    prefix = f"{place}." if place else ""
    return part(**{name: _read(fields[name], value, prefix + name) for name, value in data.items()})


def _read(field: Field, value: Any, place: str) -> Any:
    if not field.repeated:
        return None if value is None else _READ[field.kind](field, value, place)
    if not isinstance(value, list):
        raise JsonFormError(f"{place} must be a list, not {_kind(value)}")
    return tuple(_READ[field.kind](field, each, f"{place}[{number}]") for number, each in enumerate(value))


def _read_text(field: Field, value: Any, place: str) -> str:  # noqa: ARG001 - all are called alike
    if isinstance(value, str):
        return value
    raise JsonFormError(f"{place} must be text, not {_kind(value)}")


def _read_integer(field: Field, value: Any, place: str) -> int:  # noqa: ARG001
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise JsonFormError(f"{place} must be a whole number from 0, not {_kind(value)}")


def _read_decimal(field: Field, value: Any, place: str) -> Decimal:
    text = _read_text(field, value, place)
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    raise JsonFormError(f'{place} must be a number written as text, e.g. "12.50", not {value!r}')


def _read_date(field: Field, value: Any, place: str) -> date:
    text = _read_text(field, value, place)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise JsonFormError(f"{place} must be a date in the form CCYY-MM-DD, not {value!r}") from None


def _read_time(field: Field, value: Any, place: str) -> datetime:
    text = _read_text(field, value, place)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise JsonFormError(f"{place} must be a time in the form CCYY-MM-DDTHH:MM:SSZ, not {value!r}") from None
    if moment.tzinfo is None:
        raise JsonFormError(f"{place} must say its time zone, e.g. end in Z for UTC")
    if moment.microsecond:
        raise JsonFormError(f"{place} must be a time of whole seconds, not {value!r}")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise JsonFormError(f"{place} is {value!r}, which is out of range in UTC") from None


def _read_clock(field: Field, value: Any, place: str) -> time:
    text = _read_text(field, value, place)
    if CLOCK.fullmatch(text):
        return time.fromisoformat(text)
    raise JsonFormError(f"{place} must be a time of day in the form HH:MM, not {value!r}")


def _read_stamp(field: Field, value: Any, place: str) -> datetime:
    text = _read_text(field, value, place)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise JsonFormError(f"{place} must be a time in the form CCYY-MM-DDTHH:MM:SS, not {value!r}") from None
    if moment.tzinfo is not None:
        raise JsonFormError(f"{place} is a local time; it must not say a time zone")
    return moment


def _read_part(field: Field, value: Any, place: str) -> "Part":
    part: type[Part] = field.part
    return from_json(part, value, place)


_READ: Final[dict[Kind, Callable[[Field, Any, str], Any]]] = {
    Kind.TEXT: _read_text,
    Kind.INTEGER: _read_integer,
    Kind.DECIMAL: _read_decimal,
    Kind.DATE: _read_date,
    Kind.TIME: _read_time,
    Kind.CLOCK: _read_clock,
    Kind.STAMP: _read_stamp,
    Kind.PART: _read_part,
}


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
