"""Messages on import declarations, release and movement of goods."""

from typing import Final

from openics.messages.document import Document

MESSAGES: Final[tuple[type[Document], ...]] = ()
