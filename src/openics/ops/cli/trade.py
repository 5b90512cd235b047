"""`openics submit` and `openics explain`."""

from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from openics.ops import database

app = typer.Typer()
console = Console()
LONGEST_REFERENCE = 70
"""Characters of a reference that are repeated to whoever typed it."""


@app.command()
def submit(
    file: Path = typer.Argument(help="A file with one interchange.", exists=True, dir_okay=False),
    site: str = typer.Option(help="The EDI site it is submitted for."),
    seconds: float = typer.Option(10.0, help="How long to wait for the answers."),
) -> None:
    """Put an interchange through the whole system without mail, and print the answers."""
    from openics.exchange import submission

    with database.connect("submit") as connection:
        intake = submission.submit(connection, file.read_bytes(), site=site, channel="file")
        found = submission.wait(connection, intake, seconds)
        answers = connection.execute(
            "SELECT DISTINCT i.id, i.content FROM message m JOIN message a ON a.answers_id = m.id "
            "JOIN interchange i ON i.id = a.interchange_id JOIN interchange own ON own.id = m.interchange_id "
            "WHERE own.intake_id = %s ORDER BY i.id",
            (intake,),
        ).fetchall()
    console.print(f"Intake {intake}: {found.state}")
    if found.refusal:
        text, fix = escape(found.refusal["text"]), escape(found.refusal["fix"])
        console.print(f"[red]{text}[/red]\n{fix}", highlight=False, soft_wrap=True)
    for _, content in answers:
        console.print()
        console.print(escape(bytes(content).decode("latin-1").replace("'", "'\n")), highlight=False, soft_wrap=True)
    if not found.finished:
        console.print("It is stored and waits for a worker; `openics health` says why.")
    raise typer.Exit(0 if found.state == "done" else 1)


@app.command()
def explain(reference: str = typer.Argument(help="An EDN, a sender reference or a message number.")) -> None:
    """Say how something stands: its status, why, since when, and who must act next."""
    from openics.exchange.explain import explain as look_up

    if not reference.strip():
        raise typer.BadParameter("give an EDN, a sender reference or a message number")
    with database.connect("explain") as connection:
        found = look_up(connection, reference.strip())
    if not found:
        text = f"[red]Nothing is known under {escape(_shortened(reference))}.[/red]"
        fix = (
            "Give a whole EDN, sender reference or message number. "
            "What was refused unread: `openics inbox list --state refused`."
        )
        console.print(f"{text}\n{fix}", highlight=False, soft_wrap=True)
        raise typer.Exit(1)
    for each in found:
        since = f" since {each.since:%Y-%m-%d %H:%M} UTC" if each.since else ""
        status = f"{each.status.replace('_', ' ').lower()}{since}"
        console.print(f"[bold]{escape(each.title)}[/bold]: {status}", highlight=False, soft_wrap=True)
        for reason in each.reasons:
            console.print(escape(_in_words(reason)), highlight=False, soft_wrap=True)
        console.print()


def _shortened(reference: str) -> str:
    return reference if len(reference) <= LONGEST_REFERENCE else f"{reference[:LONGEST_REFERENCE]}…"


def _in_words(reason: dict[str, Any]) -> str:
    if "state" in reason:
        text = f"  {reason['name']}: {reason['state']}"
        text += f" ({reason['detail']})" if reason.get("detail") else ""
        text += f"; next: {reason['who']}" if reason.get("who") else ""
        return text + (f", who can {reason['action'][0].lower()}{reason['action'][1:]}" if reason.get("action") else "")
    place = f"line {reason['line']}" if reason.get("line") else reason.get("place", "header")
    name = reason.get("error") or reason.get("code")
    return f"  {reason.get('severity', 'ERROR')} {name} at {place}: {reason['text']}"
