"""The tables of all rooms, gathered for Django."""

from openics.clients.models import Client, Person, SenderReference, Site, SiteCertificate
from openics.exchange.models import DueDate, Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from openics.reference.models import ReferenceItem
from openics.voyages.models import ActualArrival, ActualArrivalVersion, Voyage, VoyageCall, VoyageVersion

__all__ = [
    "ActualArrival",
    "ActualArrivalVersion",
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
    "OutboxItem",
    "Person",
    "ReferenceItem",
    "SenderReference",
    "Site",
    "SiteCertificate",
    "Voyage",
    "VoyageCall",
    "VoyageVersion",
]
