"""The tables of all rooms, gathered for Django."""

from openics.clients.models import (
    AccessDelegation,
    AccessGrant,
    Client,
    OfficerDuty,
    Person,
    SenderReference,
    Site,
    SiteCertificate,
)
from openics.exchange.models import DueDate, Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from openics.reference.models import ReferenceItem

__all__ = [
    "AccessDelegation",
    "AccessGrant",
    "Client",
    "Disclosure",
    "DueDate",
    "Event",
    "Evidence",
    "ExportDeclaration",
    "ExportDeclarationVersion",
    "Intake",
    "Interchange",
    "Message",
    "OfficerDuty",
    "OutboxItem",
    "Person",
    "ReferenceItem",
    "SenderReference",
    "Site",
    "SiteCertificate",
]
