"""`openics user`: people who sign in."""

from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops import database
from openics.ops.cli import user_access, user_sign_in
from openics.ops.cli.registering import BY, JSON, by, in_words, print_json
from openics.ops.cli.user_sign_in import check_address

app = typer.Typer(no_args_is_help=True)
app.registered_commands += user_access.app.registered_commands + user_sign_in.app.registered_commands
console = Console()
DUTY = typer.Option([], help="A duty of the officer; may be repeated. All of them if none is given.")


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
    for heading in ("E-mail", "Name", "For", "Standing", "Active"):
        table.add_column(heading)
    for person in found:
        standing = "administrator" if person.is_administrator else person.standing
        table.add_row(person.email, person.name, _for(person.client), standing, "yes" if person.is_active else "no")
    console.print(table)
    return None


def _record(person: Any) -> dict[str, Any]:
    client = person.client.client_id if person.client else ""
    said = {"email": person.email, "name": person.name, "client": client}
    stands = {"standing": person.standing, "administrator": person.is_administrator}
    return {**said, **stands, "officer": person.is_officer, "active": person.is_active, "joined_at": person.joined_at}


def _for(client: object | None) -> str:
    return "customs (officer)" if client is None else str(client)


@app.command()
def add(
    email: str,
    name: str = typer.Option(help="Name of the person."),
    client: str = typer.Option("", help="Client id (ABN or CCID) the person acts for."),
    officer: bool = typer.Option(False, "--officer", help="The person is an officer of customs."),
    duty: list[str] = DUTY,
    actor: str = BY,
) -> None:
    """Add a person; prints a first password. The second factor is set up at the first sign-in.

    The first person of a client becomes its administrator; whoever comes later waits until an administrator confirms.
    """
    if officer == bool(client):
        raise typer.BadParameter("say either --client ID or --officer")
    if duty and not officer:
        raise typer.BadParameter("duties are for officers", param_hint="--duty")
    database.use_django()
    from openics.clients.models import Client, Person

    check_address(email)
    if not name.strip():
        raise typer.BadParameter("give the person's name", param_hint="--name")
    found = Client.objects.filter(client_id=client).first()
    if client and found is None:
        raise typer.BadParameter(f"there is no client {client}; give the ABN or CCID of a registered one")
    with in_words(console):
        password = _add_officer(email, name, duty, actor) if found is None else _add_trader(found, email, name, actor)
    if password is None:
        raise typer.BadParameter(f"{email} is there already; `openics user list` shows everybody")
    console.print(f"Added {email}. First password: {password}", highlight=False, markup=False, soft_wrap=True)
    if found is not None and Person.objects.get(email=email.lower()).standing == "pending":
        console.print("Pending until an administrator of the client confirms, or `openics user confirm` is used.")


def _add_trader(client: Any, email: str, name: str, actor: str) -> str | None:
    from openics.exchange import people_care

    return people_care.register(client, email, name, by(actor))


def _add_officer(email: str, name: str, duties: list[str], actor: str) -> str | None:
    from django.db import transaction

    from openics.clients.models import Person
    from openics.clients.people import add_person
    from openics.exchange import people_care

    chosen = user_access.read_duties(duties)
    if Person.objects.filter(email=email.lower()).exists():
        return None
    with transaction.atomic():
        password = add_person(email, name, None, officer=True, duties=chosen)
        people_care.tell(by(actor), "person.added", email, client="", officer=True, duties=sorted(chosen))
    return password


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
    from openics.clients.people import set_locked
    from openics.exchange import people_care

    with transaction.atomic():
        person = Person.objects.select_for_update().filter(email=email.lower()).first()
        if person is None:
            _fail(f"There is no {email or 'person without an address'}.", "`openics user list` shows everybody.")
        if person.is_locked is active:
            set_locked(person, locked=not active)
            if not active:
                end_sessions(Q(person=person), by(actor), "the account was closed")
            people_care.tell(by(actor), code, email)
        if active and person.standing == "closed":
            _fail(
                f"{email} left the organisation.",
                "An administrator of the client, or `openics user add`, registers anew.",
            )


def _fail(text: str, fix: str) -> NoReturn:
    console.print(f"[red]{escape(text)}[/red]\n{fix}", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
