"""Messages on the gateway itself: syntax reports, data errors, general text."""

from typing import Final

from openics.messages.document import Document
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.gateway.erm import ErrorMessage
from openics.messages.gateway.gentxt import GeneralText

MESSAGES: Final[tuple[type[Document], ...]] = (
    ErrorMessage,
    SyntaxReport,
    GeneralText,
)
