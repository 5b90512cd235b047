"""`openics webhook`: where programs are told of events."""

from datetime import UTC, datetime
from typing import Annotated, NoReturn

import typer
from psycopg import Connection
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, moment, print_json, say

app = typer.Typer(no_args_is_help=True)
console = Console()
Number = Annotated[int, typer.Argument(help="The webhook's number, as `openics webhook list` shows it.")]
_LIST = (
    "SELECT w.id, c.client_id, w.url, w.codes, w.state, w.reason, w.failing_since FROM webhook w "
    "JOIN client c ON c.id = w.client_id WHERE w.state <> 'ended' AND (%s = '' OR c.client_id = %s) ORDER BY w.id"
)


@app.command()
def add(
    client: Annotated[str, typer.Argument(help="Client id (ABN or CCID) whose events it is told.")],
    url: Annotated[str, typer.Argument(help="Where to: https://…")],
    *,
    code: Annotated[list[str], typer.Option(help="Only events whose code begins so; may be repeated.")] = [],  # noqa: B006 - typer copies it
    actor: str = BY,
) -> None:
    """Register a webhook, and show its secret."""
    from openics.channels.webhooks.addresses import AddressError, check_form
    from openics.exchange import webhook_care
    from openics.ops.settings import settings

    try:
        check_form(url, private=settings().webhooks_private)
        with database.connect("webhook") as connection:
            number = webhook_care.register(connection, webhook_care.Wanted(client, url, code), by(actor))
    except (AddressError, webhook_care.WebhookError) as error:
        _fail(str(error))
    say(console, f"Webhook {number} is registered for {client}.", f"Its secret: {_secret(number, 1)}")


@app.command("list")
def list_webhooks(
    client: Annotated[str, typer.Option(help="Only those of this client id.")] = "", json: bool = JSON
) -> None:
    """List the webhooks with their health."""
    from openics.exchange.webhooks import health

    with database.connect("webhook") as connection, connection.cursor() as cursor:
        rows = cursor.execute(_LIST, (client, client)).fetchall()
        found = health(cursor, [row[0] for row in rows], datetime.now(UTC))
    names = ("webhook", "client", "url", "codes", "state", "reason", "failing_since")
    if json:
        return print_json(console, [dict(zip(names, row, strict=True)) | found[row[0]] for row in rows])
    if not rows:
        return say(console, "No webhook is registered.")
    table = Table()
    for heading in ("No.", "Client", "Address", "State", "Waiting", "Taken in a day", "Last taken"):
        table.add_column(heading, overflow="fold")
    for number, owner, url, _, state, reason, failing in rows:
        own = found[number]
        words = f"{state}: {reason}" if reason else f"failing since {moment(failing)}" if failing else state
        last = moment(own["last_taken"]) if own["last_taken"] else "never"
        table.add_row(str(number), owner, url, words, str(own["waiting"]), str(own["taken_in_a_day"]), last)
    console.print(table)
    return None


@app.command()
def secret(number: Number) -> None:
    """Show the secret with which its deliveries are signed."""
    with database.connect("webhook") as connection:
        row = connection.execute("SELECT generation FROM webhook WHERE id = %s", (number,)).fetchone()
    if row is None:
        _unknown(number)
    say(console, _secret(number, row[0]))


@app.command()
def pause(
    number: Number, reason: Annotated[str, typer.Option(help="Why; it stands in the history.")], actor: str = BY
) -> None:
    """Pause it; what is for it waits."""
    from openics.exchange import webhook_care

    with _known(number) as connection:
        done = webhook_care.pause(connection, number, reason, by(actor))
    say(console, f"Webhook {number} is paused." if done else f"Nothing was changed: webhook {number} is not active.")


@app.command()
def resume(number: Number, actor: str = BY) -> None:
    """Go on at once with what waits."""
    from openics.exchange import webhook_care

    with _known(number) as connection:
        done = webhook_care.resume(connection, number, by(actor))
    say(console, f"Webhook {number} is active." if done else f"Nothing was changed: webhook {number} is not paused.")


@app.command()
def renew(number: Number, actor: str = BY) -> None:
    """Give it a new secret; the one before counts for a day more."""
    from openics.exchange import webhook_care

    with _known(number) as connection:
        generation = webhook_care.renew_secret(connection, number, by(actor))
    say(console, f"Its secret from now on: {_secret(number, generation)}", "The one before signs as well for a day.")


@app.command()
def replay(
    number: Number,
    after: Annotated[int, typer.Option(help="The last event that is not wanted again.")] = 0,
    actor: str = BY,
) -> None:
    """Send every event after a cursor once more."""
    from openics.exchange import webhook_care

    with _known(number) as connection:
        count = webhook_care.replay(connection, number, after, by(actor))
    say(console, f"{count} {'event is' if count == 1 else 'events are'} sent once more.")


@app.command()
def end(number: Number, actor: str = BY) -> None:
    """End it for good."""
    from openics.exchange import webhook_care

    with _known(number) as connection:
        webhook_care.end(connection, number, by(actor))
    say(console, f"Webhook {number} has ended.")


def _known(number: int) -> Connection:
    connection = database.connect("webhook")
    row = connection.execute("SELECT FROM webhook WHERE id = %s AND state <> 'ended'", (number,)).fetchone()
    if row is None:
        connection.close()
        _unknown(number)
    return connection


def _secret(number: int, generation: int) -> str:
    from openics.ops.django_settings import SECRET_KEY
    from openics.pki.webhook_signature import derived

    return derived(SECRET_KEY.encode(), number, generation)


def _unknown(number: int) -> NoReturn:
    _fail(f"There is no webhook {number}; `openics webhook list` shows them.")


def _fail(text: str) -> NoReturn:
    Console(stderr=True).print(f"[red]{escape(text)}[/red]", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
