"""Values of fields: from the text of an element and back, with the checks of the data dictionary."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final

from openics.edifact.decimals import parse_decimal
from openics.edifact.directory import Format
from openics.edifact.faults import SyntaxCode
from openics.edifact.filling import NO_TEXT, Entry
from openics.edifact.writer import UnwritableError
from openics.messages.binding import Slot
from openics.messages.fields import Kind

_DIGITS: Final = frozenset("0123456789")


class DataError(ValueError):
    """A value that the element may hold but the data dictionary forbids; `code` says what kind of error it is."""

    def __init__(self, code: SyntaxCode, text: str, expected: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.expected = expected


def parse_value(slot: Slot, text: str, mark: str = ".") -> Any:
    """The value of a field in the text of its element. Raises DataError where the data dictionary forbids it."""
    check_dictionary(slot, text)
    return _PARSERS[slot.field.kind](slot, text, mark)


def entry_of(slot: Slot) -> Entry:
    """How the texts of a field are kept: as they are where nothing can be wrong with them, else by `parse_value`, or sooner."""
    field, wanted, bounds = slot.field, slot.wanted, NO_TEXT
    read: Callable[[str, str], Any] = partial(parse_value, slot)
    if field.kind is Kind.TEXT and (wanted is None or wanted.kind == "an"):
        bounds = (wanted.shortest, wanted.longest) if wanted else (0, slot.format.longest)
    elif wanted is None:
        read = partial(_PARSERS[field.kind], slot)
    elif wanted.kind == "n":
        read = _digits_reader(slot, wanted)
    return Entry(slot, field.name, field.repeated, field.default, *bounds, read)


def _digits_reader(slot: Slot, wanted: Format) -> Callable[[str, str], Any]:
    shortest, longest, parse = wanted.shortest, wanted.longest, _PARSERS[slot.field.kind]

    def read(text: str, mark: str) -> Any:
        if shortest <= len(text) <= longest and text.isdigit() and text.isascii():
            return parse(slot, text, mark)
        return parse_value(slot, text, mark)

    return read


def check_dictionary(slot: Slot, text: str) -> None:
    """Check length and characters against the data dictionary, in the manner of the gateway's own texts."""
    wanted = slot.wanted
    if wanted is None:
        return
    length = len(text)
    if wanted.shortest <= length <= wanted.longest and wanted.kind == "an":
        return
    name = f"{slot.field.dictionary_name} in BODY"
    if length < wanted.shortest:
        text = f"Length of {name} is {length} characters, less than the minimum field length of {wanted.shortest}"
        raise DataError(SyntaxCode.TOO_SHORT, text, str(wanted))
    if length > wanted.longest:
        text = f"Length of {name} is {length} characters, more than the maximum field length of {wanted.longest}"
        raise DataError(SyntaxCode.TOO_LONG, text, str(wanted))
    if wanted.kind == "n" and not _DIGITS.issuperset(text):
        raise DataError(SyntaxCode.INVALID_CHARACTER_TYPE, f"{name} holds characters other than digits", str(wanted))
    if wanted.kind == "a" and not _DIGITS.isdisjoint(text):
        raise DataError(SyntaxCode.INVALID_CHARACTER_TYPE, f"{name} holds digits", str(wanted))


def _text(slot: Slot, text: str, mark: str) -> str:  # noqa: ARG001 - all parsers are called alike
    return text


def _integer(slot: Slot, text: str, mark: str) -> int:  # noqa: ARG001
    if not _DIGITS.issuperset(text):
        raise _data_error(slot, SyntaxCode.INVALID_CHARACTER_TYPE, "is not a whole number")
    return int(text)


def _decimal(slot: Slot, text: str, mark: str) -> Decimal:
    number = parse_decimal(text, mark)
    if isinstance(number, SyntaxCode):
        raise _data_error(slot, number, f"is not a number ({number.meaning})")
    return number


def _date(slot: Slot, text: str, mark: str) -> date:  # noqa: ARG001
    found = read_date(text)
    if found is None:
        raise _data_error(slot, SyntaxCode.INVALID_VALUE, "is not a date in the form CCYYMMDD")
    return found


def _time(slot: Slot, text: str, mark: str) -> datetime:  # noqa: ARG001
    found = read_time(text)
    if found is None:
        raise _data_error(slot, SyntaxCode.INVALID_VALUE, "is not a time in the form CCYYMMDDHHMMSS")
    return found


def _clock(slot: Slot, text: str, mark: str) -> time:  # noqa: ARG001
    found = read_clock(text)
    if found is None:
        raise _data_error(slot, SyntaxCode.INVALID_VALUE, "is not a time in the form HHMM")
    return found


def _stamp(slot: Slot, text: str, mark: str) -> datetime:  # noqa: ARG001
    found = read_stamp(text)
    if found is None:
        raise _data_error(slot, SyntaxCode.INVALID_VALUE, "is not a time in the form CCYYMMDDHHMMSS and six decimals")
    return found


_PARSERS: Final[dict[Kind, Callable[[Slot, str, str], Any]]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.CLOCK: _clock,
    Kind.STAMP: _stamp,
}


def _data_error(slot: Slot, code: SyntaxCode, text: str) -> DataError:
    return DataError(code, f"{slot.field.dictionary_name} in BODY {text}")


@lru_cache(maxsize=4096)
def read_date(text: str) -> date | None:
    """The date in CCYYMMDD (2379 code 102); None if it is not one."""
    if len(text) != 8 or not _DIGITS.issuperset(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def read_time(text: str) -> datetime | None:
    """The moment in CCYYMMDDHHMMSS, UTC (2379 code 204); None if it is not one."""
    found = read_stamp(f"{text}000000") if len(text) == 14 else None
    return found.replace(tzinfo=UTC) if found else None


def read_stamp(text: str) -> datetime | None:
    """The local time in CCYYMMDDHHMMSSffffff; None if it is not one."""
    if len(text) != 20 or not _DIGITS.issuperset(text):
        return None
    month, day, hour, minute, second = (int(text[at : at + 2]) for at in range(4, 14, 2))
    try:
        return datetime(int(text[:4]), month, day, hour, minute, second, int(text[14:]))  # noqa: DTZ001 - local by nature
    except ValueError:
        return None


@lru_cache(maxsize=1440)
def read_clock(text: str) -> time | None:
    """The time of day in HHMM (2379 code 401); None if it is not one."""
    if len(text) != 4 or not _DIGITS.issuperset(text):
        return None
    try:
        return time(int(text[:2]), int(text[2:]))
    except ValueError:
        return None


def write_date(value: date) -> str:
    """CCYYMMDD."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def write_time(value: datetime) -> str:
    """CCYYMMDDHHMMSS in UTC."""
    moment = value.astimezone(UTC)
    return f"{write_date(moment)}{moment.hour:02}{moment.minute:02}{moment.second:02}"


def write_clock(value: time) -> str:
    """HHMM."""
    return f"{value.hour:02}{value.minute:02}"


def write_stamp(value: datetime) -> str:
    """CCYYMMDDHHMMSSffffff, as the clock showed it."""
    return f"{write_date(value)}{value.hour:02}{value.minute:02}{value.second:02}{value.microsecond:06}"


def format_fixed(name: str, value: Decimal, decimals: int, mark: str = ".") -> str:
    """A number with so many decimals, no more and no fewer. Raises UnwritableError for one that has more."""
    text = format(value, f".{decimals}f")
    if not value.is_finite() or Decimal(text) != value:
        raise UnwritableError(f"{name} is {value}; its place holds numbers with {decimals} decimals")
    return text.replace(".", mark)
