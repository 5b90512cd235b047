"""SEAAAR: the actual arrival of a ship."""

from openics.edifact.guide import Guide
from openics.messages.sources import GUIDELINES
from openics.messages.voyages.arrivals import AGENT, ARRIVAL, RESPONSIBLE, SHIP, ActualArrivalReport, ShipArrival


class SeaActualArrival(ShipArrival, ActualArrivalReport):
    """Sea actual arrival report: one ship at one port."""

    guide = Guide(
        name="SEAAAR",
        type="CUSREP",
        title="Sea actual arrival report",
        direction="in",
        parties="the vessel operator or principal agent that lodged the impending arrival report",
        answer="SEAAARR",
        purpose="Tells customs when a ship arrived at an Australian port, one report for each port.",
        source=GUIDELINES,
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~98:::SEAAAR
            {RESPONSIBLE}
            {ARRIVAL}
            {AGENT}
            SG8 C99 (
                {SHIP}
            )
            UNT M1
        """,
    )
