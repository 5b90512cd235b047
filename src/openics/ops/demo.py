"""`openics demo`: plays the story on a fresh instance, shows each step, and says where to look."""

import os
import signal
import tempfile
from datetime import datetime
from pathlib import Path
from threading import Event as Flag

import psycopg
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops.instance import Instance
from openics.ops.settings import settings
from openics.sandbox.counterpart import NoAnswerError
from openics.sandbox.story import Step, StepError, Story, Told

FIRST_PORT = 18080
SETTLE_SECONDS = 10.0
LOG_WIDTH = 130
"""Columns where the output goes into a file, so that the journeys stay readable."""


def play(console: Console, *, keep: bool) -> int:
    """Play the story; returns 0 only if every step held."""
    if not console.is_terminal:
        console.width = max(console.width, LOG_WIDTH)
    stop = Flag()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    home = Path(tempfile.mkdtemp(prefix="openics-demo-"))
    os.environ["OPENICS_HOME"] = str(home)
    os.environ.pop("OPENICS_DATABASE_URL", None)
    settings.cache_clear()
    with Instance(home, console, base_port=FIRST_PORT) as instance:
        try:
            instance.start(stop)
            failed = _tell(console, instance, stop)
            if keep and not stop.is_set():
                instance.welcome()
                console.print(f"The demonstration's state is in {home} and will be deleted at the end.")
                instance.watch(stop)
        finally:
            instance.remove()
    return failed


def _tell(console: Console, instance: Instance, stop: Flag) -> int:
    with psycopg.connect(os.environ["OPENICS_DATABASE_URL"], autocommit=True) as connection:

        def query(statement: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
            return connection.execute(statement, values).fetchall()

        story = Story(instance.home, query)
        told: list[tuple[Step, Told]] = []
        for step in story.steps():
            if stop.is_set():
                return 1
            try:
                told.append((step, _play(console, step)))
            except (StepError, NoAnswerError) as error:
                console.print(f"[red]✗ {escape(step.title)}[/red]\n    {escape(str(error))}", highlight=False)
                console.print(f"The logs are in {instance.home / 'logs'} as long as this runs.", highlight=False)
                _print_logs(console, instance.home)
                return 1
        story.exporter.collect()
        _settle(connection, stop)
        _journeys(console, connection)
        _pages(console, instance.web_url, told)
        return _verify(console, connection)


def _play(console: Console, step: Step) -> Told:
    with console.status(escape(step.title)):
        told = step.act()
    console.print(f"[green]✓[/green] {escape(step.title)}\n    {escape(told.text)}", highlight=False)
    return told


def _settle(connection: psycopg.Connection, stop: Flag) -> None:
    """Wait until the last confirmations have been handled."""
    for _ in range(int(SETTLE_SECONDS / 0.1)):
        row = connection.execute(
            "SELECT (SELECT count(*) FROM intake WHERE state = 'pending') + (SELECT count(*) FROM outbox_item "
            "WHERE state IN ('waiting', 'sealed') OR (state = 'delivered' AND wants_confirmation))"
            "+ (SELECT count(*) FROM evidence WHERE position IS NULL)"
        ).fetchone()
        if row == (0,) or stop.wait(0.1):
            return


def _journeys(console: Console, connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT m.name, m.sender_reference, m.version, m.state, t.received_at, t.finished_at, "
        "string_agg(a.name, ', ' ORDER BY a.id), max(o.delivered_at), max(o.confirmed_at) "
        "FROM message m JOIN interchange i ON i.id = m.interchange_id JOIN intake t ON t.id = i.intake_id "
        "LEFT JOIN message a ON a.answers_id = m.id LEFT JOIN outbox_item o ON o.interchange_id = a.interchange_id "
        "WHERE m.direction = 'in' AND m.name <> 'CONTRL' GROUP BY m.id, t.id ORDER BY m.id"
    ).fetchall()
    table = Table(title="The journey of each message", title_justify="left")
    for heading in ("Message", "Reference", "Received", "Decided", "Outcome", "Answers", "Delivered", "Confirmed"):
        table.add_column(heading, overflow="fold")
    for name, reference, version, state, received, decided, answers, delivered, confirmed in rows:
        numbered = f"{reference} v{version}" if version else reference
        times = [_after(received, moment) for moment in (decided, delivered, confirmed)]
        table.add_row(name, numbered, f"{received:%H:%M:%S}", times[0], state, answers or "", times[1], times[2])
    console.print()
    console.print(table)


def _after(start: datetime, moment: datetime | None) -> str:
    return "" if moment is None else f"+{(moment - start).total_seconds() * 1000:.0f} ms"


def _pages(console: Console, web_url: str, told: list[tuple[Step, Told]]) -> None:
    console.print("\nPages to look at (with --keep):", highlight=False)
    for page in dict.fromkeys(each.page for _, each in told if each.page):
        console.print(f"  {web_url}{page}", highlight=False)


def _verify(console: Console, connection: psycopg.Connection) -> int:
    from openics.exchange.evidence import verify

    found = verify(connection)
    if found.broken or found.unchained:
        console.print(f"[red]The evidence chain does not hold: {found}[/red]")
        return 1
    console.print(
        f"\n[green]Every step held.[/green] {found.checked} pieces of evidence, the chain holds.", highlight=False
    )
    return 0


def _print_logs(console: Console, home: Path) -> None:
    for path in sorted((home / "logs").glob("*.log")):
        lines = path.read_text(errors="replace").splitlines()
        worth = [line for line in lines if '"error"' in line or "Traceback" in line or "Error" in line][-5:]
        if worth:
            console.print(f"[bold]{path.name}[/bold]")
            for line in worth:
                console.print(escape(line[:1500]), highlight=False)
