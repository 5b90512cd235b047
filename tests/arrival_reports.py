"""Arrival reports for tests: a ship that calls at Sydney and Melbourne, a flight, and what is known when they are decided."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient
from openics.decision.outcome import Outcome, Request
from openics.decision.rule import RuleResult
from openics.messages.document import Document
from openics.messages.voyages.airaar import AirActualArrival
from openics.messages.voyages.airiar import AirImpendingArrival
from openics.messages.voyages.arrivals import ArrivalReport, PortCall
from openics.messages.voyages.seaaar import SeaActualArrival
from openics.messages.voyages.seaiar import SeaImpendingArrival
from openics.reference.facts import ReferenceFacts
from openics.reference.samples import samples
from openics.voyages.facts import StoredArrival, StoredVoyage, VoyageFacts
from openics.voyages.handlers import HANDLERS

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""When reports are lodged: noon in Sydney, in summer time."""
LATER = datetime(2026, 12, 5, 0, 0, tzinfo=UTC)
"""When the ship has been everywhere: its actual arrivals are no longer in the future."""

OWNER, OTHER, AGENT = "51824753556", "53004085616", "80000000001"
SITE, OTHER_SITE = "AAA676Y", "AAR399A"

SYDNEY = PortCall(
    port="AUSYD",
    estimated_arrival_date=date(2026, 11, 29),
    estimated_arrival_time=time(6, 30),
    unloader="GE65A",
    action="I",
    discharge="Y",
)
"""At sea by noon in Sydney summer time; 19:30 UTC of the day before."""
MELBOURNE = PortCall(
    port="AUMEL",
    estimated_arrival_date=date(2026, 12, 2),
    estimated_arrival_time=time(14, 0),
    action="I",
    discharge="N",
)
SYDNEY_AT = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)
MELBOURNE_AT = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)

SHIP = SeaImpendingArrival(
    sender_reference="SIA1",
    version=1,
    function="9",
    first_arrival_port="AUSYD",
    last_overseas_port="CNSHA",
    overseas_departure_date=date(2026, 11, 16),
    overseas_departure_time=time(8, 0),
    principal_agent=AGENT,
    vessel_id="9290452",
    voyage_number="126S",
    calls=(SYDNEY, MELBOURNE),
)
VOYAGE = "9290452/126S"

ARRIVED = SeaActualArrival(
    sender_reference="SAA1",
    version=1,
    function="9",
    port_of_arrival="AUSYD",
    arrival_date=date(2026, 11, 29),
    arrival_time=time(7, 15),
    principal_agent=AGENT,
    vessel_id="9290452",
    voyage_number="126S",
)
ARRIVED_AT = datetime(2026, 11, 28, 20, 15, tzinfo=UTC)
AT_SYDNEY = ARRIVED_AT + timedelta(hours=1)
"""When the arrival at Sydney is reported in time."""
AT_MELBOURNE = ARRIVED.replace(
    sender_reference="SAA2", port_of_arrival="AUMEL", arrival_date=date(2026, 12, 2), arrival_time=time(15, 0)
)

FLIGHT = AirImpendingArrival(
    sender_reference="AIA1",
    version=1,
    function="9",
    responsible_party=AGENT,
    last_overseas_port="HKHKG",
    overseas_departure_date=date(2026, 11, 23),
    overseas_departure_time=time(10, 0),
    airline="QF",
    flight_number="142",
    aircraft_registration="VHOQA",
    calls=(
        SYDNEY.replace(estimated_arrival_date=date(2026, 11, 23), estimated_arrival_time=time(22, 0)),
        MELBOURNE.replace(estimated_arrival_date=date(2026, 11, 24), estimated_arrival_time=time(1, 0)),
    ),
)
FLIGHT_REFERENCE = "QF/142/2026-11-23"
LANDED = AirActualArrival(
    sender_reference="AAA1",
    version=1,
    function="9",
    responsible_party=AGENT,
    port_of_arrival="AUSYD",
    arrival_date=date(2026, 11, 23),
    arrival_time=time(22, 10),
    airline="QF",
    flight_number="142",
)
LANDED_AT = datetime(2026, 11, 23, 11, 10, tzinfo=UTC)


def client(client_id: str, *, active: bool = True) -> RegisteredClient:
    """A registered client."""
    return RegisteredClient(client_id, ClientKind.ABN, NOW, roles=("CARRIER",), active=active)


CLIENTS = (client(OWNER), client(OTHER), client(AGENT))


@cache
def reference() -> ReferenceFacts:
    """The sample reference data."""
    return ReferenceFacts(samples())


def request(document: Document, number: int = 1, **about: Any) -> Request:
    """The document as sent by the owner's site by mail."""
    given = {"site": SITE, "owner": OWNER, "channel": "mail", "received_at": NOW, **about}
    return Request(number=number, document=document, **given)


def facts(
    voyages: Iterable[StoredVoyage] = (),
    arrivals: Iterable[StoredArrival] = (),
    clients: Iterable[RegisteredClient] = CLIENTS,
) -> VoyageFacts:
    """What is known, with numbers enough for requests 0 to 999."""
    return VoyageFacts(
        voyages,
        arrivals,
        clients={each.client_id: each for each in clients},
        reference=reference(),
        response_numbers={number: number for number in range(1000)},
    )


def decide(document: ArrivalReport, known: VoyageFacts | None = None, number: int = 1, **about: Any) -> Outcome:
    """Decide on a report; `now` may be given, and is when it was received."""
    now = about.pop("now", NOW)
    asked = request(document, number, **{"received_at": now, **about})
    return HANDLERS[document.name].decide(asked, known or facts(), now)


def told(*documents: ArrivalReport, now: datetime = NOW, **about: Any) -> VoyageFacts:
    """What is known after these reports were accepted one after the other."""
    known = facts()
    for number, document in enumerate(documents, start=100):
        outcome = decide(document, known, number, now=now, **about)
        assert outcome.accepted, outcome.findings
        known.apply(request(document, number, **about), outcome)
    return known


def change(base: ArrivalReport = SHIP, function: str = "4", **changes: Any) -> Any:
    """The second version of a report: a change without port lines unless some are given."""
    lines = {} if "port_of_arrival" in base.field_names else {"calls": ()}
    return base.replace(**{"function": function, "version": 2, **lines, **changes})


def rules(outcome: Outcome) -> list[str | None]:
    """The rules of an outcome's findings."""
    return [finding.rule for finding in outcome.findings]


def verdict(rule: str, document: ArrivalReport, known: VoyageFacts | None = None, **about: Any) -> RuleResult:
    """What a rule said when the report was decided."""
    return {result.rule: result for result in decide(document, known, **about).results}[rule]


def held(rule: str) -> RuleResult:
    """The rule applied and holds."""
    return RuleResult(rule, applied=True)


def broken(rule: str, *places: int) -> RuleResult:
    """The rule is broken in these places: 0 the header, which is meant when none is given."""
    return RuleResult(rule, applied=True, broken=places or (0,))


def not_applied(rule: str) -> RuleResult:
    """The rule has nothing to say."""
    return RuleResult(rule, applied=False)
