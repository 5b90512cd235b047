"""`openics evidence`: the chained log of every signed byte."""

import typer
from rich.console import Console

from openics.ops import database

app = typer.Typer(no_args_is_help=True)
console = Console()


@app.callback()
def _group() -> None:
    """The chained log of every signed byte."""


@app.command()
def verify() -> None:
    """Read every entry again and check the chain; ends 1 at a break."""
    from openics.exchange import evidence

    with database.connect("evidence") as connection:
        found = evidence.verify(connection)
    console.print(f"{found.checked} entries checked, {found.unchained} not chained yet.")
    console.print(f"Head of the chain: {found.head}", highlight=False, soft_wrap=True)
    if found.broken:
        place = f"entry {found.broken.position}"
        console.print(f"[red]The chain is broken at {place}: {found.broken.reason}.[/red]", soft_wrap=True)
        raise typer.Exit(1)
    console.print("[green]The chain holds.[/green]")
