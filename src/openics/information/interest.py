"""Interest: what a person may see. Every query for somebody's records goes through one of these functions.

A trader sees what its client reported, what concerns a site of its client, and declarations of goods its client owns. An
officer sees everything once a purpose has been given, and nothing before. Rows outside of that do not exist for the
person: they are filtered out in the query, so that a foreign record and a missing one take the same way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from openics.clients.models import Client, Person, Site
from openics.exports.models import ExportDeclaration

AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person as far as seeing goes: row of the person, whether an officer, the client and its sites, purpose."""

    person: int | None
    email: str
    officer: bool
    client: str = ""
    sites: tuple[str, ...] = ()
    purpose: str = ""
    former: tuple[str, ...] = ()
    """Ids of clients that were merged into the viewer's: what was reported under them is the viewer's too."""

    @property
    def client_ids(self) -> tuple[str, ...]:
        """Every id of the viewer's client."""
        return (self.client, *self.former)

    @property
    def signed_in(self) -> int:
        """Row of the person who looks; raises LookupError for a program."""
        if self.person is None:
            raise LookupError(f"{self.email} is a program")
        return self.person

    @property
    def sees_everything(self) -> bool:
        """An officer who has said what for."""
        return self.officer and bool(self.purpose)


def viewer_of(person: Person, purpose: str = "") -> Viewer:
    """What `person` may see; `purpose` is an officer's, as far as one has been given and still holds."""
    if person.is_officer or person.client is None:
        return Viewer(person.pk, person.email, person.is_officer, purpose=purpose)
    client = person.client.merged_into or person.client
    merged = tuple(client.merged_from.order_by("client_id").values_list("client_id", flat=True))
    owned = Site.objects.filter(owner__client_id__in=(client.client_id, *merged)).order_by("site_id")
    sites = tuple(owned.values_list("site_id", flat=True))
    return Viewer(person.pk, person.email, officer=False, client=client.client_id, sites=sites, former=merged)


def _visible(rows: QuerySet[AnyModel], viewer: Viewer, interest: Q | None) -> QuerySet[AnyModel]:
    if viewer.sees_everything:
        return rows
    return rows.none() if viewer.officer or interest is None else rows.filter(interest)


def _one_of(field: str, values: Iterable[str]) -> Q:
    return Q(**{f"{field}__in": [value for value in values if value]})


def messages(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Messages of the viewer's client, or from and to one of its sites."""
    return _visible(rows, viewer, _one_of("owner", viewer.client_ids) | _one_of("site", viewer.sites))


def interchanges(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Interchanges from and to the viewer's sites."""
    return _visible(rows, viewer, _one_of("site", viewer.sites))


def sites(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """The sites of the viewer's client."""
    return _visible(rows, viewer, _one_of("site_id", viewer.sites))


def outbox_items(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Mail to the viewer's sites."""
    return _visible(rows, viewer, _one_of("site", viewer.sites))


def notices(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """Notices to the sites of the viewer's client."""
    return _visible(rows, viewer, _one_of("owner", [viewer.client]))


def intakes(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """What was proved to come from the viewer's sites, and what the viewer handed in itself while signed in."""
    own = Q(channel="web", sender__in=[f"{site} {viewer.email}" for site in viewer.sites])
    for site in viewer.sites:  # the API proves the site before it takes anything in
        own |= Q(channel="api", sender__startswith=f"{site} ")
    return _visible(rows, viewer, _one_of("site", viewer.sites) | own)


def webhooks(rows: QuerySet[AnyModel], viewer: Viewer) -> QuerySet[AnyModel]:
    """The webhooks of the viewer's client."""
    return _visible(rows, viewer, _one_of("client__client_id", [viewer.client]))


def declarations(viewer: Viewer) -> QuerySet[ExportDeclaration]:
    """Export declarations that the viewer's client reported, or whose goods it owns."""
    interest = _one_of("owner", viewer.client_ids) | _one_of("goods_owner", viewer.client_ids)
    return _visible(ExportDeclaration.objects.all(), viewer, interest)


def may_act(viewer: Viewer, declaration: ExportDeclaration) -> bool:
    """Whether the viewer may change or withdraw a declaration: the reporting party may, through a site of its own."""
    return not viewer.officer and declaration.owner in viewer.client_ids and declaration.site in viewer.sites


def viewer_of_program(client: Client, grants: Iterable[tuple[str, str]], name: str) -> Viewer:  # noqa: ARG001
    """What a program of `client` may see: what concerns the client, as far as its `grants` (application, level) reach.

    `name` is what the disclosure log and the inbox know the program by.
    """
    sites = Site.objects.filter(owner=client).order_by("site_id").values_list("site_id", flat=True)
    return Viewer(None, name, officer=False, client=client.client_id, sites=tuple(sites))
