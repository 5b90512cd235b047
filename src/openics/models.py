"""The tables of all rooms, gathered for Django."""

from openics.channels.api.models import AccessToken, IdempotencyKey, Program, ProgramSecret, RequestCount
from openics.clients.models import Client, Person, SenderReference, Site, SiteCertificate
from openics.exchange.models import DueDate, Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from openics.reference.models import ReferenceItem

__all__ = [
    "AccessToken",
    "Client",
    "Disclosure",
    "DueDate",
    "Event",
    "Evidence",
    "ExportDeclaration",
    "ExportDeclarationVersion",
    "IdempotencyKey",
    "Intake",
    "Interchange",
    "Message",
    "OutboxItem",
    "Person",
    "Program",
    "ProgramSecret",
    "ReferenceItem",
    "RequestCount",
    "SenderReference",
    "Site",
    "SiteCertificate",
]
