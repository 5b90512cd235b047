"""What the arrival reports have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from openics.messages import codes
from openics.messages.choices import voyages as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, group
from openics.messages.voyages.codes import ArrivalFunction

CALLS: Final = f"""
    SG9 C99 (
        LOC M1  LOC+{choices.PORT_OF_CALL}+::~6
        DTM C9  DTM+132::=102  DTM+132::=401
        NAD C99 NAD+{choices.UNLOADER}+::~95
        STS C9  STS+{choices.LINE_ACTION_CATEGORY}+::~95  STS+{choices.DISCHARGE_CATEGORY}+::~95
        FTX C9  FTX+{choices.PORT_TEXT}
    )
"""
"""The group of port lines (positions D, contents I)."""

DEPARTURE: Final = f"""
    SG2 C99 (
        LOC M1  LOC+{choices.FIRST_ARRIVAL_PORT}+::~6  LOC+{choices.LAST_OVERSEAS_PORT}+::~6
        DTM C9  DTM+{choices.OVERSEAS_DEPARTURE}::=102  DTM+{choices.OVERSEAS_DEPARTURE}::=401
    )
"""
"""The group of the last overseas departure and the first port of arrival (positions D, contents I)."""

ARRIVAL: Final = f"""
    SG2 C99 (
        LOC M1  LOC+{choices.PORT_OF_ARRIVAL}+::~6
        DTM C9  DTM+178::=102  DTM+178::=401
    )
"""
"""The group of the actual arrival (DTM D, LOC I)."""

RESPONSIBLE: Final = f"""
    SG1 C99 (
        RFF M1  RFF+{choices.RESPONSIBLE_PARTY}
    )
"""
"""The group of the responsible party (I)."""

AGENT: Final = f"""
    SG5 C9 (
        NAD M1  NAD+{choices.PRINCIPAL_AGENT}+::~95
    )
"""
"""The group of the principal agent of a ship (position D, qualifier I)."""

SHIP: Final = "TDT M1  TDT+20+++~11++++::~11"
"""The segment of a ship (S)."""

FLIGHT: Final = "TDT M1  TDT+20+++~6+::~3"
"""The segment of a flight (S)."""


class PortCall(Part):
    """One port line: an Australian port of call of the voyage or flight."""

    port: str | None = at(
        f"LOC+{choices.PORT_OF_CALL}/C517.3225", "Port of Call", "an5", use="M", required=True, evidence="I"
    )
    estimated_arrival_date: date | None = at(
        "DTM+132+102/C507.2380", "Estimated Date of Arrival", use="M", evidence="I"
    )
    estimated_arrival_time: time | None = at(
        "DTM+132+401/C507.2380", "Estimated Time of Arrival", use="M", condition="local to the port", evidence="I"
    )
    unloader: str | None = at(
        f"NAD+{choices.UNLOADER}/C082.3039",
        "Stevedore or First Depot Id",
        condition="who unloads: a ship's stevedore, the depot that first receives cargo of a flight",
        evidence="I",
    )
    action: str | None = at(
        f"STS+{choices.LINE_ACTION_CATEGORY}/C555.4405",
        "Line Action Code",
        codes=codes.LineAction,
        condition="I on an original; I, A or D on a change that has it",
        evidence="I",
    )
    discharge: str | None = at(
        f"STS+{choices.DISCHARGE_CATEGORY}/C555.4405",
        "Discharge Indicator",
        codes=codes.Indicator,
        closed=False,
        use="M",
        condition="whether cargo will be discharged at the port",
        evidence="I",
    )
    text: str | None = at(f"FTX+{choices.PORT_TEXT}/C108.4440", "Port Text", use="O", evidence="U")


@dataclass(frozen=True, slots=True)
class NumberedCall:
    """A port line with its position in the message, from 1; the message has no number for it."""

    number: int
    call: PortCall


class ArrivalReport(Document):
    """The items of every arrival report."""

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True, evidence="D")
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=ArrivalFunction, closed=False, use="M", required=True, evidence="D"
    )
    responsible_party: str | None = at(
        f"SG1/RFF+{choices.RESPONSIBLE_PARTY}/C506.1154",
        "Responsible Party Id",
        "an11",
        condition="needed by air; by sea the principal agent if absent",
        evidence="I",
    )


class ImpendingArrivalReport(ArrivalReport):
    """The items of both impending arrival reports."""

    first_arrival_port: str | None = at(
        f"SG2/LOC+{choices.FIRST_ARRIVAL_PORT}/C517.3225",
        "First Arrival Port",
        "an5",
        use="O",
        condition="the first of the port lines if absent",
        evidence="I",
    )
    last_overseas_port: str | None = at(
        f"SG2/LOC+{choices.LAST_OVERSEAS_PORT}/C517.3225",
        "Last Overseas Departure Port",
        "an5",
        use="M",
        evidence="I",
    )
    overseas_departure_date: date | None = at(
        f"SG2/DTM+{choices.OVERSEAS_DEPARTURE}+102/C507.2380", "Last Overseas Departure Date", use="M", evidence="I"
    )
    overseas_departure_time: time | None = at(
        f"SG2/DTM+{choices.OVERSEAS_DEPARTURE}+401/C507.2380",
        "Last Overseas Departure Time",
        use="M",
        condition="local to the port",
        evidence="I",
    )
    calls: tuple[PortCall, ...] = group("SG8/SG9", "Port Lines", use="M", evidence="D")

    @property
    def lines(self) -> tuple[NumberedCall, ...]:
        """The port lines, numbered by their position."""
        return tuple(_numbered(self.calls))


def _numbered(calls: tuple[PortCall, ...]) -> Iterator[NumberedCall]:
    return (NumberedCall(number, call) for number, call in enumerate(calls, start=1))


class ActualArrivalReport(ArrivalReport):
    """The items of both actual arrival reports: one arrival at one port."""

    port_of_arrival: str | None = at(
        f"SG2/LOC+{choices.PORT_OF_ARRIVAL}/C517.3225", "Port of Arrival", "an5", use="M", evidence="I"
    )
    arrival_date: date | None = at("SG2/DTM+178+102/C507.2380", "Actual Date of Arrival", use="M", evidence="D")
    arrival_time: time | None = at(
        "SG2/DTM+178+401/C507.2380", "Actual Time of Arrival", use="M", condition="local to the port", evidence="D"
    )


class ShipArrival(ArrivalReport):
    """The items of a ship that arrives."""

    principal_agent: str | None = at(
        f"SG5/NAD+{choices.PRINCIPAL_AGENT}/C082.3039", "Principal Agent Id", "an11", use="M", evidence="I"
    )
    vessel_id: str | None = at("SG8/TDT+20/C222.8213", "Vessel Id", "an..8", use="M", evidence="I")
    voyage_number: str | None = at("SG8/TDT+20/8028", "Voyage Number", "an..6", use="M", evidence="I")


class FlightArrival(ArrivalReport):
    """The items of a flight that arrives."""

    responsible_party: str | None = at(
        f"SG1/RFF+{choices.RESPONSIBLE_PARTY}/C506.1154", "Responsible Party Id", "an11", use="M", evidence="I"
    )
    airline: str | None = at("SG8/TDT+20/C040.3127", "Airline Code", use="M", evidence="I")
    flight_number: str | None = at("SG8/TDT+20/8028", "Flight Number", use="M", evidence="I")
