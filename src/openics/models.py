"""The tables of all rooms, gathered for Django."""

from openics.channels.api.models import AccessToken, IdempotencyKey, Program, ProgramSecret, RequestCount
from openics.channels.sign_in.models import Draft, Invitation, PersonCertificate, SignIn
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
from openics.clients.register_models import (
    BusinessNumber,
    ClientApplication,
    ClientEntry,
    ClientVersion,
    IdentityCheck,
)
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
    RequestNonce,
)
from openics.exchange.webhook_models import Webhook, WebhookDelivery
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from openics.reference.models import ReferenceItem, ReferenceLoad
from openics.voyages.models import ActualArrival, ActualArrivalVersion, Voyage, VoyageCall, VoyageVersion

__all__ = [
    "AccessDelegation",
    "AccessGrant",
    "AccessToken",
    "ActualArrival",
    "ActualArrivalVersion",
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
    "GatewayKeyConfirmation",
    "IdempotencyKey",
    "IdentityCheck",
    "Intake",
    "Interchange",
    "Invitation",
    "Message",
    "Notice",
    "OfficerDuty",
    "OutboxItem",
    "Person",
    "PersonCertificate",
    "PlannedOutage",
    "Program",
    "ProgramSecret",
    "ReferenceItem",
    "ReferenceLoad",
    "RequestCount",
    "RequestNonce",
    "SenderReference",
    "SignIn",
    "Site",
    "SiteCertificate",
    "Voyage",
    "VoyageCall",
    "VoyageVersion",
    "Webhook",
    "WebhookDelivery",
]
