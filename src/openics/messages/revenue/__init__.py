"""Messages on payments, receipts, refunds and drawback."""

from typing import Final

from openics.messages.document import Document

MESSAGES: Final[tuple[type[Document], ...]] = ()
