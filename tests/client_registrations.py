"""Client registrations for tests: the published sample and a supplier from abroad, and how they are decided."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from openics.clients.codes import ClientKind, EntryKind
from openics.clients.decide import decide_registration
from openics.clients.facts import Business, RegisteredClient, RegisterFacts, address_parts, registration_key
from openics.clients.register_record import Entry
from openics.decision.outcome import Outcome, Request
from openics.decision.rule import RuleResult
from openics.messages.clients.clreg import Address, ClientRegistration, Contact
from openics.messages.document import Document
from openics.reference.facts import ReferenceFacts
from openics.reference.samples import countries

NOW = datetime(2023, 6, 27, 4, 0, 14, tzinfo=UTC)
ABN = "51824753556"
SENDER = "53004085616"
SITE = "AAR399A"

BY_ABN = ClientRegistration(
    sender_reference="7N170STPSUIBEP6PH1D4E6ESHF",
    version=1,
    function="9",
    abn=ABN,
    contact_name="SOMEBODY",
    contact_title="EXPORT",
    contacts=(Contact(kind="BP", prefix="+50", value="0400000000", purpose="THIS IS PHONE"),),
    roles=("IMPORTER", "EXPORTER", "SUPPLIER"),
)
"""A registration by ABN that is accepted as the published answer shows: without an address."""
ADDRESS = Address(
    kind="BA",
    street="1 EXAMPLE STREET",
    city="EXAMPLETOWN",
    postcode="4210",
    state="QLD",
    country="AU",
)
WITH_ADDRESS = BY_ABN.replace(addresses=(ADDRESS,))
"""The same with the address of the published sample."""
SUPPLIER = ClientRegistration(
    sender_reference="SUPPLIER1",
    version=1,
    function="9",
    client_name="EXAMPLE OVERSEAS LIMITED",
    client_kind="ORG",
    addresses=(
        Address(
            kind="BA", street="ROOM 1, EXAMPLE BUILDING", city="SHENZHEN", postcode="518000", state="GD", country="CN"
        ),
    ),
    roles=("SUPPLIER",),
)
"""A supplier from abroad, to be known by a CCID."""

BUSINESS = Business(
    ABN,
    "EXAMPLE TRADING PTY LTD",
    True,
    (
        Entry(
            EntryKind.CENTRE, "003", date(2020, 7, 1), address={"street": "3 LAST ROAD", "city": "B", "country": "AU"}
        ),
        Entry(
            EntryKind.CENTRE, "002", date(2020, 7, 1), address={"street": "2 MAIN ROAD", "city": "A", "country": "AU"}
        ),
        Entry(EntryKind.CENTRE, "001", date(2020, 7, 1), date(2021, 6, 30), address={"street": "1 OLD ROAD"}),
    ),
)
"""What the register of businesses says of the ABN: its first activity centre is closed."""


def registered(document: ClientRegistration, client_id: str, *, active: bool = True) -> RegisteredClient:
    """The client of a registration, as registered under an id."""
    kind = ClientKind(document.client_kind) if document.client_kind else ClientKind.ABN
    return RegisteredClient(
        client_id,
        kind,
        NOW,
        name=document.client_name or "",
        match_key=registration_key(document),
        address=address_parts(document),
        roles=document.roles,
        active=active,
    )


@cache
def _countries() -> ReferenceFacts:
    return ReferenceFacts(countries())


def facts(
    *clients: RegisteredClient, used: Iterable[Any] = (), businesses: Iterable[Business] | None = None
) -> RegisterFacts:
    """What is known, with numbers enough for requests 0 to 99."""
    numbers = {number: number for number in range(100)}
    return RegisterFacts(
        clients,
        used=used,
        businesses=None if businesses is None else {each.abn: each for each in businesses},
        reference=_countries(),
        ccid_numbers=numbers,
        response_numbers=numbers,
    )


def request(document: Document, number: int = 0) -> Request:
    """The document as sent by mail."""
    return Request(number, document, SITE, SENDER, "mail", NOW)


def decide(document: ClientRegistration, known: RegisterFacts | None = None, number: int = 0) -> Outcome:
    """Decide on a registration."""
    return decide_registration(request(document, number), known or facts(), NOW)


def verdict(rule: str, document: ClientRegistration, known: RegisterFacts | None = None) -> RuleResult:
    """What a rule said of a registration."""
    return {result.rule: result for result in decide(document, known).results}[rule]
