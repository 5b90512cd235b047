"""`openics api`: programs that use the API for a client."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, in_words, moment, print_json, say

if TYPE_CHECKING:
    from openics.channels.api.models import Program
    from openics.channels.api.programs import Made
    from openics.clients.models import Client

app = typer.Typer(no_args_is_help=True)
console = Console()
SCOPES = typer.Option(
    [], "--scope", help="What it may do, like exports:lodge; may be repeated. All there is if not given."
)
PROGRAM = typer.Argument(help="Its id, like prg-…")


@app.command()
def make(
    client: str = typer.Option(help="Client id (ABN or CCID) it acts for."),
    name: str = typer.Option(help="What it is for."),
    scope: list[str] = SCOPES,
    actor: str = BY,
    json: bool = JSON,
) -> None:
    """Make a program; prints its id and its secret, this once."""
    database.use_django()
    from openics.channels.api import programs
    from openics.channels.api.scopes import SCOPES as KNOWN

    with in_words(console):
        made = programs.make(_client(client), name, scope or KNOWN, by(actor))
    _print(made, json)


@app.command("list")
def list_programs(
    client: str = typer.Option("", help="Only those of this client id (ABN or CCID)."), json: bool = JSON
) -> None:
    """List programs, ended ones too."""
    database.use_django()
    from openics.channels.api.models import Program

    found = Program.objects.select_related("client").prefetch_related("secrets").order_by("client__client_id", "pk")
    if client:
        found = found.filter(client__client_id=client)
    if json:
        return print_json(console, [_record(each) for each in found])
    table = Table()
    table.add_column("Program", no_wrap=True)
    for heading in ("Client", "Name", "Scopes", "Made", "Ended"):
        table.add_column(heading, overflow="fold")
    for each in found:
        times = (moment(each.made_at), moment(each.ended_at))
        table.add_row(each.identifier, each.client.client_id, each.name, " ".join(each.scopes), *times)
    console.print(table)
    return None


@app.command()
def secret(
    program: str = PROGRAM,
    overlap: int = typer.Option(7, min=0, max=365, help="Days for which the secret before goes on working."),
    actor: str = BY,
    json: bool = JSON,
) -> None:
    """Make another secret for a program; prints it, this once."""
    database.use_django()
    from openics.channels.api import programs

    with in_words(console):
        made = programs.rotate(_program(program), by(actor), timedelta(days=overlap))
    _print(made, json)


@app.command()
def end(program: str = PROGRAM, actor: str = BY) -> None:
    """End a program: its secrets and tokens count no more, at once and for good."""
    database.use_django()
    from openics.channels.api import programs

    with in_words(console):
        done = programs.end(_program(program), by(actor))
    say(console, f"Program {program} is ended{'' if done else ' already'}.")


def _client(identifier: str) -> "Client":
    from openics.clients.models import Client
    from openics.clients.register_errors import RegisterError

    found = Client.objects.filter(client_id=identifier).first()
    if found is None:
        fix = "`openics site list` shows the owners of sites."
        raise RegisterError("unknown-client", f"client {identifier}", "No such client is registered.", fix)
    return found


def _program(identifier: str) -> "Program":
    from openics.channels.api.models import Program
    from openics.clients.register_errors import RegisterError

    found = Program.objects.filter(identifier=identifier).first()
    if found is None:
        fix = "`openics api list` shows every program."
        raise RegisterError("unknown-program", f"program {identifier}", "There is no such program.", fix)
    return found


def _print(made: "Made", json: bool) -> None:
    program = made.program
    if json:
        return print_json(console, {**_record(program), "secret": made.secret})
    say(console, f"Program: {program.identifier}", f"Secret:  {made.secret}", "It is not shown again.")
    return None


def _record(program: "Program") -> dict[str, Any]:
    return {
        "program": program.identifier,
        "client": program.client.client_id,
        "name": program.name,
        "scopes": program.scopes,
        "made_at": program.made_at,
        "ended_at": program.ended_at,
        "secrets": [
            {"hint": each.hint, "made_at": each.made_at, "ends_at": each.ends_at, "used_at": each.used_at}
            for each in program.secrets.order_by("pk")
        ],
    }
