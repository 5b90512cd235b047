"""The tables of all rooms, gathered for Django."""

from openics.channels.sign_in.models import Draft, Invitation, PersonCertificate, SignIn
from openics.clients.models import Client, Person, SenderReference, Site, SiteCertificate
from openics.clients.register_models import (
    BusinessNumber,
    ClientApplication,
    ClientEntry,
    ClientVersion,
    IdentityCheck,
)
from openics.exchange.models import DueDate, Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from openics.reference.models import ReferenceItem

__all__ = [
    "BusinessNumber",
    "Client",
    "ClientApplication",
    "ClientEntry",
    "ClientVersion",
    "Disclosure",
    "Draft",
    "DueDate",
    "Event",
    "Evidence",
    "ExportDeclaration",
    "ExportDeclarationVersion",
    "IdentityCheck",
    "Intake",
    "Interchange",
    "Invitation",
    "Message",
    "OutboxItem",
    "Person",
    "PersonCertificate",
    "ReferenceItem",
    "SenderReference",
    "SignIn",
    "Site",
    "SiteCertificate",
]
