"""`openics user`, the part about what people may do: standing, grants, officers' duties, delegations."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, fields, in_words, moment, print_json, say

if TYPE_CHECKING:
    from openics.clients.access_codes import Duty
    from openics.clients.access_levels import Grant

app = typer.Typer()
console = Console()
APPLICATION = typer.Argument(help="imports, exports, cargo, register or sites.")
LEVEL = typer.Argument(help="read, prepare, lodge, pay (imports) or amend (sites).")
FIRST = typer.Option(None, "--from", help="First day, in Canberra; today if not given.", formats=["%Y-%m-%d"])
LAST = typer.Option(help="Last day, in Canberra.", formats=["%Y-%m-%d"])


@app.command()
def confirm(email: str, actor: str = BY) -> None:
    """Confirm somebody who was registered for a client."""
    _change(email, actor, "confirm", "is confirmed")


@app.command()
def close(email: str, actor: str = BY) -> None:
    """End somebody's access for a client, with all grants; the client's last administrator stays."""
    _change(email, actor, "close", "belongs to the client no more")


@app.command()
def appoint(email: str, actor: str = BY) -> None:
    """Make somebody an administrator of the client."""
    _change(email, actor, "appoint", "is an administrator")


@app.command()
def dismiss(email: str, actor: str = BY) -> None:
    """Make somebody an administrator of the client no more; the last one stays."""
    _change(email, actor, "dismiss", "is not an administrator")


@app.command()
def grant(email: str, application: str = APPLICATION, level: str = LEVEL, actor: str = BY) -> None:
    """Grant somebody a level in an application, if the client's roles allow it."""
    wanted = _read_grant(application, level)
    _change(email, actor, "grant", f"may {level} in {application}", wanted)


@app.command("take-back")
def take_back(email: str, application: str = APPLICATION, level: str = LEVEL, actor: str = BY) -> None:
    """Take a grant back."""
    unwanted = _read_grant(application, level)
    _change(email, actor, "take_back", f"has no grant to {level} in {application}", unwanted)


@app.command()
def duties(
    email: str,
    duty: list[str] = typer.Option([], help="A duty that the officer is to have; may be repeated."),
    none: bool = typer.Option(False, "--none", help="The officer is to have no duty."),
    actor: str = BY,
) -> None:
    """Show an officer's duties, or set them: those named, and no others."""
    from openics.exchange import people_care

    database.use_django()
    if duty and none:
        raise typer.BadParameter("say either --duty or --none")
    chosen = read_duties(duty) if duty else frozenset[Any]()
    with in_words(console):
        if duty or none:
            people_care.set_duties(email, chosen, by(actor))
        say(console, f"{email}: {', '.join(_duties_of(email)) or 'no duty'}")


def read_duties(given: Iterable[str]) -> "frozenset[Duty]":
    """Duties from their codes; all of them if none is given. Raises BadParameter for one that is none."""
    from openics.clients.access_codes import Duty

    codes = [each.value for each in Duty]
    wrong = [each for each in given if each not in codes]
    if wrong:
        raise typer.BadParameter(f"{wrong[0]!r} is no duty; there are {', '.join(codes)}", param_hint="--duty")
    return frozenset(Duty(each) for each in given) or frozenset(Duty)


def _duties_of(email: str) -> list[str]:
    from openics.clients.access_rules import person_place
    from openics.clients.models import Person
    from openics.clients.register_errors import RegisterError

    found = Person.objects.filter(email=email.lower(), is_officer=True).first()
    if found is None:
        fix = "`openics user list` shows everybody."
        raise RegisterError("unknown-officer", person_place(email), "There is no such officer.", fix)
    return sorted(found.duties.values_list("duty", flat=True))


@app.command()
def delegate(
    client: str = typer.Argument(help="Client id of the principal, who lets act."),
    to: str = typer.Argument(help="Client id of the delegate, who acts."),
    application: str = APPLICATION,
    level: str = LEVEL,
    last: datetime = LAST,
    first: datetime | None = FIRST,
    actor: str = BY,
) -> None:
    """Let a client's people act for another client, in one application, up to a level, from day to day."""
    from openics.exchange import delegation_care
    from openics.exchange.policy import CANBERRA

    wanted = _read_grant(application, level)
    principal, who = _client(client), by(actor)
    begin = first.date() if first else who.now.astimezone(CANBERRA).date()
    with in_words(console):
        row = delegation_care.give(principal, to, wanted, begin, last.date(), who)
    say(console, f"Delegation {row.pk}: {to} may {level} in {application} for {client}, {begin} to {last.date()}.")


