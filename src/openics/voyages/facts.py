"""What decisions on arrival reports know: voyages with their ports of call, and actual arrivals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from openics.clients.facts import RegisteredClient
from openics.decision.conditions import Condition
from openics.decision.findings import Finding
from openics.decision.outcome import Outcome, Request
from openics.messages.codes import TransportMode
from openics.messages.voyages.arrivals import (
    ActualArrivalReport,
    ArrivalReport,
    FlightArrival,
    ImpendingArrivalReport,
    PortCall,
    ShipArrival,
)
from openics.reference.facts import ReferenceFacts
from openics.voyages.codes import Phase, Status
from openics.voyages.policy import FLIGHT_WINDOW


class Craft(NamedTuple):
    """A ship's voyage or a flight: vessel id and voyage number, or airline and flight number."""

    mode: TransportMode
    id: str
    number: str

    def __str__(self) -> str:
        return f"{self.id}/{self.number}"


def craft_of(document: ArrivalReport) -> Craft:
    """The voyage or flight that a report names; empty parts where it names none."""
    if isinstance(document, ShipArrival):
        return Craft(TransportMode.SEA, document.vessel_id or "", document.voyage_number or "")
    if isinstance(document, FlightArrival):
        return Craft(TransportMode.AIR, document.airline or "", document.flight_number or "")
    raise TypeError(f"{document.name} reports neither a ship nor a flight")


def days_of(document: ArrivalReport) -> tuple[date, date] | None:
    """The days on which a voyage must call somewhere to be meant; None when the report has no date.

    A voyage number is used once by a ship, a flight number day after day.
    """
    if craft_of(document).mode == TransportMode.SEA:
        return date.min, date.max
    given: list[date | None] = []
    if isinstance(document, ImpendingArrivalReport):
        given = [call.estimated_arrival_date for call in document.calls]
    elif isinstance(document, ActualArrivalReport):
        given = [document.arrival_date]
    days = [day for day in given if day is not None]
    return (_shifted(min(days), -1), _shifted(max(days), 1)) if days else None


def _shifted(day: date, windows: int) -> date:
    """The day so many flight windows on, as far as the calendar goes."""
    ordinal = day.toordinal() + windows * FLIGHT_WINDOW.days
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class Call:
    """A port of call: as reported, when in UTC, and what became of it. Its number is never given to another call."""

    number: int
    line: PortCall
    estimated_at: datetime
    phase: Phase = Phase.EXPECTED
    arrived_at: datetime | None = None
    arrival: str = ""
    """Sender reference of the actual arrival report."""
    removed: bool = False

    @property
    def port(self) -> str:
        """The port by UN/LOCODE."""
        return self.line.port or ""

    @property
    def day(self) -> date:
        """The estimated day of arrival in the port's own time."""
        return self.line.estimated_arrival_date or self.estimated_at.date()


@dataclass(frozen=True, slots=True)
class StoredVoyage:
    """A voyage or flight, or one leg of it, as its impending arrival report left it; `document` is the full one."""

    reference: str
    craft: Craft
    leg: int
    day: date
    """The port's day of the first estimated arrival when it was first reported."""
    owner: str
    site: str
    channel: str
    sender_reference: str
    version: int
    amendments: int
    status: Status
    conditions: tuple[Condition, ...]
    document: ImpendingArrivalReport
    calls: tuple[Call, ...]
    reported_at: datetime
    changed_at: datetime

    @property
    def withdrawn(self) -> bool:
        """Whether the report is taken back."""
        return self.status is Status.WITHDRAWN

    @property
    def standing(self) -> tuple[Call, ...]:
        """The ports of call that are not removed, in the order of their estimated arrivals."""
        return in_order(self.calls)

    @property
    def agent(self) -> str:
        """Client id of the party that the report makes responsible, if it names one."""
        return responsible(self.document)

    def concerns(self, client: str) -> bool:
        """Whether the client reported the voyage or is named as responsible for it."""
        return bool(client) and client in (self.owner, self.agent)


