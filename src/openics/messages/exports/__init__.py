"""Messages on export declarations, manifests, and the notices of terminals, depots and warehouses."""

from typing import Final

from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.streq import StatusRequest
from openics.messages.exports.streqr import StatusRequestResponse

MESSAGES: Final[tuple[type[Document], ...]] = (
    ExportDeclaration,
    ExportDeclarationResponse,
    StatusRequest,
    StatusRequestResponse,
)
