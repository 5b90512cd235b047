"""Messages on the register of clients."""

from typing import Final

from openics.messages.clients.clntdup import ClientDuplicates
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.clients.clregr import ClientRegistrationResponse
from openics.messages.document import Document

MESSAGES: Final[tuple[type[Document], ...]] = (
    ClientRegistration,
    ClientRegistrationResponse,
    ClientDuplicates,
)
