"""AIRIAR: the impending arrival of a flight."""

from openics.edifact.guide import Guide
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES
from openics.messages.voyages.arrivals import (
    CALLS,
    DEPARTURE,
    FLIGHT,
    RESPONSIBLE,
    FlightArrival,
    ImpendingArrivalReport,
)


class AirImpendingArrival(FlightArrival, ImpendingArrivalReport):
    """Air impending arrival report: a flight on its way, with each Australian port it will call at."""

    guide = Guide(
        name="AIRIAR",
        type="CUSREP",
        title="Air impending arrival report",
        direction="in",
        parties="airline, its agent, or a bureau for them",
        answer="AIRIARR",
        purpose="Tells customs of a flight that is on its way, and of every Australian port where it will call. It is needed "
        "for every arrival, with cargo or without; cargo reports are linked to it.",
        source=f"{GUIDELINES}/airiar-air-impending-arrival-report",
        version="2.3 (3 September 2003)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~98:::AIRIAR
            {RESPONSIBLE}
            {DEPARTURE}
            SG8 C99 (
                {FLIGHT}
                {CALLS}
            )
            UNT M1
        """,
    )

    aircraft_registration: str | None = at(
        "SG8/TDT+20/C222.8213", "Aircraft Registration Number", "an..9", use="M", evidence="I"
    )
