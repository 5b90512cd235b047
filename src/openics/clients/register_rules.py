"""What holds for the records of the register, whoever amends them. Pure.

Forms of codes: activity centre inferred; branch, establishment and broker licence from real messages (seen); depot and
warehouse licences unverified. They stand in one place, `FORMS`, and the roles in `ROLES`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from openics.clients.addresses import ADDRESS_PARTS
from openics.clients.codes import WITH_PREFIX, ClientKind, EntryKind, Role
from openics.clients.register_record import KIND_NAMES, ClientRecord, Entry
from openics.messages.codes import ContactKind

LONGEST: Final[Mapping[str, int]] = {
    "name": 200,
    "street": 70,
    "street_2": 70,
    "city": 35,
    "postcode": 9,
    "state": 9,
    "country": 2,
    "contact_name": 70,
    "contact_title": 70,
    "value": 254,
    "prefix": 9,
    "purpose": 70,
    "nominee": 200,
    "nominee_licence": 5,
    "evidence": 300,
}
"""Characters that each part may have."""
MOST_CONTACTS: Final = 20
MOST_ENTRIES: Final = 500


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """Where a role is known from (D documented, S seen, I inferred), and the licence that it needs, if any."""

    evidence: str
    needs: EntryKind | None = None
    by_message: bool = False


ROLES: Final[Mapping[Role, RoleFacts]] = {
    Role.IMPORTER: RoleFacts("S", by_message=True),
    Role.EXPORTER: RoleFacts("S", by_message=True),
    Role.EXPORTER_AGENT: RoleFacts("D", by_message=True),
    Role.SUPPLIER: RoleFacts("S", by_message=True),
    Role.LICENSED_BROKERAGE: RoleFacts("D", EntryKind.BROKER_LICENCE),
    Role.AIR_CARGO_REPORTER: RoleFacts("D", by_message=True),
    Role.SEA_CARGO_REPORTER: RoleFacts("D", by_message=True),
    Role.SAC_COMMUNICATOR: RoleFacts("D", by_message=True),
    Role.BUREAU: RoleFacts("D"),
    Role.HOST_BUREAU: RoleFacts("D"),
    Role.SHIPPING_LINE: RoleFacts("I"),
    Role.AIRLINE: RoleFacts("I"),
    Role.PRINCIPAL_AGENT: RoleFacts("I"),
    Role.SLOT_CHARTERER: RoleFacts("I"),
    Role.CARGO_TERMINAL_OPERATOR: RoleFacts("I"),
    Role.DEPOT_OPERATOR: RoleFacts("I", EntryKind.DEPOT_LICENCE),
    Role.WAREHOUSE_OPERATOR: RoleFacts("I", EntryKind.WAREHOUSE_LICENCE),
}
"""Every role; that a role needs a licence is inferred from its name."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the code of an entry is written, in a pattern and in words."""

    pattern: re.Pattern[str]
    words: str
    evidence: str


FORMS: Final[Mapping[EntryKind, Form]] = {
    EntryKind.CENTRE: Form(re.compile(r"\d{3}", re.ASCII), "three digits, like 001", "I"),
    EntryKind.BRANCH: Form(re.compile(r"[A-Z]{2}[0-9A-Z]{4}"), "six characters, like AF46JR", "S"),
    EntryKind.ROLE: Form(re.compile("|".join(Role)), f"one of {', '.join(Role)}", "D"),
    EntryKind.BROKER_LICENCE: Form(re.compile(r"\d{4,5}", re.ASCII), "four or five digits, like 01234", "S"),
    EntryKind.DEPOT_LICENCE: Form(re.compile(r"[0-9A-Z]{1,10}"), "up to ten letters and digits", "U"),
    EntryKind.WAREHOUSE_LICENCE: Form(re.compile(r"[0-9A-Z]{1,10}"), "up to ten letters and digits", "U"),
    EntryKind.ESTABLISHMENT: Form(re.compile(r"[0-9A-Z]{4}[A-Z]"), "five characters, the last a letter: 9034P", "S"),
}

