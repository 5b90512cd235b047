"""A client's record as the register keeps it, its JSON form, and what tells two versions of it apart. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from openics.clients.addresses import ADDRESS_PARTS, match_key
from openics.clients.codes import ClientKind, EntryKind, Standing

KIND_NAMES: Final[dict[EntryKind, str]] = {
    EntryKind.CENTRE: "Client Activity Centre",
    EntryKind.BRANCH: "Branch",
    EntryKind.ROLE: "Role",
    EntryKind.BROKER_LICENCE: "Broker licence",
    EntryKind.DEPOT_LICENCE: "Depot licence",
    EntryKind.WAREHOUSE_LICENCE: "Warehouse licence",
    EntryKind.ESTABLISHMENT: "Establishment",
}
LICENCES: Final = (EntryKind.BROKER_LICENCE, EntryKind.DEPOT_LICENCE, EntryKind.WAREHOUSE_LICENCE)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that holds of a client for a time: from `valid_from` to the end of `valid_until` (None: no end known).

    `code` is the number, id or role. `nominee` is the name of the licence holder who answers for a broker licence, with
    the number of that holder's own licence. `evidence` is what showed it.
    """

    kind: EntryKind
    code: str
    valid_from: date
    valid_until: date | None = None
    name: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    nominee: str = ""
    nominee_licence: str = ""
    evidence: str = ""

    @property
    def title(self) -> str:
        """What it is called, e.g. `Role IMPORTER`."""
        return f"{KIND_NAMES[self.kind]} {self.code}"

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def overlaps(self, other: "Entry") -> bool:
        """Whether there is a day on which both hold."""
        ends = [each.valid_until or date.max for each in (self, other)]
        return max(self.valid_from, other.valid_from) <= min(ends)

    def to_json(self) -> dict[str, Any]:
        """The entry as JSON values, without what is empty."""
        plain = {**asdict(self), "valid_from": self.valid_from.isoformat()}
        plain["valid_until"] = self.valid_until.isoformat() if self.valid_until else None
        return {name: value for name, value in plain.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Entry":
        """Read what `to_json` wrote."""
        until = data.get("valid_until")
        dates = {
            "valid_from": date.fromisoformat(data["valid_from"]),
            "valid_until": date.fromisoformat(until) if until else None,
        }
        return cls(**{**data, "kind": EntryKind(data["kind"]), **dates})


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """All that the register holds of a client; `centre` is the activity centre chosen for its business address."""

    client_id: str
    kind: ClientKind
    name: str = ""
    standing: Standing = Standing.ACTIVE
    centre: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    contact_name: str = ""
    contact_title: str = ""
    contacts: tuple[Mapping[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    merged_into: str = ""

    def of_kind(self, *kinds: EntryKind) -> list[Entry]:
        """Its entries of some kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    def roles(self, on: date) -> tuple[str, ...]:
        """The roles that it has on a day, in the order in which they were given."""
        return tuple(dict.fromkeys(each.code for each in self.of_kind(EntryKind.ROLE) if each.in_force(on)))

    def business_address(self, on: date) -> Mapping[str, str]:
        """The address of its chosen activity centre, else of the lowest valid one; without any, the address given."""
        valid = {each.code: each for each in self.of_kind(EntryKind.CENTRE) if each.in_force(on)}
        chosen = valid.get(self.centre) or (valid[min(valid)] if valid else None)
        return chosen.address if chosen else self.address

    def match_key(self, on: date) -> str:
        """What a 100 % duplicate has in common with it; empty without a name."""
        return match_key(self.name, self.business_address(on)) if self.name else ""

    def addresses(self) -> list[Mapping[str, str]]:
        """Every address that it names."""
        return [self.address, *(entry.address for entry in self.entries)]

    def next_change(self, after: date) -> date | None:
        """The first day after `after` on which a role or an activity centre begins to hold or holds no more."""
        watched = self.of_kind(EntryKind.ROLE, EntryKind.CENTRE)
        days = [each.valid_from for each in watched]
        days += [date.fromordinal(each.valid_until.toordinal() + 1) for each in watched if each.valid_until]
        return min((day for day in days if day > after), default=None)

    def with_entry(self, entry: Entry, place: int | None = None) -> "ClientRecord":
        """The record with an entry more, or with another one at a place."""
        if place is None:
            return replace(self, entries=(*self.entries, entry))
        return replace(self, entries=(*self.entries[:place], entry, *self.entries[place + 1 :]))

    def to_json(self) -> dict[str, Any]:
        """The record as JSON values."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        plain |= {"kind": self.kind.value, "standing": self.standing.value, "address": dict(self.address)}
        plain["contacts"] = [dict(contact) for contact in self.contacts]
        return {**plain, "entries": [entry.to_json() for entry in self.entries]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ClientRecord":
        """Read what `to_json` wrote."""
        plain = {name: data[name] for name in _PLAIN}
        return cls(
            **plain,
            kind=ClientKind(data["kind"]),
            standing=Standing(data["standing"]),
            address=dict(data["address"]),
            contacts=tuple(data["contacts"]),
            entries=tuple(Entry.from_json(each) for each in data["entries"]),
        )


_PLAIN: Final = ("client_id", "name", "centre", "contact_name", "contact_title", "merged_into")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an amendment changes, in words; empty text for nothing."""

    what: str
    before: str
    after: str


_SHOWN: Final = (
    ("name", "Name"),
    ("standing", "Status"),
    ("centre", "Chosen activity centre"),
    ("contact_name", "Contact person"),
    ("contact_title", "Title of the contact person"),
    ("merged_into", "Merged into"),
)


def differences(before: ClientRecord, after: ClientRecord) -> list[Difference]:
    """What differs between two versions of a record, in the order in which the record is shown."""
    found = [Difference(text, str(getattr(before, name)), str(getattr(after, name))) for name, text in _SHOWN]
    found.append(Difference("Address", address_line(before.address), address_line(after.address)))
    found += _listed("Contact", map(contact_line, before.contacts), map(contact_line, after.contacts))
    found += _listed("Entry", map(entry_line, before.entries), map(entry_line, after.entries))
    return [each for each in found if each.before != each.after]


def _listed(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[Difference]:
    old, new = list(before), list(after)
    yield from (Difference(what, line, "") for line in old if line not in new)
    yield from (Difference(what, "", line) for line in new if line not in old)


def address_line(address: Mapping[str, str]) -> str:
    """An address in one line."""
    return ", ".join(address[part] for part in ADDRESS_PARTS if address.get(part))


def contact_line(contact: Mapping[str, Any]) -> str:
    """A contact in one line: `BP +61 0400000000 (office)`."""
    purpose = f"({contact['purpose']})" if contact.get("purpose") else ""
    return " ".join(part for part in (contact["kind"], contact.get("prefix"), contact["value"], purpose) if part)


def entry_line(entry: Entry) -> str:
    """An entry in one line, with all that it says."""
    until = f"until {entry.valid_until:%Y-%m-%d}" if entry.valid_until else ""
    nominee = f"nominee {entry.nominee} {entry.nominee_licence}".strip() if entry.nominee else ""
    evidence = f"evidence: {entry.evidence}" if entry.evidence else ""
    parts = (entry.name, address_line(entry.address), nominee, f"from {entry.valid_from:%Y-%m-%d}", until, evidence)
    return ", ".join(part for part in (entry.title, *parts) if part)
