"""`openics notice`: what the sites were told."""

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import JSON, moment, print_json, say

app = typer.Typer(no_args_is_help=True)
console = Console()


@app.command("list")
def list_notices(
    site: str = typer.Option("", help="Only those to this site."),
    open_only: bool = typer.Option(False, "--open", help="Only those that still need an action of the site."),
    limit: int = typer.Option(100, min=1, help="At most so many, the latest first."),
    json: bool = JSON,
) -> None:
    """List the notices, the latest first, and whether their mail went."""
    from openics.exchange.notices.reading import listed

    with database.connect("notice") as connection, connection.cursor() as cursor:
        found = listed(cursor, site=site, open_only=open_only, limit=limit)
    if json:
        return print_json(console, found)
    if not found:
        return say(console, "There is no such notice.")
    table = Table()
    for heading in ("Number", "Given (UTC)", "Site", "Subject", "To", "Mail", "Action"):
        table.add_column(heading, overflow="fold")
    for each in found:
        action = "" if not each["needs_action"] else "done" if each["settled_at"] else "due"
        mail = each["mail"] or "web only"
        table.add_row(
            str(each["number"]), moment(each["at"]), each["site"], each["subject"], each["recipient"], mail, action
        )
    console.print(table)
    return None


@app.command()
def show(number: int = typer.Argument(help="Its number, as `openics notice list` shows it.", min=1)) -> None:
    """Show the text of a notice."""
    from openics.exchange.notices.reading import text

    with database.connect("notice") as connection, connection.cursor() as cursor:
        found = text(cursor, number)
    if found is None:
        say(console, f"There is no notice {number}. `openics notice list` shows those there are.")
        raise typer.Exit(1)
    say(console, found[0], "", found[1].rstrip())
