"""Messages on arrivals and departures of ships and flights."""

from typing import Final

from openics.messages.document import Document
from openics.messages.voyages.airaar import AirActualArrival
from openics.messages.voyages.airaarr import AirActualArrivalResponse
from openics.messages.voyages.airiar import AirImpendingArrival
from openics.messages.voyages.airiarr import AirImpendingArrivalResponse
from openics.messages.voyages.depart import Departure
from openics.messages.voyages.departr import DepartureResponse
from openics.messages.voyages.seaaar import SeaActualArrival
from openics.messages.voyages.seaaarr import SeaActualArrivalResponse
from openics.messages.voyages.seaiar import SeaImpendingArrival
from openics.messages.voyages.seaiarr import SeaImpendingArrivalResponse

MESSAGES: Final[tuple[type[Document], ...]] = (
    AirActualArrival,
    AirActualArrivalResponse,
    AirImpendingArrival,
    AirImpendingArrivalResponse,
    Departure,
    DepartureResponse,
    SeaActualArrival,
    SeaActualArrivalResponse,
    SeaImpendingArrival,
    SeaImpendingArrivalResponse,
)
