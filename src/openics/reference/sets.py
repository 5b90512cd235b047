"""The sets of reference data: what each holds, how its codes look, and how its files are laid out.

The order of the fields in a fixed-width file follows the published files whose layout is known: code, name, own columns,
first day, last day. The widths are ours (evidence I), since those of the published files are not known; they stand here
only.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stdnum import imo

from openics.reference.codes import CodeList, EstablishmentKind

NAME_WIDTH: Final = 100
"""Characters of a name, in every set."""
BEGINNING: Final = date(2000, 1, 1)
"""From when entries hold whose true first day does not matter here."""

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a set: how wide it is, what is right in it, and how to say so."""

    name: str
    width: int
    check: Check
    form: str
    """The right form in words, put after "write"."""
    kind: type[str] | type[bool] | type[list[str]] = str

    def value(self, text: str) -> str | bool | list[str]:
        """The value that a text of a file stands for."""
        if self.kind is bool:
            return text == "y"
        return text.split() if self.kind is list else text

    def text(self, value: Any) -> str:
        """The text that stands for a value."""
        if self.kind is bool:
            return "y" if value else ""
        return " ".join(value or ()) if self.kind is list else str(value or "")


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """One set. `file_code` is what its files are named with; a set that is not `published` is for decisions only."""

    code_list: CodeList
    file_code: str
    title: str
    about: str
    code: Column
    columns: tuple[Column, ...] = ()
    published: bool = True

    @property
    def heading(self) -> tuple[str, ...]:
        """The first line of a CSV file."""
        return ("code", "name", "valid_from", "valid_to", *(column.name for column in self.columns))


def _is(pattern: str) -> Check:
    expression = re.compile(pattern)
    return lambda text: expression.fullmatch(text) is not None


def _is_zone(text: str) -> bool:
    try:
        return ZoneInfo(text).key == text
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _is_vessel(text: str) -> bool:
    if text.isascii() and text.isdigit() and len(text) == 7:
        return bool(imo.is_valid(text))
    return re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", text) is not None


def _code(width: int, pattern: str | Check, form: str) -> Column:
    return Column("code", width, _is(pattern) if isinstance(pattern, str) else pattern, form)


def _flag(name: str) -> Column:
    return Column(name, 1, lambda text: text in {"", "y"}, "y, or nothing for no", bool)


def _of(code_list: CodeList, title: str, about: str, code: Column, *columns: Column, **more: Any) -> ReferenceSet:
    return ReferenceSet(code_list, more.pop("file_code", code_list.value), title, about, code, columns, **more)


_KINDS: Final = frozenset(kind.value for kind in EstablishmentKind)
_PORT_FORM: Final = "a UN/LOCODE such as AUSYD"
_PORT: Final = r"[A-Z]{2}[A-Z2-9]{3}"
_SETS: Final = (
    _of(
        CodeList.AHECC,
        "Export commodity classification",
        "Codes for exports, with unit and what they need.",
        _code(8, r"\d{8}", "8 digits"),
        Column("unit", 3, _is(r"[A-Z0-9]{1,3}"), "a unit of quantity such as KG"),
        *(_flag(name) for name in ("permit", "prescribed", "excisable")),
        file_code="AHECCSS",
    ),
    _of(
        CodeList.PORT,
        "Ports and airports",
        "UN/LOCODEs with time zone and airport codes.",
        _code(5, _PORT, _PORT_FORM),
        Column(
            "function", 8, _is("1?2?3?4?5?6?7?B?"), "functions of the UN/LOCODE, such as 1 (port) or 14 (with airport)"
        ),
        Column("zone", 40, _is_zone, "an IANA time zone such as Australia/Perth"),
        Column("aliases", 60, _is("([A-Z]{3}( [A-Z]{3})*)?"), "IATA codes with blanks between them", list),
    ),
    _of(
        CodeList.ESTABLISHMENT,
        "Establishments",
        "Depots, warehouses, terminals and appointed places.",
        _code(6, "[A-Z0-9]{4,6}", "4 to 6 letters and digits"),
        Column("kind", 10, lambda text: text in _KINDS, f"one of {', '.join(sorted(_KINDS))}"),
        Column("port", 5, _is(_PORT), _PORT_FORM),
        Column("operator", 70, lambda _: True, "the operator's name"),
        Column("berth", 35, lambda _: True, "the berth or terminal"),
    ),
    _of(
        CodeList.VESSEL,
        "Vessels",
        "Ships by IMO number, or by a code from customs.",
        _code(
            8,
            _is_vessel,
            "an IMO number with its right check digit, or customs' code: a letter, then letters and digits",
        ),
        Column("flag", 2, _is("([A-Z]{2})?"), "the country of the flag in two letters, or nothing"),
        Column("type", 35, lambda _: True, "the type of the ship"),
    ),
    _of(
        CodeList.AIRLINE,
        "Airlines",
        "IATA designators with waybill prefixes.",
        _code(2, "(?!\\d\\d)[A-Z0-9]{2}", "the two characters of the IATA designator"),
        Column("aliases", 35, _is(r"(\d{3}( \d{3})*)?"), "prefixes of three digits with blanks between them", list),
    ),
    _of(
        CodeList.PACKAGE_TYPE,
        "Types of packages",
        "Codes of UN/ECE Recommendation 21.",
        _code(2, "[A-Z0-9]{2}", "two letters or digits"),
    ),
    _of(
        CodeList.CARGO_TYPE,
        "Cargo types",
        "How sea cargo travels.",
        _code(3, "[A-Z]{3}|[A-Z]/[A-Z]", "three letters"),
    ),
    _of(CodeList.COUNTRY, "Countries", "ISO 3166-1 codes.", _code(2, "[A-Z]{2}", "two letters")),
    _of(CodeList.CURRENCY, "Currencies", "ISO 4217 codes.", _code(3, "[A-Z]{3}", "three letters")),
    _of(
        CodeList.AUSTRALIAN_PLACE,
        "Australian places",
        "Names of towns that an address abroad is checked against.",
        _code(35, "[A-Z][A-Z ]{0,34}", "the name in capital letters"),
        published=False,
    ),
)
SETS: Final[dict[CodeList, ReferenceSet]] = {each.code_list: each for each in _SETS}
"""Every set by its code list, in the order in which they are shown."""
BY_FILE_CODE: Final[dict[str, ReferenceSet]] = {each.file_code: each for each in _SETS}
"""Every set by the code that its files are named with."""
