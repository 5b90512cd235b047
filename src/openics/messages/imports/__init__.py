"""Messages on import declarations, release and movement of goods."""

from typing import Final

from openics.messages.document import Document
from openics.messages.imports.atd import AuthorityToDeal
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.imdr import ClearanceResponse, ImportDeclarationResponse
from openics.messages.imports.imped import AggregatedPeriodicDeclaration, DetailedPeriodicDeclaration
from openics.messages.imports.movapp import MovementApplication
from openics.messages.imports.rcr import ReleaseRequest
from openics.messages.imports.responses import (
    AggregatedPeriodicResponse,
    DetailedPeriodicResponse,
    MovementResponse,
    ReleaseResponse,
)
from openics.messages.imports.sac import SelfAssessedClearance
from openics.messages.imports.sam import StatusAdvice

MESSAGES: Final[tuple[type[Document], ...]] = (
    ImportDeclaration,
    ImportDeclarationResponse,
    SelfAssessedClearance,
    ClearanceResponse,
    StatusAdvice,
    AuthorityToDeal,
    ReleaseRequest,
    ReleaseResponse,
    MovementApplication,
    MovementResponse,
    DetailedPeriodicDeclaration,
    DetailedPeriodicResponse,
    AggregatedPeriodicDeclaration,
    AggregatedPeriodicResponse,
)