WITH_ADDRESS: Final = frozenset({EntryKind.CENTRE, EntryKind.BRANCH, EntryKind.ESTABLISHMENT})
"""Entries that are places."""
BY_OFFICERS: Final = frozenset(EntryKind) - {EntryKind.CENTRE, EntryKind.BRANCH}
"""Entries that a client's own people do not amend: an officer has to see the evidence."""
_REQUIRED_PARTS: Final = ("street", "city", "country")
_PART_NAMES: Final = {
    "street": "address line 1",
    "city": "town or city",
    "country": "country code",
}
_MAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
_TELEPHONE: Final = re.compile(r"[0-9 ()\-]{3,30}", re.ASCII)
_PREFIX: Final = re.compile(r"\+?[0-9 ]{1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of a record; `place` is the part's name, `text` what to do about it."""

    place: str
    text: str


def problems(record: ClientRecord, countries: Collection[str]) -> list[Problem]:
    """What is wrong with a record as a whole; `countries` are the codes in force among those it names."""
    found = [*_name_problems(record), *_contact_person_problems(record)]
    if record.address or record.kind is not ClientKind.ABN:
        found += address_problems(record.address, countries)
    for place, contact in enumerate(record.contacts):
        found += contact_problems(contact, f"contact_{place}")
    if len(record.contacts) > MOST_CONTACTS:
        found.append(Problem("contact_0", f"Keep no more than {MOST_CONTACTS} contacts"))
    return found


def _name_problems(record: ClientRecord) -> list[Problem]:
    if not record.name:
        return [Problem("name", "Enter the name")]
    return [Problem("name", text) for text in _text_problems("name", record.name)]


def _contact_person_problems(record: ClientRecord) -> list[Problem]:
    named = {"contact_name": record.contact_name, "contact_title": record.contact_title}
    return [Problem(place, text) for place, value in named.items() for text in _text_problems(place, value)]


def _text_problems(place: str, value: str) -> list[str]:
    if len(value) > LONGEST[place]:
        return [f"Use {LONGEST[place]} characters or fewer; there are {len(value)}"]
    return [] if value.isprintable() else ["Leave out control characters"]


def address_problems(address: Mapping[str, str], countries: Collection[str]) -> list[Problem]:
    """What is wrong with an address."""
    found = [Problem(part, f"Enter the {_PART_NAMES[part]}") for part in _REQUIRED_PARTS if not address.get(part)]
    for part in ADDRESS_PARTS:
        found += [Problem(part, text) for text in _text_problems(part, address.get(part, ""))]
    country = address.get("country")
    if country and country not in countries and not any(each.place == "country" for each in found):
        found.append(Problem("country", "Enter the two letters of a country, like AU"))
    return found


def contact_problems(contact: Mapping[str, str], place: str) -> list[Problem]:
    """What is wrong with a contact."""
    kind, value, prefix = contact["kind"], contact["value"], contact.get("prefix", "")
    if kind not in ContactKind.meanings():
        return [Problem(place, "Select a type of contact")]
    found = [text for part in ("value", "purpose") for text in _text_problems(part, contact.get(part, ""))]
    if not value:
        found.append("Enter the number or address")
    elif kind == ContactKind.MAIL and not _MAIL.fullmatch(value):
        found.append("Enter an e-mail address as name@domain")
    elif kind != ContactKind.MAIL and not _TELEPHONE.fullmatch(value):
        found.append("Enter a number of 3 to 30 digits; put the country into the prefix")
    if prefix and kind not in WITH_PREFIX:
        found.append("A prefix goes only with business telephone, after-hours telephone and fax (CL0467)")
    elif prefix and not _PREFIX.fullmatch(prefix):
        found.append("Enter a prefix as + and digits, like +61")
    return [Problem(place, text) for text in found]


def entry_problems(entry: Entry, countries: Collection[str]) -> list[Problem]:
    """What is wrong with an entry by itself."""
    form = FORMS[entry.kind]
    found = [] if form.pattern.fullmatch(entry.code) else [Problem("code", f"Write it as {form.words}")]
    if entry.valid_until and entry.valid_until < entry.valid_from:
        found.append(Problem("valid_until", "The last day must not be before the first"))
    for place in ("name", "nominee", "nominee_licence", "evidence"):
        found += [Problem(place, text) for text in _text_problems(place, getattr(entry, place))]
    if entry.kind is EntryKind.BROKER_LICENCE:
        found += _nominee_problems(entry)
    if entry.kind in BY_OFFICERS and not entry.evidence:
        found.append(Problem("evidence", "Say what shows it, for example the number of the licence document"))
    return found + (address_problems(entry.address, countries) if entry.kind in WITH_ADDRESS else [])


def _nominee_problems(entry: Entry) -> list[Problem]:
    found = [] if entry.nominee else [Problem("nominee", "Enter the name of the nominee, who holds a licence")]
    if not FORMS[EntryKind.BROKER_LICENCE].pattern.fullmatch(entry.nominee_licence):
        found.append(Problem("nominee_licence", "Write the nominee's licence as four or five digits"))
    return found


def entries_problems(record: ClientRecord) -> list[Problem]:
    """What is wrong with a record's entries together."""
    found = [
        Problem("code", f"{each.title} stands there already for some of these days")
        for each in _doubled(record.entries)
    ]
    if record.kind is not ClientKind.ABN and record.of_kind(EntryKind.CENTRE):
        found.append(Problem("code", f"Only an ABN has a {KIND_NAMES[EntryKind.CENTRE]}"))
    if record.centre and record.centre not in {each.code for each in record.of_kind(EntryKind.CENTRE)}:
        found.append(Problem("centre", f"There is no activity centre {record.centre}"))
    if len(record.entries) > MOST_ENTRIES:
        found.append(Problem("code", f"Keep no more than {MOST_ENTRIES} entries"))
    return found + list(_unlicensed(record))


def _doubled(entries: Iterable[Entry]) -> list[Entry]:
    by_code: dict[tuple[EntryKind, str], list[Entry]] = {}
    doubled = []
    for entry in entries:
        known = by_code.setdefault((entry.kind, entry.code), [])
        doubled += [entry] if any(entry.overlaps(each) for each in known) else []
        known.append(entry)
    return doubled


def _unlicensed(record: ClientRecord) -> Iterable[Problem]:
    for role in record.of_kind(EntryKind.ROLE):
        needs = ROLES[Role(role.code)].needs if role.code in set(Role) else None
        if needs and not any(_covers(licence, role) for licence in record.of_kind(needs)):
            name = KIND_NAMES[needs].lower()
            yield Problem("code", f"{role.title} needs a {name} that holds for all of its days")


def _covers(licence: Entry, role: Entry) -> bool:
    until = licence.valid_until or date.max
    return licence.valid_from <= role.valid_from and (role.valid_until or date.max) <= until
