"""Who looks: a person or a program, with everything that says what may be seen and done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from openics.clients.access_codes import Application, Duty, Level, Standing
from openics.clients.access_levels import DUTIES, MESSAGES, Grant, reach
from openics.clients.models import AccessDelegation, AccessGrant, Client, OfficerDuty, Person, Site
from openics.reference.facts import CANBERRA


@dataclass(frozen=True, slots=True)
class Principal:
    """A client that the viewer may act for by delegation: its sites, and what for."""

    client: str
    sites: tuple[str, ...]
    reach: frozenset[Grant]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever looks or acts, as far as that goes.

    `person` is the row of a person and None for a program; `email` is the person's address or the program's name. A
    trader has a client with its sites, what it may do there, and the principals that delegated something; an officer has
    a purpose, as far as one has been given and still holds, and duties.
    """

    person: int | None
    email: str
    officer: bool
    client: str = ""
    sites: tuple[str, ...] = ()
    purpose: str = ""
    reach: frozenset[Grant] = frozenset()
    principals: tuple[Principal, ...] = ()
    duties: frozenset[Duty] = frozenset()
    administrator: bool = False
    standing: Standing = Standing.CONFIRMED
    former: tuple[str, ...] = ()
    """Ids of clients that were merged into the viewer's: what was reported under them is the viewer's too."""

    @property
    def signed_in(self) -> int:
        """Row of the person who looks; raises LookupError for a program."""
        if self.person is None:
            raise LookupError(f"{self.email} is a program")
        return self.person

    @property
    def client_ids(self) -> tuple[str, ...]:
        """Every id of the viewer's client."""
        return (self.client, *self.former)

    def may(self, application: Application, level: Level, client: str = "") -> bool:
        """Whether the viewer may do this for a client (its own if none is named); officers read, on duty, for a purpose."""
        if self.officer:
            return level is Level.READ and application in self.opened
        if client in {"", *self.client_ids}:
            return (application, level) in self.reach
        return any(each.client == client and (application, level) in each.reach for each in self.principals)

    def on_duty(self, duty: Duty) -> bool:
        """Whether the viewer is an officer with this duty who has said what for."""
        return self.officer and bool(self.purpose) and duty in self.duties

    @property
    def opened(self) -> frozenset[Application]:
        """The applications whose records an officer may see now."""
        opened = frozenset[Application]().union(*(DUTIES[duty] for duty in self.duties))
        return opened if self.officer and self.purpose else frozenset()

    def readable(self, client: str = "") -> frozenset[Application]:
        """The applications that the viewer may read for a client (its own if none is named)."""
        return frozenset(each for each in Application if self.may(each, Level.READ, client))

    def clients(self, application: Application, level: Level) -> tuple[str, ...]:
        """The clients for whom the viewer may do this: its own, and those that delegated it."""
        named = (self.client, *(each.client for each in self.principals))
        return tuple(each for each in named if each and not self.officer and self.may(application, level, each))

    def sites_of(self, client: str) -> tuple[str, ...]:
        """The sites of the viewer's own client, or of one that delegated something."""
        if client and client in self.client_ids:
            return self.sites
        return next((each.sites for each in self.principals if each.client == client), ())


def message_names(applications: Iterable[Application]) -> frozenset[str]:
    """The messages that belong to these applications."""
    return frozenset[str]().union(*(MESSAGES.get(each, frozenset()) for each in applications))


def reads_all_messages(applications: Iterable[Application]) -> bool:
    """Whether whoever may read these applications may see every message, those of no known name too."""
    return MESSAGES.keys() <= frozenset(applications)


def viewer_of(person: Person, purpose: str = "") -> Viewer:
    """What `person` may see and do; `purpose` is an officer's, as far as one has been given and still holds."""
    standing = Standing(person.standing)
    if person.is_officer:
        duties = frozenset(Duty(each) for each in _codes(OfficerDuty.objects.filter(person=person), "duty"))
        return Viewer(person.pk, person.email, officer=True, purpose=purpose, duties=duties, standing=standing)
    if person.client is None or standing is not Standing.CONFIRMED:
        client = "" if person.client is None else person.client.client_id
        return Viewer(person.pk, person.email, officer=False, client=client, standing=standing)
    grants = frozenset(
        (Application(application), Level(level))
        for application, level in AccessGrant.objects.filter(person=person).values_list("application", "level")
    )
    survivor = person.client.merged_into or person.client
    return _trader(person.pk, person.email, survivor, grants, administrator=person.is_administrator)


def viewer_of_program(client: Client, grants: Iterable[Grant], name: str) -> Viewer:
    """What a program may see and do that acts for one client with these grants; `name` stands in the disclosure log.

    The same limits hold as for a person: the client's roles, and what others delegated to the client, as far as the
    program has been granted it too. A program of a cancelled client may nothing.
    """
    kept = frozenset(grants) if client.status == "ACTIVE" else frozenset[Grant]()
    return _trader(None, name, client, kept, administrator=False)


def _codes(rows: QuerySet[OfficerDuty], field: str) -> list[str]:
    return list(rows.values_list(field, flat=True))


def _trader(person: int | None, name: str, client: Client, grants: frozenset[Grant], *, administrator: bool) -> Viewer:
    own = reach(grants, client.roles)
    delegated = _delegated(client, own, timezone.now().astimezone(CANBERRA).date())
    former = tuple(client.merged_from.order_by("client_id").values_list("client_id", flat=True))
    sites = _sites([client.client_id, *former, *delegated])
    principals = tuple(Principal(each, sites.get(each, ()), delegated[each]) for each in sorted(delegated))
    return Viewer(
        person,
        name,
        officer=False,
        client=client.client_id,
        sites=tuple(sorted(site for each in (client.client_id, *former) for site in sites.get(each, ()))),
        reach=own,
        principals=principals,
        administrator=administrator,
        former=former,
    )


def _delegated(client: Client, own: frozenset[Grant], today: date) -> dict[str, frozenset[Grant]]:
    """What each principal lets the client do today, as far as the viewer has been granted it too."""
    in_force = Q(delegate=client, ended_at=None, first_day__lte=today, last_day__gte=today, principal__status="ACTIVE")
    rows = AccessDelegation.objects.filter(in_force).values_list(
        "principal__client_id", "principal__roles", "application", "level"
    )
    found: dict[str, frozenset[Grant]] = {}
    for principal, roles, application, level in rows:
        given = reach([(Application(application), Level(level))], roles) & own
        if given:
            found[principal] = found.get(principal, frozenset()) | given
    return found


def _sites(clients: list[str]) -> dict[str, tuple[str, ...]]:
    rows = Site.objects.filter(owner__client_id__in=clients).order_by("site_id")
    found: dict[str, tuple[str, ...]] = {}
    for owner, site in rows.values_list("owner__client_id", "site_id"):
        found[owner] = (*found.get(owner, ()), site)
    return found
