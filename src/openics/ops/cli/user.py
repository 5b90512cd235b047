"""`openics user`: people who sign in."""

from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, REASON, by, moment, print_json

if TYPE_CHECKING:
    from openics.clients.models import Client, Person

app = typer.Typer(no_args_is_help=True)
console = Console()


@app.command("list")
def list_people(
    client: str = typer.Option("", help="Only those of this client id (ABN or CCID)."), json: bool = JSON
) -> None:
    """List the people who may sign in, and those who may no more."""
    database.use_django()
    from openics.clients.models import Person

    found = Person.objects.select_related("client").order_by("email")
    if client:
        found = found.filter(client__client_id=client)
    if json:
        return print_json(console, [_record(person) for person in found])
    table = Table()
    for heading in ("E-mail", "Name", "For", "Active"):
        table.add_column(heading)
    for person in found:
        table.add_row(person.email, person.name, _for(person.client), "yes" if person.is_active else "no")
    console.print(table)
    return None


def _record(person: Any) -> dict[str, Any]:
    client = person.client.client_id if person.client else ""
    said = {"email": person.email, "name": person.name, "client": client}
    return {**said, "officer": person.is_officer, "active": person.is_active, "joined_at": person.joined_at}


def _for(client: object | None) -> str:
    return "customs (officer)" if client is None else str(client)


@app.command()
def add(
    email: str,
    name: str = typer.Option(help="Name of the person."),
    client: str = typer.Option("", help="Client id (ABN or CCID) the person acts for."),
    officer: bool = typer.Option(False, "--officer", help="The person is an officer of customs."),
    actor: str = BY,
) -> None:
    """Add a person; prints a first password. The second factor is set up at the first sign-in."""
    database.use_django()
    from django.db import transaction

    from openics.clients.people import add_person

    found = _check_new(email, name, client, officer)
    with transaction.atomic():
        password = add_person(email, name, found, officer=officer)
        _tell("person.added", email, actor, client=client, officer=officer)
    console.print(f"Added {email}. First password: {password}", highlight=False, markup=False, soft_wrap=True)


def _check_new(email: str, name: str, client: str, officer: bool) -> "Client | None":
    """The client whom a new person acts for; ends in words when the person cannot be added."""
    from openics.clients.models import Client, Person

    if officer == bool(client):
        raise typer.BadParameter("say either --client ID or --officer")
    _check_address(email)
    if not name.strip():
        raise typer.BadParameter("give the person's name", param_hint="--name")
    if Person.objects.filter(email=email.lower()).exists():
        raise typer.BadParameter(f"{email} is there already; `openics user list` shows everybody")
    found = Client.objects.filter(client_id=client).first()
    if client and found is None:
        raise typer.BadParameter(f"there is no client {client}; give the ABN or CCID of a registered one")
    return found


