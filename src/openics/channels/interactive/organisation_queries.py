"""What the pages of an organisation read; clients are read through `information.interest` and no other way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from openics.channels.interactive.access_words import event_in_words
from openics.channels.interactive.paging import Page, page
from openics.clients.access_levels import ALL_GRANTS, Grant, may_have
from openics.clients.models import AccessDelegation, Client, Person
from openics.exchange.care import LONGEST_ACTOR
from openics.exchange.delegation_care import CLIENT, as_rules_know
from openics.exchange.models import Event
from openics.exchange.people_care import CONSOLE, PERSON
from openics.information import interest
from openics.information.interest import Viewer

MOST_EVENTS = 100
MOST_DELEGATIONS = 200


def organisations(viewer: Viewer, search: str, *, before: str = "", after: str = "") -> Page[Client]:
    """A page of the clients that the viewer may see, by id from the last; looked for by id, or by a word of the name."""
    rows = interest.clients(Client.objects.all(), viewer)
    if search:
        rows = rows.filter(Q(client_id=search.upper()) | Q(name__icontains=search))
    return page(rows, ("client_id",), before=before, after=after)


def organisation(viewer: Viewer, client: str) -> Client | None:
    """One client, or None when there is none that the viewer may see."""
    return interest.clients(Client.objects.all(), viewer).filter(client_id=client).first()


def people(client: Client) -> Sequence[Person]:
    """The people of a client that the viewer has been shown: by name, those who left last."""
    rows = Person.objects.filter(client=client).prefetch_related("grants").order_by("name", "pk")
    return sorted(rows, key=lambda each: each.standing == "closed")


def person(client: Client, number: int) -> Person | None:
    """One person of a client that the viewer has been shown."""
    return Person.objects.filter(client=client, pk=number).prefetch_related("grants").first()


@dataclass(frozen=True, slots=True)
class Choice:
    """A grant as the form offers it: whether the person has it, and whether the organisation may."""

    grant: Grant
    held: bool
    allowed: bool


def choices(client: Client, of: Person) -> list[Choice]:
    """Every grant that there is."""
    held = {(each.application, each.level) for each in of.grants.all()}
    return [Choice(grant, grant in held, may_have(client.roles, grant)) for grant in ALL_GRANTS]


@dataclass(frozen=True, slots=True)
class ShownDelegation:
    """A delegation with how it stands on a day: to come, in force, or over."""

    row: AccessDelegation
    state: str

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to end."""
        return self.state == "over"


def delegations(client: Client, today: date) -> tuple[list[ShownDelegation], list[ShownDelegation]]:
    """What a client that the viewer has been shown gave, and what it received, newest first."""
    mine = Q(principal=client) | Q(delegate=client)
    rows = AccessDelegation.objects.filter(mine).select_related("principal", "delegate").order_by("-pk")
    shown = [ShownDelegation(row, _state(row, today)) for row in rows[:MOST_DELEGATIONS]]
    given = [each for each in shown if each.row.principal_id == client.pk]
    return given, [each for each in shown if each.row.principal_id != client.pk]


def delegation(client: Client, number: int) -> AccessDelegation | None:
    """One delegation that a client that the viewer has been shown gave or received."""
    mine = Q(principal=client) | Q(delegate=client)
    return AccessDelegation.objects.filter(mine, pk=number).select_related("principal", "delegate").first()


def _state(row: AccessDelegation, today: date) -> str:
    known = as_rules_know(row)
    if known.is_over(today):
        return "over"
    return "in force" if known.holds_on(today) else "to come"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words: what, to whom, and who did it as far as the viewer is told."""

    event: Event
    text: str
    who: str


def history(viewer: Viewer, client: Client, whose: Sequence[Person]) -> list[Happening]:
    """What happened to people of a client that the viewer has been shown, and to its delegations; newest first."""
    emails = [each.email[:LONGEST_ACTOR] for each in whose]
    about = Q(subject_kind=PERSON, subject_key__in=emails)
    about |= Q(subject_kind=CLIENT, subject_key=client.client_id, code__startswith="delegation.")
    return _told(viewer, about, emails)


def history_of(viewer: Viewer, client: Client, of: Person) -> list[Happening]:
    """What happened to one person; newest first."""
    own = Person.objects.filter(client=client).values_list("email", flat=True)
    about = Q(subject_kind=PERSON, subject_key=of.email[:LONGEST_ACTOR])
    return _told(viewer, about, [each[:LONGEST_ACTOR] for each in own])


def _told(viewer: Viewer, about: Q, own: Sequence[str]) -> list[Happening]:
    rows = Event.objects.filter(about).order_by("-id")[:MOST_EVENTS]
    return [Happening(row, event_in_words(row.code, row.data), _who(viewer, row, own)) for row in rows]


def _who(viewer: Viewer, event: Event, own: Sequence[str]) -> str:
    """Traders are told their colleagues' addresses, but not those of customs or of another organisation."""
    if viewer.officer or event.actor in own:
        return event.actor
    return "customs" if event.channel == CONSOLE else "the other organisation"
