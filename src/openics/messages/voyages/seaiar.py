"""SEAIAR: the impending arrival of a ship."""

from openics.edifact.guide import Guide
from openics.messages.sources import GUIDELINES
from openics.messages.voyages.arrivals import (
    AGENT,
    CALLS,
    DEPARTURE,
    RESPONSIBLE,
    SHIP,
    ImpendingArrivalReport,
    ShipArrival,
)


class SeaImpendingArrival(ShipArrival, ImpendingArrivalReport):
    """Sea impending arrival report: a ship on its way, with each Australian port it will call at."""

    guide = Guide(
        name="SEAIAR",
        type="CUSREP",
        title="Sea impending arrival report",
        direction="in",
        parties="vessel operator, principal agent, or a bureau for them",
        answer="SEAIARR",
        purpose="Tells customs of a ship that is on its way, and of every Australian port where it will call. It is needed for "
        "every arrival, with cargo or without; cargo reports are linked to it. A ship that calls twice at a port needs a "
        "report for each leg.",
        source=f"{GUIDELINES}/seaiar-sea-impending-arrival-report",
        version="2.3 (3 September 2003)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~98:::SEAIAR
            {RESPONSIBLE}
            {DEPARTURE}
            {AGENT}
            SG8 C99 (
                {SHIP}
                {CALLS}
            )
            UNT M1
        """,
    )
