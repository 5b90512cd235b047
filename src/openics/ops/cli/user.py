"""`openics user`: people who sign in."""

from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, print_json

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
    if officer == bool(client):
        raise typer.BadParameter("say either --client ID or --officer")
    database.use_django()
    from django.db import transaction

    from openics.clients.models import Client, Person
    from openics.clients.people import add_person

    _check_address(email)
    if not name.strip():
        raise typer.BadParameter("give the person's name", param_hint="--name")
    if Person.objects.filter(email=email.lower()).exists():
        raise typer.BadParameter(f"{email} is there already; `openics user list` shows everybody")
    found = Client.objects.filter(client_id=client).first()
    if client and found is None:
        raise typer.BadParameter(f"there is no client {client}; give the ABN or CCID of a registered one")
    with transaction.atomic():
        password = add_person(email, name, found, officer=officer)
        _tell("person.added", email, actor, client=client, officer=officer)
    console.print(f"Added {email}. First password: {password}", highlight=False, markup=False, soft_wrap=True)


def _check_address(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError as error:
        raise typer.BadParameter(f"{email!r} is not an e-mail address", param_hint="email") from error


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

    from openics.clients.models import Person

    with transaction.atomic():
        person = Person.objects.select_for_update().filter(email=email.lower()).first()
        if person is None:
            _fail(f"There is no {email or 'person without an address'}.", "`openics user list` shows everybody.")
        if person.is_active is not active:
            Person.objects.filter(pk=person.pk).update(is_active=active)
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