def _check_address(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError as error:
        raise typer.BadParameter(f"{email!r} is not an e-mail address", param_hint="email") from error


@app.command()
def invite(
    email: str,
    name: str = typer.Option("", help="Name of the person, if the person is new."),
    client: str = typer.Option("", help="Client id (ABN or CCID) a new person acts for."),
    officer: bool = typer.Option(False, "--officer", help="A new person is an officer of customs."),
    actor: str = BY,
) -> None:
    """Print a link by which a person sets up a passkey, or a password with codes; it works once, for three days."""
    database.use_django()
    from django.db import transaction

    from openics.channels.sign_in.invitations import invite as make_link
    from openics.clients.models import Person
    from openics.clients.people import add_person

    with transaction.atomic():
        person = Person.objects.filter(email=email.lower()).first()
        if person is None:
            found = _check_new(email, name, client, officer)
            add_person(email, name, found, officer=officer)
            _tell("person.added", email, actor, client=client, officer=officer)
            person = Person.objects.get(email=email.lower())
            person.set_unusable_password()
            person.save(update_fields=["password"])
        elif _set_up(person):
            _fail(f"{email} signs in already.", f"If everything is lost: openics user recover {email} --reason TEXT")
        secret = make_link(person, by(actor))
    _print_link(email, secret)


@app.command()
def recover(email: str, reason: str = REASON, actor: str = BY) -> None:
    """Print a link that replaces everything a person signs in with; it works once, for four hours.

    Make sure who asks for it: who has the link has the account.
    """
    database.use_django()
    from django.db import transaction

    from openics.channels.sign_in.invitations import invite as make_link

    with transaction.atomic():
        person = _person(email)
        if not person.is_active:
            _fail(f"The account of {email} is closed.", f"openics user enable {email}")
        _tell("person.recovery-asked", email, actor, reason=reason)
        secret = make_link(person, by(actor), recovery=True)
    _print_link(email, secret)


@app.command()
def sessions(
    email: str,
    end: bool = typer.Option(False, "--end", help="End them all."),
    reason: str = typer.Option("", help="Why they are ended; it stands in the person's history."),
    actor: str = BY,
) -> None:
    """List where a person is signed in; with --end, end it everywhere."""
    database.use_django()
    from django.utils import timezone

    from openics.channels.sign_in.sessions import current, end_all

    person = _person(email)
    if end and not reason.strip():
        raise typer.BadParameter("say why", param_hint="--reason")
    if end:
        console.print(f"Ended: {end_all(person, by(actor), reason.strip())}", highlight=False)
        return
    table = Table()
    for heading in ("Signed in with", "Address", "Since (UTC)", "Last seen (UTC)", "Browser"):
        table.add_column(heading)
    for each in current(person, timezone.now()):
        table.add_row(each.method, each.address, moment(each.begun_at), moment(each.seen_at), escape(each.browser))
    console.print(table)


def _person(email: str) -> "Person":
    from openics.clients.models import Person

    found = Person.objects.filter(email=email.lower()).first()
    return found or _fail(
        f"There is no {email or 'person without an address'}.", "`openics user list` shows everybody."
    )


def _set_up(person: "Person") -> bool:
    from allauth.mfa.models import Authenticator

    return bool(Authenticator.objects.filter(user=person).exists())


def _print_link(email: str, secret: str) -> None:
    from django.conf import settings
    from django.urls import reverse

    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('invitation', args=[secret])}"
    console.print(f"Give this link to {email}, and to nobody else:", highlight=False, markup=False, soft_wrap=True)
    console.print(address, highlight=False, markup=False, soft_wrap=True)


@app.command()
def code(email: str) -> None:
    """Print the one-time code of a person whose codes this machine made (the sandbox's examples), for trying it out."""
    database.use_django()
    from openics.clients.people import one_time_code

    found = one_time_code(email)
    if found is None:
        fix = "The sandbox makes codes for its examples only; `openics user list` shows everybody."
        _fail(f"{email or 'Nobody'} has no one-time codes here.", fix)
    console.print(found)


@app.command()
def disable(email: str, actor: str = BY) -> None:
    """Let a person sign in no more; what the person did stays on record."""
    _set_active(email, actor, "person.disabled", active=False)
    console.print(f"{email} can sign in no more.", markup=False)


@app.command()
def enable(email: str, actor: str = BY) -> None:
    """Let a person sign in again."""
    _set_active(email, actor, "person.enabled", active=True)
    console.print(f"{email} can sign in.", markup=False)


def _set_active(email: str, actor: str, code: str, *, active: bool) -> None:
    database.use_django()
    from django.db import transaction
    from django.db.models import Q

    from openics.channels.sign_in.sessions import end as end_sessions
    from openics.clients.models import Person

    with transaction.atomic():
        person = Person.objects.select_for_update().filter(email=email.lower()).first()
        if person is None:
            _fail(f"There is no {email or 'person without an address'}.", "`openics user list` shows everybody.")
        if person.is_active is not active:
            Person.objects.filter(pk=person.pk).update(is_active=active)
            if not active:
                end_sessions(Q(person=person), by(actor), "the account was closed")
            _tell(code, email, actor)


def _tell(code: str, email: str, actor: str, **data: Any) -> None:
    """Add an event to a person's history, in the transaction that changes the person."""
    from openics.channels.interactive.database import raw_connection
    from openics.decision.outcome import Event
    from openics.exchange.care import LONGEST_ACTOR
    from openics.exchange.recording import EventRow, write_events

    who, key = by(actor), email.lower()[:LONGEST_ACTOR]
    with raw_connection().cursor() as cursor:
        row = EventRow(Event(code, "PERSON", key, data), who.actor[:LONGEST_ACTOR], who.channel, None)
        write_events(cursor, [row], who.now)


def _fail(text: str, fix: str) -> NoReturn:
    console.print(f"[red]{escape(text)}[/red]\n{fix}", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
