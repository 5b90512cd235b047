"""What decisions know of the client register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openics.clients.addresses import ADDRESS_PARTS, match_key
from openics.clients.codes import ClientKind
from openics.clients.register_record import ClientRecord, Entry
from openics.decision.outcome import Outcome, Request
from openics.messages.clients.clreg import ClientRegistration
from openics.reference.facts import ReferenceFacts


@dataclass(frozen=True, slots=True)
class RegisteredClient:
    """A client as registered; `client_id` is its ABN or CCID, `address` the parts of its business address by name."""

    client_id: str
    kind: ClientKind
    registered_at: datetime
    name: str = ""
    client_activity_centre: str = ""
    match_key: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[Mapping[str, Any], ...] = ()
    roles: tuple[str, ...] = ()
    active: bool = True
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class UsedReference:
    """A sender reference that an accepted document used up: unique for a client and a type of document (rule X02)."""

    owner: str
    document: str
    reference: str
    message: int


@dataclass(frozen=True, slots=True)
class Business:
    """What the register of businesses says of an ABN: name, whether it is active, and its activity centres."""

    abn: str
    name: str
    active: bool
    centres: tuple[Entry, ...] = ()

    def valid_centres(self, on: date) -> tuple[Entry, ...]:
        """The activity centres that hold on a day."""
        return tuple(each for each in self.centres if each.in_force(on))


def address_parts(document: ClientRegistration) -> dict[str, str]:
    """The parts of the first address of a registration by name; nothing without an address."""
    if not document.addresses:
        return {}
    given = {name: getattr(document.addresses[0], name) for name in ADDRESS_PARTS}
    return {name: part for name, part in given.items() if part}


def registration_key(document: ClientRegistration) -> str:
    """The match key of a registration by name; empty for one by ABN, which is known by its number alone."""
    if document.abn is not None or not document.client_name:
        return ""
    return match_key(document.client_name, address_parts(document))


class RegisterFacts:
    """The part of the register that a batch of registrations touches, and the numbers reserved for it."""

    def __init__(
        self,
        clients: Iterable[RegisteredClient] = (),
        *,
        used: Iterable[UsedReference] = (),
        businesses: Mapping[str, Business] | None = None,
        reference: ReferenceFacts | None = None,
        ccid_numbers: Mapping[int, int] | None = None,
        response_numbers: Mapping[int, int] | None = None,
    ) -> None:
        """Numbers are by the number of their request; `businesses` by ABN, None while no extract of them is loaded."""
        self.businesses = businesses
        self.reference = reference or ReferenceFacts()
        self.ccid_numbers = ccid_numbers or {}
        self.response_numbers = response_numbers or {}
        self._used = {(each.owner, each.document, each.reference) for each in used}
        self._by_id: dict[str, RegisteredClient] = {}
        self._by_key: dict[str, list[RegisteredClient]] = {}
        for client in clients:
            self._add(client)

    def client(self, client_id: str | None) -> RegisteredClient | None:
        """The client with an ABN or CCID."""
        return self._by_id.get(client_id or "")

    def same_name_and_address(self, document: ClientRegistration) -> tuple[RegisteredClient, ...]:
        """The clients that the registration duplicates; a cancelled ABN does not count, a merged client is its survivor."""
        known = [self._survivor(client) for client in self._by_key.get(registration_key(document), ())]
        blocking = {each.client_id: each for each in known if each.active or each.kind is not ClientKind.ABN}
        return tuple(blocking.values())

    def _survivor(self, client: RegisteredClient) -> RegisteredClient:
        return self._by_id.get(client.merged_into, client)

    def is_used(self, request: Request) -> bool:
        """Whether the sender has used up the document's reference."""
        document = request.document
        return (request.owner, document.name, getattr(document, "sender_reference", None)) in self._used

    def apply(self, request: Request, outcome: Outcome) -> None:
        """Let the next document see what was registered."""
        if outcome.change is not None:
            self._add(outcome.change.client)
            self._used.add((request.owner, request.document.name, outcome.change.reference.reference))

    def _add(self, client: RegisteredClient) -> None:
        self._by_id[client.client_id] = client
        if client.match_key:
            self._by_key.setdefault(client.match_key, []).append(client)


@dataclass(frozen=True, slots=True)
class Registered:
    """What an accepted registration writes."""

    client: RegisteredClient
    reference: UsedReference
    record: ClientRecord
    channel: str = ""
