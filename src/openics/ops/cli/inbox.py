"""`openics inbox`: what was received, and what could not be handled."""

import sys
from datetime import UTC, datetime
from typing import Literal

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database

app = typer.Typer(no_args_is_help=True)
console = Console()
State = Literal["pending", "parked", "refused", "done"]


@app.command("list")
def list_items(state: State = typer.Option("parked", help="Which items.")) -> None:
    """List received items in a state, newest first."""
    from openics.exchange import parking

    with database.connect("inbox") as connection:
        found = parking.items(connection, state)
    if not found:
        console.print(f"No item is {state}.")
        return
    table = Table()
    for heading in ("Intake", "Received (UTC)", "Channel", "Sender", "Attempts", "Reason", "What to do"):
        table.add_column(heading, overflow="fold")
    for item in found:
        reason = item.refusal or {}
        when = item.received_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        row = (str(item.intake), when, item.channel, item.sender, str(item.attempts), reason.get("text", ""))
        table.add_row(*row, reason.get("fix", ""))
    console.print(table)


@app.command()
def show(intake: int) -> None:
    """Write an item's bytes, as received, to standard output."""
    from openics.exchange import parking

    with database.connect("inbox") as connection:
        try:
            content = parking.content(connection, intake)
        except LookupError as error:
            raise typer.BadParameter(str(error)) from error
    sys.stdout.buffer.write(content)


@app.command()
def retry(intake: int) -> None:
    """Put a parked item back into the queue."""
    from openics.exchange import parking

    with database.connect("inbox") as connection:
        done = parking.retry(connection, intake)
    _tell(done, f"Item {intake} waits for a worker again.", intake)


@app.command()
def release(intake: int, reason: str = typer.Option(help="Why it is closed without being handled.")) -> None:
    """Close a parked item without handling it; its bytes are kept."""
    from openics.exchange import parking

    with database.connect("inbox") as connection:
        done = parking.release(connection, intake, reason, datetime.now(UTC))
    _tell(done, f"Item {intake} is closed.", intake)


def _tell(done: bool, text: str, intake: int) -> None:
    console.print(
        text if done else f"[red]Item {intake} is not parked; `openics inbox list` shows those that are.[/red]"
    )
    if not done:
        raise typer.Exit(1)
