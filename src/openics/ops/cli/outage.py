"""`openics outage`: planned outages, from announced to over."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from openics.exchange.canberra import in_canberra, read_instant
from openics.ops import database
from openics.ops.cli.registering import BY, JSON, REASON, by, in_words, moment, print_json, say

if TYPE_CHECKING:
    from openics.continuity.outages import Outage

app = typer.Typer(no_args_is_help=True)
console = Console()
NUMBER = typer.Argument(help="Its number, as `openics outage list` shows it.", min=1)


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


Start = Annotated[datetime, typer.Option("--from", parser=_instant, metavar="TIME", help="Its start; Canberra's time.")]
End = Annotated[datetime, typer.Option("--until", parser=_instant, metavar="TIME", help="Its end; Canberra's time.")]
NewStart = Annotated[datetime | None, typer.Option("--from", parser=_instant, metavar="TIME", help="Another start.")]
NewEnd = Annotated[datetime | None, typer.Option("--until", parser=_instant, metavar="TIME", help="Another end.")]


@app.command()
def announce(
    start: Start,
    end: End,
    words: str = typer.Option(help="What is done, and what it means for traders."),
    concerns: list[str] = typer.Option(["everything"], help="gateway, web, api or everything; may be repeated."),
    notice_days: list[int] = typer.Option([7, 1], help="Days before it at which the sites are written to; repeatable."),
    actor: str = BY,
) -> None:
    """Announce a planned outage: sites are written to, and every page says it.

    While it lasts, what is lodged is stored; it is handled and answered when the outage is over.
    """
    from openics.continuity.codes import Concern
    from openics.continuity.outages import Outage
    from openics.exchange import outage_care

    unknown = sorted(set(concerns) - set(Concern))
    if unknown:
        raise typer.BadParameter(f"there is no {unknown[0]}; it concerns {', '.join(Concern)}", param_hint="--concerns")
    who = by(actor)
    chosen = tuple(Concern(each) for each in concerns)
    wanted = Outage(outage_care.NEW, start, end, chosen, words, tuple(notice_days), who.now)
    with in_words(console), database.connect("outage") as connection:
        made, new = outage_care.announce(connection, wanted, who)
    say(console, f"Outage {made.number} is announced{'' if new else ' already'}: {_when(made)}, of {made.name}.")


@app.command("list")
def list_outages(json: bool = JSON) -> None:
    """List the planned outages, those that begin last first."""
    from openics.continuity import outage_store

    now = datetime.now(UTC)
    with database.connect("outage") as connection, connection.cursor() as cursor:
        found = outage_store.latest(cursor)
    if json:
        return print_json(console, [_fields(each, now) for each in found])
    if not found:
        return say(console, "No outage is planned.")
    table = Table()
    for heading in ("Number", "From", "Until", "Of", "State", "Words"):
        table.add_column(heading, overflow="fold")
    for each in found:
        times = (in_canberra(each.starts_at), in_canberra(each.ends_at))
        table.add_row(str(each.number), *times, each.name, each.phase(now).value, each.words)
    console.print(table)
    return None


@app.command()
def show(number: int = NUMBER) -> None:
    """Show an outage and what was done to it."""
    from openics.exchange.outage_care import history, required

    now = datetime.now(UTC)
    with in_words(console), database.connect("outage") as connection, connection.cursor() as cursor:
        found = required(cursor, number)
        done = history(cursor, number)
    say(console, f"Outage {number} of {found.name}: {found.phase(now).value}", _when(found), found.words)
    if found.cancel_reason:
        say(console, f"Reason: {found.cancel_reason}")
    for at, code, actor in done:
        say(console, f"{moment(at)} UTC  {code.partition('.')[2]}, by {actor}")


@app.command()
def change(
    number: int = NUMBER,
    start: NewStart = None,
    end: NewEnd = None,
    words: str = typer.Option("", help="Other words."),
    actor: str = BY,
) -> None:
    """Put an outage off, make it longer or shorter, or say it in other words; who was told of it is told anew."""
    from openics.exchange import outage_care

    with in_words(console), database.connect("outage") as connection:
        made, new = outage_care.change(connection, number, by(actor), starts_at=start, ends_at=end, words=words)
    say(console, f"Outage {number} is {'changed' if new else 'as it was'}: {_when(made)}, of {made.name}.")


@app.command()
def cancel(number: int = NUMBER, reason: str = REASON, actor: str = BY) -> None:
    """Call an outage off; one that is under way ends at once, and what waits is handled."""
    from openics.exchange import outage_care

    with in_words(console), database.connect("outage") as connection:
        _, new = outage_care.cancel(connection, number, reason, by(actor))
    say(console, f"Outage {number} is called off{'' if new else ' already'}.")


def _when(outage: "Outage") -> str:
    hours = (outage.ends_at - outage.starts_at) / timedelta(hours=1)
    return f"{in_canberra(outage.starts_at)} to {in_canberra(outage.ends_at)} ({hours:g} h)"


def _fields(outage: "Outage", now: datetime) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(outage), "phase": outage.phase(now)}
