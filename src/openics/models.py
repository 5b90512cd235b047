"""The tables of all rooms, gathered for Django."""

from openics.clients.models import Client, Person, SenderReference, Site, SiteCertificate
from openics.continuity.models import PlannedOutage
from openics.exchange.models import (
    DueDate,
    Event,
    Evidence,
    GatewayKeyConfirmation,
    Intake,
    Interchange,
    Message,
    Notice,
    OutboxItem,
)
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from openics.reference.models import ReferenceItem

__all__ = [
    "Client",
    "Disclosure",
    "DueDate",
    "Event",
    "Evidence",
    "ExportDeclaration",
    "ExportDeclarationVersion",
    "GatewayKeyConfirmation",
    "Intake",
    "Interchange",
    "Message",
    "Notice",
    "OutboxItem",
    "Person",
    "PlannedOutage",
    "ReferenceItem",
    "SenderReference",
    "Site",
    "SiteCertificate",
]
