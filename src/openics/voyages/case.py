"""One arrival report with everything its rules may ask."""

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from openics.clients.facts import RegisteredClient
from openics.decision.outcome import Request
from openics.messages.codes import MessageFunction
from openics.messages.voyages.arrivals import ActualArrivalReport, ArrivalReport, ImpendingArrivalReport
from openics.reference.facts import CANBERRA
from openics.voyages.amend import CallChange, calls_in_force, changes, document_in_force
from openics.voyages.codes import Phase
from openics.voyages.facts import (
    Call,
    Craft,
    StoredArrival,
    StoredVoyage,
    VoyageFacts,
    craft_of,
    in_order,
    responsible,
)
from openics.voyages.local_time import instant, is_plain
from openics.voyages.policy import EARLIEST, limit_of
from openics.voyages.reference_lists import Kind, is_known


@dataclass(frozen=True)
class ReportCase(ABC):
    """What the cases of both kinds of report share; days are those of the port concerned."""

    request: Request
    document: ArrivalReport
    facts: VoyageFacts
    now: datetime

    @property
    def original(self) -> bool:
        """Whether it is a first report."""
        return self.document.function == MessageFunction.ORIGINAL

    @property
    def withdraws(self) -> bool:
        """Whether it takes an earlier report back."""
        return self.document.function == MessageFunction.WITHDRAW

    @property
    @abstractmethod
    def namesake(self) -> StoredVoyage | StoredArrival | None:
        """What the sender reported under this sender reference."""

    @property
    def stored(self) -> StoredVoyage | StoredArrival | None:
        """The report that is changed or withdrawn; None for an original."""
        return None if self.original else self.namesake

    @property
    def craft(self) -> Craft:
        """The voyage or flight that the report names."""
        return craft_of(self.document)

    @property
    def party(self) -> str:
        """Client id of the party that the report makes responsible, if it names one."""
        return responsible(self.document)

    def client(self, client_id: str | None) -> RegisteredClient | None:
        """A registered and active client."""
        client = self.facts.clients.get(client_id or "")
        return client if client is not None and client.active else None

    def zone(self, port: str | None, day: date) -> ZoneInfo:
        """The time zone of a port."""
        return self.facts.reference.zone(port, day)

    def knows(self, kind: Kind, code: str | None, day: date | None) -> bool | None:
        """Whether a code is in force on a day, today without one; None when there is nothing to ask."""
        return is_known(self.facts.reference, kind, code, day or self.now.astimezone(CANBERRA).date())

    def plain(self, port: str | None, day: date | None, clock: time | None) -> bool | None:
        """Whether the port's clock shows the time once on the day; None without a time."""
        if day is None or clock is None:
            return None
        return is_plain(day, clock, self.zone(port, day))


@dataclass(frozen=True)
class ImpendingCase(ReportCase):
    """An impending arrival report in question."""

    document: ImpendingArrivalReport

    @cached_property
    def namesake(self) -> StoredVoyage | None:
        """The voyage for which the sender used this sender reference."""
        return self.facts.reported(self.request.owner, self.document)

    @property
    def voyage(self) -> StoredVoyage | None:
        """The voyage that is changed or withdrawn; None for an original."""
        return None if self.original else self.namesake

    @cached_property
    def changes(self) -> tuple[CallChange, ...]:
        """The port lines with what they do."""
        return changes(self.document, self.voyage.calls if self.voyage else (), self.zone)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """All ports of call after the report, the removed ones too; arrivals are kept."""
        return calls_in_force(self.changes, self.voyage.calls if self.voyage else ())

    @cached_property
    def standing(self) -> tuple[Call, ...]:
        """The ports of call after the report, in the order of their estimated arrivals."""
        return in_order(self.calls)

    @cached_property
    def full(self) -> ImpendingArrivalReport:
        """The full report after this one."""
        return document_in_force(self.document, self.voyage.document if self.voyage else None, self.calls)

    @cached_property
    def repeated(self) -> frozenset[int]:
        """The numbers of the stored calls that more than one line means."""
        means = Counter(change.before.number for change in self.changes if change.before is not None)
        return frozenset(number for number, times in means.items() if times > 1)

    @cached_property
    def others(self) -> tuple[StoredVoyage, ...]:
        """Other reports of the same voyage or flight that stand, whether this one is new or not."""
        own = self.namesake.reference if self.namesake else None
        return tuple(each for each in self.facts.legs(self.document) if not each.withdrawn and each.reference != own)

    @cached_property
    def departed_at(self) -> datetime | None:
        """When the last overseas port was left."""
        day, clock = self.document.overseas_departure_date, self.document.overseas_departure_time
        if day is None or clock is None:
            return None
        return instant(day, clock, self.zone(self.document.last_overseas_port, day))

    @cached_property
    def before_departure(self) -> Call | None:
        """The first port of call that is reached, or was, no later than the last overseas port was left."""
        if self.departed_at is None:
            return None
        early = [each for each in self.standing if (each.arrived_at or each.estimated_at) <= self.departed_at]
        return early[0] if early else None

    @cached_property
    def arrived(self) -> Call | None:
        """The first port of call whose actual arrival is reported."""
        found = [call for call in (self.voyage.standing if self.voyage else ()) if call.phase is Phase.ARRIVED]
        return found[0] if found else None

    @cached_property
    def due_by(self) -> datetime | None:
        """Until when the original had to come: the time limit before the first estimated arrival."""
        if not self.standing:
            return None
        first = self.standing[0]
        length = first.estimated_at - self.departed_at if self.departed_at else timedelta.max
        return first.estimated_at - limit_of(self.document.name, first.day, length)

    @cached_property
    def not_before(self) -> datetime | None:
        """From when on the original might come, if there is such a limit."""
        earliest = EARLIEST.get(self.document.name)
        return None if earliest is None or not self.standing else self.standing[0].estimated_at - earliest

    @property
    def late_by(self) -> timedelta | None:
        """By how much an original is late, if it is."""
        if not self.original or self.due_by is None or self.request.received_at <= self.due_by:
            return None
        return self.request.received_at - self.due_by