@app.command("end-delegation")
def end_delegation(client: str, number: int, actor: str = BY) -> None:
    """End a delegation that a client gave or received, before its last day."""
    from openics.exchange import delegation_care

    found = _client(client)
    with in_words(console):
        done = delegation_care.end(number, found, by(actor))
    say(console, f"Delegation {number} is {'ended' if done else 'over already'}.")


@app.command()
def delegations(client: str, json: bool = JSON) -> None:
    """List the delegations that a client gave and received, newest first."""
    from django.db.models import Q

    found = _client(client)
    from openics.clients.models import AccessDelegation

    rows = AccessDelegation.objects.filter(Q(principal=found) | Q(delegate=found))
    records = [_delegation(row) for row in rows.select_related("principal", "delegate").order_by("-pk")]
    if json:
        return print_json(console, records)
    table = Table()
    for heading in ("Number", "Principal", "Delegate", "What", "From", "To", "Ended"):
        table.add_column(heading, no_wrap=heading in {"Principal", "Delegate"}, overflow="fold")
    for each in records:
        what, days = f"{each['application']} {each['level']}", (each["first_day"], each["last_day"])
        table.add_row(str(each["number"]), each["principal"], each["delegate"], what, *days, moment(each["ended_at"]))
    console.print(table)
    return None


def _delegation(row: Any) -> dict[str, Any]:
    parties = {"number": row.pk, "principal": row.principal.client_id, "delegate": row.delegate.client_id}
    days: dict[str, date] = {"first_day": row.first_day, "last_day": row.last_day}
    what = {"application": row.application, "level": row.level}
    return {**parties, **what, **{name: day.isoformat() for name, day in days.items()}, "ended_at": row.ended_at}


@app.command()
def alerts(days: int = typer.Option(7, min=1, max=366, help="How many days to look back."), json: bool = JSON) -> None:
    """List whose looks at records stand out: the same record, refusals, wide scans, officers out of hours."""
    database.use_django()
    from openics.information import watch

    now = by("").now
    found = watch.alerts(now - timedelta(days=days), now)
    if json:
        return print_json(console, [fields(each) for each in found])
    if not found:
        return say(console, f"Nothing stands out in {days} days.")
    table = Table()
    for heading in ("Who", "Alert", "About", "Looks", "First", "Last"):
        table.add_column(heading, no_wrap=heading == "Who", overflow="fold")
    for each in found:
        times = (moment(each.first), moment(each.last))
        table.add_row(each.actor, each.alert.value, each.subject, str(each.looks), *times)
    console.print(table)
    return None


def _read_grant(application: str, level: str) -> "Grant":
    from openics.clients.access_levels import LEVELS, read_grant

    found = read_grant(application, level)
    if found is None:
        known = "; ".join(f"{each}: {', '.join(levels)}" for each, levels in LEVELS.items())
        raise typer.BadParameter(f"there is no level {level!r} in {application!r}; there are {known}")
    return found


def _client(client: str) -> Any:
    database.use_django()
    from openics.clients.models import Client

    found = Client.objects.filter(client_id=client).first()
    if found is None:
        raise typer.BadParameter(f"there is no client {client}; give the ABN or CCID of a registered one")
    return found


def _change(email: str, actor: str, change: str, state: str, *what: "Grant") -> None:
    """Make a change to a client's person by its name in people_care, and say how it is then."""
    database.use_django()
    from openics.clients.models import Person
    from openics.exchange import people_care

    person = Person.objects.select_related("client").filter(email=email.lower(), client__isnull=False).first()
    if person is None:
        raise typer.BadParameter(f"nobody acts for a client as {email}; `openics user list` shows everybody")
    make: Callable[..., bool] = getattr(people_care, change)
    with in_words(console):
        done = make(person.client, email, *what, by(actor))
    say(console, f"{email} {state}{'' if done else ' already'}.")
