"""`openics outbox`: what left for sites and is not confirmed, what they sent and nothing answers, and sending again."""

from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, fields, in_words, moment, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(no_args_is_help=True)
console = Console()


@app.command()
def unconfirmed(site: str = typer.Option("", help="Only what is for this site."), json: bool = JSON) -> None:
    """List what waits, was not confirmed, or was given up; the oldest first."""
    from openics.exchange import retransmission

    with database.connect("outbox") as connection, connection.cursor() as cursor:
        found = retransmission.unconfirmed(cursor, site)
    if json:
        return print_json(console, [fields(each) for each in found])
    if not found:
        return say(console, "Everything is confirmed.")
    headings = ("Item", "Site", "Control reference", "Messages", "State", "Sent", "Made (UTC)", "Next (UTC)", "Problem")
    rows = [
        (str(each.item), each.site, each.control_reference, each.names, each.state, str(each.sends))
        + (moment(each.created_at), moment(each.next_attempt_at), each.error)
        for each in found
    ]
    return _show(headings, rows)


@app.command()
def unanswered(site: str, json: bool = JSON) -> None:
    """List what a site sent lately and no message answers; the oldest first."""
    from openics.exchange import retransmission

    with database.connect("outbox") as connection, connection.cursor() as cursor:
        found = retransmission.unanswered(cursor, site)
    if json:
        return print_json(console, [fields(each) for each in found])
    if not found:
        return say(console, f"Everything that {site} sent is answered.")
    headings = ("Message", "Control reference", "Name", "Sender reference", "State", "Received (UTC)")
    rows = [
        (str(each.message), each.control_reference, each.name, each.sender_reference, each.state)
        + (moment(each.recorded_at),)
        for each in found
    ]
    return _show(headings, rows)


@app.command()
def again(
    site: str,
    first: str = typer.Argument(help="Control reference of the first interchange; leading noughts may be left out."),
    last: str = typer.Argument("", help="Of the last one; the first one alone if not given."),
    actor: str = BY,
) -> None:
    """Send what a site got under a range of control references again, with new dates."""
    from openics.exchange import retransmission

    with in_words(console), database.connect("outbox") as connection:
        sent = retransmission.send_range_again(connection, site, first, last, by(actor))
    many = "1 interchange goes" if len(sent) == 1 else f"{len(sent)} interchanges go"
    say(console, f"{many} again to {site}." if sent else f"All of it is on its way to {site} already.")


def _show(headings: "Sequence[str]", rows: "Sequence[Sequence[Any]]") -> None:
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