@dataclass(frozen=True)
class ActualCase(ReportCase):
    """An actual arrival report in question."""

    document: ActualArrivalReport

    @cached_property
    def namesake(self) -> StoredArrival | None:
        """The arrival for which the sender used this sender reference."""
        return self.facts.arrival(self.request.owner, self.document)

    @property
    def before(self) -> StoredArrival | None:
        """The arrival that is changed or withdrawn; None for an original."""
        return None if self.original else self.namesake

    @cached_property
    def legs(self) -> tuple[StoredVoyage, ...]:
        """The reports of the voyage that stand; of a stored arrival the voyage that it is of."""
        if not self.original:
            own = self.facts.voyage(self.before.voyage) if self.before else None
            return (own,) if own else ()
        return tuple(each for each in self.facts.legs(self.document) if not each.withdrawn)

    @cached_property
    def own_legs(self) -> tuple[StoredVoyage, ...]:
        """Those of them that concern the sender."""
        return tuple(each for each in self.legs if self._is_own(each))

    def _is_own(self, voyage: StoredVoyage) -> bool:
        return voyage.concerns(self.request.owner) or (self.before is not None and not self.original)

    @cached_property
    def arrived_at(self) -> datetime | None:
        """When the ship or flight arrived."""
        day, clock = self.document.arrival_date, self.document.arrival_time
        if day is None or clock is None:
            return None
        return instant(day, clock, self.zone(self.document.port_of_arrival, day))

    @cached_property
    def at_port(self) -> tuple[tuple[StoredVoyage, Call], ...]:
        """The ports of call that the report may mean."""
        if self.before is not None:
            return tuple((leg, call) for leg in self.legs for call in leg.calls if call.number == self.before.call)
        port = self.document.port_of_arrival
        return tuple((leg, call) for leg in self.own_legs for call in leg.standing if call.port == port)

    @cached_property
    def meant(self) -> tuple[StoredVoyage, Call] | None:
        """The port of call that the report means: of several open ones the nearest in time."""
        open_calls = [each for each in self.at_port if self.before is not None or each[1].arrived_at is None]
        arrived_at = self.arrived_at
        if arrived_at is None or len(open_calls) < 2:
            return open_calls[0] if open_calls else None
        return min(open_calls, key=lambda each: abs(each[1].estimated_at - arrived_at))

    @property
    def voyage(self) -> StoredVoyage | None:
        """The voyage of the port of call that is meant."""
        return self.meant[0] if self.meant else None

    @cached_property
    def departed_at(self) -> datetime | None:
        """When the voyage left its last overseas port."""
        document = self.voyage.document if self.voyage else None
        if document is None or document.overseas_departure_date is None or document.overseas_departure_time is None:
            return None
        day = document.overseas_departure_date
        return instant(day, document.overseas_departure_time, self.zone(document.last_overseas_port, day))

    @cached_property
    def same_time(self) -> Call | None:
        """Another port at which the voyage arrived at the same time."""
        if self.meant is None or self.arrived_at is None:
            return None
        leg, meant = self.meant
        return next((call for call in leg.standing if call is not meant and call.arrived_at == self.arrived_at), None)

    @cached_property
    def passed_over(self) -> Call | None:
        """A port that was expected earlier than this one, and has no arrival yet."""
        if self.meant is None:
            return None
        leg, meant = self.meant
        earlier = leg.standing[: leg.standing.index(meant)]
        return next((call for call in earlier if call.arrived_at is None), None)

    @cached_property
    def due_by(self) -> datetime | None:
        """Until when the report had to come: the time limit after the arrival."""
        if self.arrived_at is None or self.document.arrival_date is None:
            return None
        return self.arrived_at + limit_of(self.document.name, self.document.arrival_date)

    @property
    def late_by(self) -> timedelta | None:
        """By how much an original is late, if it is."""
        if not self.original or self.due_by is None or self.request.received_at <= self.due_by:
            return None
        return self.request.received_at - self.due_by
