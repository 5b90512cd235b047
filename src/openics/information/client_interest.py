"""Interest in the client register: a client's own people see and amend its record, officers with a purpose every one."""

from typing import Final

from django.db.models import Q, QuerySet

from openics.clients.access_codes import Application, Duty, Level
from openics.clients.codes import EntryKind
from openics.clients.models import Client
from openics.clients.register_models import ClientEntry
from openics.clients.register_rules import BY_OFFICERS
from openics.information.interest import Viewer

OWN_KINDS: Final = frozenset(EntryKind) - BY_OFFICERS


def clients(rows: QuerySet[Client], viewer: Viewer) -> QuerySet[Client]:
    """The viewer's own client, under its id and those merged into it; for an officer with a purpose every one."""
    if not viewer.may(Application.REGISTER, Level.READ):
        return rows.none()
    return rows if viewer.officer else rows.filter(Q(client_id__in=viewer.client_ids))


def entries(rows: QuerySet[ClientEntry], viewer: Viewer) -> QuerySet[ClientEntry]:
    """The entries of the clients that the viewer may see."""
    return rows.filter(client__in=clients(Client.objects.all(), viewer))


def may_amend(viewer: Viewer, client: str) -> bool:
    """Whether the viewer may amend a client's record: own people who were granted it, and registration officers."""
    if viewer.officer:
        return viewer.on_duty(Duty.REGISTRATION)
    return client == viewer.client and viewer.may(Application.REGISTER, Level.LODGE)


def amendable(viewer: Viewer) -> frozenset[EntryKind]:
    """The entries that the viewer may amend; an officer has to see the evidence of the others."""
    return frozenset(EntryKind) if viewer.officer else OWN_KINDS
