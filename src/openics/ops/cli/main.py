"""The command `openics`."""

import sys
from typing import NoReturn

import psycopg
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from openics.ops import database
from openics.ops.cli import (
    api,
    authority,
    certificate,
    client,
    conformance,
    edi,
    evidence,
    gateway,
    inbox,
    messages,
    notice,
    outage,
    outbox,
    proxy,
    reference,
    register,
    site,
    system,
    trade,
    user,
    webhook,
)
from openics.ops.settings import Settings

app = typer.Typer(
    name="openics",
    help="An open Integrated Cargo System: run it, lodge with it, look into it.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
for each in (system, trade, messages, conformance):
    app.registered_commands += each.app.registered_commands
app.add_typer(edi.app, name="edi", help="Check, explain, show and write UN/EDIFACT interchanges.")
app.add_typer(client.app, name="client", help="A trader's side: keys, sending, listening.")
app.add_typer(gateway.app, name="gateway", help="The gateway's own keys: look, roll over, roll back.")
app.add_typer(inbox.app, name="inbox", help="Look at what was received; retry or release what is parked.")
app.add_typer(outbox.app, name="outbox", help="What left and is not confirmed; send a range again.")
app.add_typer(evidence.app, name="evidence", help="The chained log of every signed byte.")
app.add_typer(site.app, name="site", help="EDI sites: register, pause, move.")
app.add_typer(certificate.app, name="certificate", help="The certificates of EDI sites.")
app.add_typer(register.app, name="register", help="The client register: search, history, merging, licences, roles.")
app.add_typer(proxy.app, name="proxy", help="The front proxy that ends TLS.")
app.add_typer(outage.app, name="outage", help="Planned outages: announce, change, call off.")
app.add_typer(notice.app, name="notice", help="What the sites were told.")
app.add_typer(authority.app, name="authority", help="The test authority: issue, list, revoke.")
app.add_typer(api.app, name="api", help="Programs that use the API: make, list, new secrets, end.")
app.add_typer(user.app, name="user", help="People who sign in.")
app.add_typer(reference.app, name="reference", help="Reference data: load, look up as at a day, publish.")
app.add_typer(webhook.app, name="webhook", help="Where programs are told of events.")


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from openics.edifact.core import STATE

        Console().print(f"OpenICS {version('openics')}; EDIFACT core: {STATE}", highlight=False, soft_wrap=True)
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_tell_version,
        is_eager=True,
        help="Show the version, and which EDIFACT core works.",
    ),
) -> None:
    """An open Integrated Cargo System: run it, lodge with it, look into it."""


def main() -> None:
    """Entry point of the console script: what an operator can mend is said in words, and ends 1."""
    try:
        app()
    except database.NotRunningError as error:
        _fail(str(error))
    except ValidationError as error:
        _fail("\n".join(_wrong_setting(str(each["loc"][0]), each["msg"]) for each in error.errors()))
    except Exception as error:
        _explain_database(error if isinstance(error, psycopg.Error) else error.__cause__)
        raise


def _explain_database(error: BaseException | None) -> None:
    """End in words when the database is away, wrongly addressed or empty; any other failure is left as it is."""
    if isinstance(error, psycopg.errors.UndefinedTable):
        fix = "check OPENICS_DATABASE_URL, or start the system once, which makes them"
        _fail(f"the database has no tables of OpenICS: {fix}")
    if isinstance(error, psycopg.OperationalError):
        _fail(f"the database cannot be used: {error}")
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
        _fail(f"OPENICS_DATABASE_URL is wrong: {str(error).strip()}. Write it as postgresql://user@host:port/name")


def _wrong_setting(name: str, problem: str) -> str:
    return f"OPENICS_{name.upper()} is wrong. {problem}. Its meaning: {Settings.model_fields[name].description}"


def _fail(text: str) -> NoReturn:
    Console(stderr=True).print(f"[red]{escape(text)}[/red]", highlight=False, soft_wrap=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
