"""Messages on cargo that arrives: reports, lists, discharge, outturn, movement, status."""

from typing import Final

from openics.messages.document import Document

MESSAGES: Final[tuple[type[Document], ...]] = ()
