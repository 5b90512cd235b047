"""AIRAAR: the actual arrival of a flight."""

from openics.edifact.guide import Guide
from openics.messages.sources import GUIDELINES
from openics.messages.voyages.arrivals import ARRIVAL, FLIGHT, RESPONSIBLE, ActualArrivalReport, FlightArrival


class AirActualArrival(FlightArrival, ActualArrivalReport):
    """Air actual arrival report: one flight at one port."""

    guide = Guide(
        name="AIRAAR",
        type="CUSREP",
        title="Air actual arrival report",
        direction="in",
        parties="airline, its agent, or a bureau for them",
        answer="AIRAARR",
        purpose="Tells customs when a flight arrived at an Australian port, one report for each port.",
        source=GUIDELINES,
        version="2.3 (3 September 2004)",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~98:::AIRAAR
            {RESPONSIBLE}
            {ARRIVAL}
            SG8 C99 (
                {FLIGHT}
            )
            UNT M1
        """,
    )
