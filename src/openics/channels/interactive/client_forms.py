"""What people type into the forms of the client register, as records; nothing is looked up here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from openics.clients.addresses import ADDRESS_PARTS
from openics.clients.codes import EntryKind
from openics.clients.register_record import ClientRecord, Entry
from openics.clients.register_rules import MOST_CONTACTS, WITH_ADDRESS, Problem
from openics.messages.codes import ContactKind

BLANK_CONTACTS: Final = 2
"""Empty rows that the form offers for more contacts."""
CONTACT_FIELDS: Final = ("kind", "prefix", "value", "purpose")
LONGEST_FIELD: Final = 2000
"""Characters of a field that are read; the rules say how many are kept."""


class Fields(Protocol):
    """A form as it was sent."""

    def get(self, name: str, default: str, /) -> str | None: ...


def text(form: Fields, name: str) -> str:
    """A field without blanks around it, double blanks in it, and the one character that the database does not take."""
    return " ".join((form.get(name, "") or "")[:LONGEST_FIELD].replace("\0", "").split())


def code(form: Fields, name: str) -> str:
    """A field that holds an id: in capitals, without blanks."""
    return text(form, name).replace(" ", "").upper()


def address(form: Fields) -> dict[str, str]:
    """The address of a form; the country in capitals."""
    given = {part: text(form, part) for part in ADDRESS_PARTS}
    given["country"] = given["country"].upper()
    return {part: value for part, value in given.items() if value}


def contacts(form: Fields) -> tuple[Mapping[str, str], ...]:
    """The contacts of a form; rows without number or address are left out."""
    rows = [{name: text(form, f"contact_{place}_{name}") for name in CONTACT_FIELDS} for place in range(MOST_CONTACTS)]
    return tuple(
        {name: value for name, value in row.items() if value or name in _ALWAYS} for row in rows if row["value"]
    )


_ALWAYS: Final = {"kind", "value"}


def blank_rows(known: int) -> int:
    """How many rows for contacts a form has."""
    return min(known + BLANK_CONTACTS, MOST_CONTACTS)


def kinds_of_contact() -> dict[str, str]:
    """The kinds of contact with their names."""
    return dict(ContactKind.meanings())


def amended(record: ClientRecord, form: Fields) -> ClientRecord:
    """The record with what the form says of name, address and contacts."""
    own_address = not record.of_kind(EntryKind.CENTRE)
    return replace(
        record,
        name=text(form, "name"),
        address=address(form) if own_address else record.address,
        centre=record.centre if own_address else text(form, "centre"),
        contact_name=text(form, "contact_name"),
        contact_title=text(form, "contact_title"),
        contacts=contacts(form),
    )


def entry(kind: EntryKind, form: Fields) -> tuple[Entry, list[Problem]]:
    """The entry of a form, and what cannot be read of it."""
    problems = [Problem(place, "Enter a date like 2026-03-31") for place in _DATES if not _readable(form, place)]
    problems += [] if text(form, "valid_from") else [Problem("valid_from", "Enter the first day")]
    broker = kind is EntryKind.BROKER_LICENCE
    made = Entry(
        kind=kind,
        code=text(form, "code").upper(),
        valid_from=_day(text(form, "valid_from")) or date.min,
        valid_until=_day(text(form, "valid_until")),
        name=text(form, "name"),
        address=address(form) if kind in WITH_ADDRESS else {},
        nominee=text(form, "nominee") if broker else "",
        nominee_licence=text(form, "nominee_licence") if broker else "",
        evidence=text(form, "evidence"),
    )
    return made, problems


_DATES: Final = ("valid_from", "valid_until")


def _readable(form: Fields, place: str) -> bool:
    return not text(form, place) or _day(text(form, place)) is not None


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        return None
