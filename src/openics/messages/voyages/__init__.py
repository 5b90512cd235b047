"""Messages on arrivals and departures of ships and flights."""

from typing import Final

from openics.messages.document import Document

MESSAGES: Final[tuple[type[Document], ...]] = ()
