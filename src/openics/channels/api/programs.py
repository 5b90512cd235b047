"""Programs of a client: made, given further secrets, and ended. Each change is an event of the client's history."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from openics.channels.api import secrets
from openics.channels.api.models import Program, ProgramSecret
from openics.channels.api.scopes import SCOPES
from openics.clients.models import Client, Person
from openics.clients.register_errors import RegisterError
from openics.exchange.care import By
from openics.exchange.models import Event
from openics.information.viewers import Viewer

PROGRAM: Final = "PROGRAM"
"""The subject kind of a program's history."""
OVERLAP: Final = timedelta(days=7)
"""How long the secret before goes on working, unless told otherwise."""
MOST_PROGRAMS: Final = 50
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Made:
    """A program with the secret that was just made for it: the only time that it is seen."""

    program: Program
    secret: str


def make(
    client: Client,
    name: str,
    scopes: Iterable[str],
    by: By,
    person: Person | None = None,
    givable: Collection[str] = SCOPES,
) -> Made:
    """A new program of a client. Raises RegisterError for a name or scope that cannot be, or for one too many.

    Scopes that are not `givable` are more than who makes the program may do, and are refused.
    """
    wanted = _checked(name, scopes, givable)
    with transaction.atomic():
        Client.objects.select_for_update().get(pk=client.pk)
        if active(client).count() >= MOST_PROGRAMS:
            raise RegisterError(
                "too-many", f"client {client.client_id}", "It has 50 programs.", "End one of them first."
            )
        program = Program.objects.create(
            identifier=secrets.new_identifier(),
            client=client,
            name=name.strip(),
            scopes=wanted,
            made_by=person,
            made_at=by.now,
        )
        secret = _add_secret(program, by.now)
        _tell(program, "program.made", by, scopes=wanted)
    return Made(program, secret)


def rotate(program: Program, by: By, overlap: timedelta = OVERLAP, givable: Collection[str] = SCOPES) -> Made:
    """A further secret; those before it work until the overlap is over.

    Raises RegisterError for an ended program, and for one with scopes that are not `givable`: whoever holds the secret
    can do what the program can.
    """
    _not_beyond(program.scopes, givable)
    with transaction.atomic():
        found = Program.objects.select_for_update().get(pk=program.pk)
        if found.ended_at is not None:
            raise RegisterError("ended", f"program {found.identifier}", "It is ended.", "Make a new program.")
        ends_at = by.now + max(overlap, timedelta())
        found.secrets.filter(Q(ends_at=None) | Q(ends_at__gt=ends_at)).update(ends_at=ends_at)
        secret = _add_secret(found, by.now)
        _tell(found, "program.rotated", by, before_ends_at=ends_at.isoformat())
    return Made(found, secret)


def end(program: Program, by: By) -> bool:
    """End a program: its secrets and tokens count no more, from this moment. False when it was ended already."""
    with transaction.atomic():
        found = Program.objects.select_for_update().get(pk=program.pk)
        if found.ended_at is not None:
            return False
        Program.objects.filter(pk=found.pk).update(ended_at=by.now)
        found.secrets.filter(Q(ends_at=None) | Q(ends_at__gt=by.now)).update(ends_at=by.now)
        _tell(found, "program.ended", by)
    return True


def client_of(viewer: Viewer) -> Client:
    """The client whose programs the viewer cares for."""
    return Client.objects.get(client_id=viewer.client)


def own(viewer: Viewer, identifier: str) -> Program | None:
    """One program of the viewer's client."""
    return Program.objects.filter(client__client_id=viewer.client, identifier=identifier).first()


def active(client: Client) -> QuerySet[Program]:
    """The programs of a client that are not ended."""
    return Program.objects.filter(client=client, ended_at=None)


def of_client(client: Client) -> Sequence[Program]:
    """All programs of a client with their secrets, those in use first, the newest before older ones."""
    rows = Program.objects.filter(client=client).prefetch_related("secrets")
    return sorted(rows, key=lambda each: (each.ended_at is not None, -each.pk))


def working(secret: ProgramSecret, now: datetime) -> bool:
    """Whether a secret counts at an instant."""
    return secret.ends_at is None or secret.ends_at > now


def _checked(name: str, scopes: Iterable[str], givable: Collection[str]) -> list[str]:
    wanted = sorted(set(scopes))
    unknown = [each for each in wanted if each not in SCOPES]
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise RegisterError("bad-name", "name", "A program needs a name of 1 to 80 characters.", "Say what it does.")
    if unknown:
        known = ", ".join(SCOPES)
        raise RegisterError("unknown-scope", "scopes", f"There is no scope {unknown[0]}.", f"Scopes are {known}.")
    if not wanted:
        raise RegisterError("no-scope", "scopes", "A program without any scope can do nothing.", "Choose at least one.")
    _not_beyond(wanted, givable)
    return wanted


def _not_beyond(scopes: Iterable[str], givable: Collection[str]) -> None:
    beyond = [each for each in scopes if each not in givable]
    if beyond:
        text = f"The scope {beyond[0]} is more than you have been granted yourself."
        fix = "Have an administrator do this who may, or grant it to you first."
        raise RegisterError("beyond-grants", "scopes", text, fix)


def _add_secret(program: Program, now: datetime) -> str:
    secret = secrets.new_secret()
    ProgramSecret.objects.create(program=program, digest=secrets.digest(secret), hint=secret[-4:], made_at=now)
    return secret


def _tell(program: Program, code: str, by: By, **data: object) -> None:
    about = {"name": program.name, "client": program.client.client_id, **data}
    Event.objects.create(
        code=code,
        subject_kind=PROGRAM,
        subject_key=program.identifier,
        actor=by.actor[:64],
        channel=by.channel[:8],
        at=by.now,
        data=about,
    )


def history(program: Program) -> Sequence[Event]:
    """What was done to a program, newest first."""
    return list(Event.objects.filter(subject_kind=PROGRAM, subject_key=program.identifier).order_by("-id")[:100])