def in_order(calls: Iterable[Call]) -> tuple[Call, ...]:
    """The calls that are not removed, in the order of their estimated arrivals."""
    return tuple(
        sorted((call for call in calls if not call.removed), key=lambda call: (call.estimated_at, call.number))
    )


def responsible(document: ArrivalReport) -> str:
    """The principal agent of a ship, else the responsible party; empty when neither is named."""
    agent = document.principal_agent if isinstance(document, ShipArrival) else None
    return agent or document.responsible_party or ""


@dataclass(frozen=True, slots=True)
class StoredArrival:
    """An actual arrival as reported: which call of which voyage, and when in UTC."""

    owner: str
    name: str
    sender_reference: str
    voyage: str
    call: int
    site: str
    channel: str
    version: int
    amendments: int
    withdrawn: bool
    document: ActualArrivalReport
    arrived_at: datetime
    reported_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """An accepted version of either report: what was sent, by which message, and how the voyage stood after it."""

    version: int
    function: str
    message: int
    document: ArrivalReport
    status: Status
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class VoyageChange:
    """What is to be written: the voyage, and the version of whichever report changed it; None when time did."""

    voyage: StoredVoyage
    version: StoredVersion | None = None
    arrival: StoredArrival | None = None


class VoyageFacts:
    """The voyages, arrivals, clients and reference data that a batch touches, and the numbers reserved for it."""

    def __init__(
        self,
        voyages: Iterable[StoredVoyage] = (),
        arrivals: Iterable[StoredArrival] = (),
        *,
        clients: Mapping[str, RegisteredClient] | None = None,
        reference: ReferenceFacts | None = None,
        response_numbers: Mapping[int, int] | None = None,
    ) -> None:
        """Clients are by id, numbers by the number of their request."""
        self.clients = clients or {}
        self.reference = reference or ReferenceFacts()
        self.response_numbers = response_numbers or {}
        self._voyages: dict[str, StoredVoyage] = {}
        self._by_report: dict[tuple[str, TransportMode, str], StoredVoyage] = {}
        self._arrivals: dict[tuple[str, str, str], StoredArrival] = {}
        for voyage in voyages:
            self._keep(voyage)
        for arrival in arrivals:
            self._keep_arrival(arrival)

    def voyage(self, reference: str) -> StoredVoyage | None:
        """The voyage with a reference."""
        return self._voyages.get(reference)

    def reported(self, owner: str, document: ArrivalReport) -> StoredVoyage | None:
        """The voyage for which the client used the document's sender reference."""
        return self._by_report.get((owner, craft_of(document).mode, document.sender_reference or ""))

    def arrival(self, owner: str, document: ArrivalReport) -> StoredArrival | None:
        """The actual arrival for which the client used the document's sender reference."""
        return self._arrivals.get((owner, document.name, document.sender_reference or ""))

    def legs(self, document: ArrivalReport) -> tuple[StoredVoyage, ...]:
        """Everything reported under the document's voyage or flight number, withdrawn or not, in order."""
        craft, days = craft_of(document), days_of(document)
        if days is None:
            return ()
        found = [each for each in self._voyages.values() if each.craft == craft and _calls_between(each, *days)]
        return tuple(sorted(found, key=lambda each: (each.reported_at, each.leg, each.reference)))

    def apply(self, request: Request, outcome: Outcome) -> None:  # noqa: ARG002 - as every room
        """Let the next document see what became of this one."""
        if isinstance(outcome.change, VoyageChange):
            self._keep(outcome.change.voyage)
            if outcome.change.arrival is not None:
                self._keep_arrival(outcome.change.arrival)

    def _keep(self, voyage: StoredVoyage) -> None:
        self._voyages[voyage.reference] = voyage
        self._by_report[voyage.owner, voyage.craft.mode, voyage.sender_reference] = voyage

    def _keep_arrival(self, arrival: StoredArrival) -> None:
        self._arrivals[arrival.owner, arrival.name, arrival.sender_reference] = arrival


def _calls_between(voyage: StoredVoyage, first: date, last: date) -> bool:
    days = [call.day for call in voyage.standing]
    return bool(days) and min(days) <= last and max(days) >= first
