"""Interest: what may be seen and done. Every query for somebody's records goes through one of these functions.

A relationship opens a record: being the reporting party, owning the goods, having been delegated to by either, holding
the site that sent or receives it, being the client itself. A person needs besides that the grant to read the application
that the record belongs to; a program has its grants; an officer needs a duty that opens the application, and a purpose.
Rows outside of that do not exist for whoever looks: they are filtered out in the query, so that a foreign record and a
missing one take the same way.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from openics.clients.access_codes import Application, Duty, Level
from openics.clients.access_levels import RECEIPTS
from openics.clients.models import Client
from openics.exports.models import ExportDeclaration
from openics.information.viewers import (
    Principal,
    Viewer,
    message_names,
    reads_all_messages,
    viewer_of,
    viewer_of_program,
)

AnyModel = TypeVar("AnyModel", bound=Model)

__all__ = [
    "Principal",
    "Viewer",
    "clients",
    "declarations",
    "intakes",
    "interchanges",
    "may_act",
    "messages",
    "notices",
    "outbox_items",
    "sites",
    "viewer_of",
    "viewer_of_program",
    "webhooks",
]


def messages(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Messages of applications that the viewer may read: of its client and its sites, and of its principals."""
    if viewer.officer:
        return rows.filter(_read_in(viewer.opened)) if viewer.opened else rows.none()
    own = _one_of("owner", viewer.client_ids) | _one_of("site", viewer.sites)
    interest = own & _read_in(viewer.readable())
    for each in viewer.principals:
        interest |= Q(owner=each.client) & _read_in(viewer.readable(each.client))
    return rows.filter(interest)


def interchanges(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Interchanges from and to the viewer's sites in which nothing is that it may not read, and those it handed in."""
    return _whole(rows, viewer, "", _handed_in(viewer, "intake__"))


def outbox_items(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Mail to the viewer's sites in which nothing is that it may not read."""
    return _whole(rows, viewer, "interchange", None)


def intakes(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """What was proved to come from the viewer's sites, if it may read all of it, and what it handed in itself."""
    return _whole(rows, viewer, "interchanges", _handed_in(viewer))


def sites(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """The sites of the viewer's client, if it may read them; rows are of sites or of what has a site."""
    if not viewer.may(Application.SITES, Level.READ):
        return rows.none()
    return rows if viewer.officer else rows.filter(_one_of("site_id", viewer.sites))


def clients(rows: QuerySet[Client], viewer: Viewer) -> QuerySet[Client]:
    """The viewer's own client record; officers with the duty see them all."""
    if viewer.officer:
        return rows if viewer.may(Application.REGISTER, Level.READ) else rows.none()
    return rows.filter(_one_of("client_id", viewer.client_ids))


def declarations(viewer: Viewer) -> QuerySet[ExportDeclaration]:
    """Export declarations that a client reported, or whose goods it owns, for whom the viewer may read exports."""
    rows = ExportDeclaration.objects.all()
    if viewer.officer:
        return rows if viewer.may(Application.EXPORTS, Level.READ) else rows.none()
    parties = _with_former(viewer, viewer.clients(Application.EXPORTS, Level.READ))
    return rows.filter(_one_of("owner", parties) | _one_of("goods_owner", parties))


def may_act(viewer: Viewer, declaration: ExportDeclaration, level: Level = Level.LODGE) -> bool:
    """Whether the viewer may change or withdraw a declaration: for the reporting party, through a site of that party."""
    acts = declaration.owner in _with_former(viewer, viewer.clients(Application.EXPORTS, level))
    return acts and declaration.site in viewer.sites_of(declaration.owner)


def notices(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Notices to the sites of the viewer's client, for whoever may read sites."""
    if not viewer.may(Application.SITES, Level.READ):
        return rows.none()
    return rows if viewer.officer else rows.filter(_one_of("owner", viewer.client_ids))


def webhooks(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """The webhooks of the viewer's client, for its administrators; for officers who help with messages every one."""
    if viewer.officer:
        return rows if viewer.on_duty(Duty.GATEWAY) else rows.none()
    return rows.filter(_one_of("client__client_id", viewer.client_ids)) if viewer.administrator else rows.none()


def _with_former(viewer: Viewer, clients: Iterable[str]) -> tuple[str, ...]:
    named = tuple(clients)
    return (*named, *viewer.former) if viewer.client in named else named


def _one_of(field: str, values: Iterable[str]) -> Q:
    return Q(**{f"{field}__in": [value for value in values if value]})


def _read_in(applications: frozenset[Application]) -> Q:
    """The messages that may be seen by whoever may read these applications, and the receipts for them."""
    if reads_all_messages(applications):
        return Q()
    names = sorted(message_names(applications))
    return Q(name__in=names) | Q(name__in=sorted(RECEIPTS), answers__name__in=names)


def _handed_in(viewer: Viewer, path: str = "") -> Q | None:
    """What the viewer handed in while signed in, for its own client or for a principal, while it may read there."""
    if viewer.officer or not viewer.readable():
        return None
    places = [*viewer.sites, *(site for each in viewer.principals for site in each.sites)]
    senders = [f"{site} {viewer.email}" for site in places]
    handed = Q(**{f"{path}channel": "web", f"{path}sender__in": senders})
    for site in viewer.sites:  # the API proves the site before it takes anything in
        handed |= Q(**{f"{path}channel": "api", f"{path}sender__startswith": f"{site} "})
    return handed


def _whole(rows: QuerySet[AnyModel], viewer: Viewer, inside: str, handed_in: Q | None) -> QuerySet[AnyModel]:
    """Rows that hold messages, of which the viewer may see each; `inside` is the way from a row to its interchanges.

    What holds no message, as nobody could read one in it, is for those only who may read every application.
    """
    applications = viewer.opened if viewer.officer else viewer.readable()
    if not applications:
        return rows.none()
    related = Q() if viewer.officer else _one_of("site", viewer.sites)
    if not reads_all_messages(applications):
        held = _held(rows.model, inside)
        related &= Exists(held) & ~Exists(held.exclude(_read_in(applications)))
    return rows.filter(related if handed_in is None else related | handed_in)


_TO_HOLDER = {"": "interchange", "interchange": "interchange__outbox_item", "interchanges": "interchange__intake"}


def _held(model: type[Model], inside: str) -> QuerySet[Any]:
    """The messages that a row holds."""
    holder: Any = model._meta.get_field(inside).related_model if inside else model
    message: Any = holder._meta.get_field("messages").related_model
    found: QuerySet[Any] = message._default_manager.filter(**{_TO_HOLDER[inside]: OuterRef("pk")})
    return found
