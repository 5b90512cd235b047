"""Applications to be registered by those who never dealt with the system: what is asked, and what must hold. Pure."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any, Final

from openics.clients.codes import ClientKind, EntryKind
from openics.clients.identifiers import is_abn
from openics.clients.register_record import ClientRecord, Entry
from openics.clients.register_rules import LONGEST, ROLES, Problem, address_problems, contact_problems
from openics.decision.authority_numbers import DIGITS, LETTERS
from openics.messages.codes import ContactKind

STEPS: Final = ("identify", "details", "roles", "person", "check")
"""The steps of the form, in order."""
CONDITIONS: Final = "2026-11"
"""The version of the conditions that are agreed to."""
COLLECT_WITHIN: Final = timedelta(days=14)
"""How long after the approval the first password can be collected."""
OPEN_ROLES: Final = tuple(role for role, facts in ROLES.items() if facts.needs is None)
"""Roles that one may apply for; the others need a licence that an officer enters."""
LONGEST_MAIL: Final = 254
_SYMBOLS: Final = LETTERS + DIGITS
_REFERENCE, _SECRET = 9, 16


@dataclass(frozen=True, slots=True)
class Application:
    """What an applicant says: the organisation, its address and roles, and the first person who is to sign in."""

    kind: str = ""
    abn: str = ""
    name: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    telephone_prefix: str = ""
    telephone: str = ""
    mail: str = ""
    roles: tuple[str, ...] = ()
    person_name: str = ""
    person_mail: str = ""
    person_title: str = ""
    agreed: str = ""

    def to_json(self) -> dict[str, Any]:
        """As kept, in the session and with the application."""
        return {**asdict(self), "address": dict(self.address), "roles": list(self.roles)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Application":
        """Read what `to_json` wrote; what is not known is left out."""
        known = {each.name for each in fields(cls)}
        given = {name: value for name, value in data.items() if name in known}
        return cls(**{**given, "roles": tuple(data.get("roles", ())), "address": dict(data.get("address") or {})})

    def contacts(self) -> tuple[Mapping[str, str], ...]:
        """The contacts of the organisation."""
        telephone = {"kind": ContactKind.BUSINESS.value, "prefix": self.telephone_prefix, "value": self.telephone}
        mail = {"kind": ContactKind.MAIL.value, "value": self.mail}
        return tuple({name: value for name, value in each.items() if value} for each in (telephone, mail))

    def record(self, client_id: str, today: date, evidence: str) -> ClientRecord:
        """The record that an approval makes."""
        return ClientRecord(
            client_id=client_id,
            kind=ClientKind(self.kind),
            name=self.name,
            address=dict(self.address),
            contact_name=self.person_name,
            contact_title=self.person_title,
            contacts=self.contacts(),
            entries=tuple(Entry(EntryKind.ROLE, role, today, evidence=evidence) for role in self.roles),
        )

    def added_to(self, record: ClientRecord, today: date, evidence: str) -> ClientRecord:
        """A record that is there, with the contacts and roles that it lacks; its name and address stay."""
        new = self.record(record.client_id, today, evidence)
        held = record.roles(today)
        roles = tuple(entry for entry in new.entries if entry.code not in held)
        contacts = tuple(each for each in new.contacts if each not in record.contacts)
        return replace(record, contacts=(*record.contacts, *contacts), entries=(*record.entries, *roles))


def problems(step: str, given: Application, countries: Collection[str]) -> list[Problem]:
    """What is wrong with one step of an application; `check` looks at all of them."""
    if step == "check":
        wrong = [problem for each in STEPS[:-1] for problem in problems(each, given, countries)]
        agreed = [] if given.agreed == CONDITIONS else [Problem("agreed", "Agree to the conditions to go on")]
        return wrong + agreed
    return {"identify": _identify, "roles": _roles, "person": _person}.get(step, _details)(given, countries)


def _identify(given: Application, _: Collection[str]) -> list[Problem]:
    if given.kind not in set(ClientKind):
        return [Problem("kind", "Select what you are")]
    if given.kind == ClientKind.ABN and not is_abn(given.abn):
        return [Problem("abn", "Enter an ABN of 11 digits; check each digit")]
    return []


def _details(given: Application, countries: Collection[str]) -> list[Problem]:
    found = [] if given.name else [Problem("name", "Enter the name")]
    found += _too_long("name", given.name, LONGEST["name"])
    found += address_problems(given.address, countries)
    telephone, mail = ({"kind": "BP", "value": "", **each} for each in given.contacts())
    return found + contact_problems(telephone, "telephone") + contact_problems(mail, "mail")


def _roles(given: Application, _: Collection[str]) -> list[Problem]:
    if not given.roles or not set(given.roles) <= set(OPEN_ROLES):
        return [Problem("roles", "Select at least one role")]
    return []


def _person(given: Application, _: Collection[str]) -> list[Problem]:
    found = [] if given.person_name else [Problem("person_name", "Enter the name of the first person")]
    found += _too_long("person_name", given.person_name, LONGEST["contact_name"])
    found += [] if given.person_title else [Problem("person_title", "Enter the work title")]
    found += _too_long("person_title", given.person_title, LONGEST["contact_title"])
    wrong = contact_problems({"kind": ContactKind.MAIL.value, "value": given.person_mail}, "person_mail")
    return found + (wrong or _too_long("person_mail", given.person_mail, LONGEST_MAIL))


def _too_long(place: str, value: str, most: int) -> list[Problem]:
    if len(value) > most:
        return [Problem(place, f"Use {most} characters or fewer; there are {len(value)}")]
    return [] if value.isprintable() else [Problem(place, "Leave out control characters")]


def new_reference() -> str:
    """A reference that says nothing of who or how many applied."""
    return _drawn(_REFERENCE)


def new_secret() -> str:
    """A code that only the applicant is shown: 16 symbols, 71 bits."""
    return _drawn(_SECRET)


def _drawn(length: int) -> str:
    return "".join(secrets.choice(_SYMBOLS) for _ in range(length))


def hashed(secret: str) -> str:
    """What is kept of a code; blanks, hyphens and case do not matter."""
    plain = "".join(secret.upper().replace("-", " ").split())
    return hashlib.sha256(f"application {plain}".encode()).hexdigest()
