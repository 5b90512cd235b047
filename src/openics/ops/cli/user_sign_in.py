"""`openics user invite`, `recover` and `sessions`: links that let people sign in, and where they are signed in."""

from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, REASON, by, in_words, moment

if TYPE_CHECKING:
    from openics.clients.models import Person

app = typer.Typer()
console = Console()


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

    with transaction.atomic():
        person = Person.objects.filter(email=email.lower()).first()
        if person is None:
            person = _add(email, name, client, actor, officer=officer)
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
    from openics.exchange import people_care

    with transaction.atomic():
        person = _person(email)
        if not person.is_active:
            _fail(f"The account of {email} is closed.", f"openics user enable {email}")
        people_care.tell(by(actor), "person.recovery-asked", email, reason=reason)
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


def _add(email: str, name: str, client: str, actor: str, *, officer: bool) -> "Person":
    """Add the person that is invited; ends in words when that cannot be."""
    from openics.clients.access_codes import Duty
    from openics.clients.models import Client, Person
    from openics.clients.people import add_person
    from openics.exchange import people_care

    if officer == bool(client):
        raise typer.BadParameter("say either --client ID or --officer")
    check_address(email)
    if not name.strip():
        raise typer.BadParameter("give the person's name", param_hint="--name")
    found = Client.objects.filter(client_id=client).first()
    if client and found is None:
        raise typer.BadParameter(f"there is no client {client}; give the ABN or CCID of a registered one")
    with in_words(console):
        if found is not None:
            people_care.register(found, email, name, by(actor))
        else:
            add_person(email, name, None, officer=True, duties=frozenset(Duty))
            people_care.tell(by(actor), "person.added", email, client="", officer=True, duties=sorted(Duty))
    return Person.objects.get(email=email.lower())


def check_address(email: str) -> None:
    """End in words when it is no e-mail address."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError as error:
        raise typer.BadParameter(f"{email!r} is not an e-mail address", param_hint="email") from error


def _fail(text: str, fix: str) -> NoReturn:
    console.print(f"[red]{escape(text)}[/red]\n{fix}", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
