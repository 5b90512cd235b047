"""`openics run`, `serve`, `demo`, `health`, `settings`, `bench`."""

import json as json_format
import os
import signal
from dataclasses import asdict
from threading import Event as Flag
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

app = typer.Typer()
console = Console()


@app.command()
def run() -> None:
    """Set up what is missing and run the whole system on this machine until Ctrl-C."""
    from openics.ops.instance import AlreadyRunningError, Instance, NotReadyError
    from openics.ops.postgres import PostgresError

    stop = Flag()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        with Instance.from_settings(console) as instance:
            instance.start(stop)
            if not stop.is_set():
                instance.welcome()
                instance.watch(stop)
            console.print("Stopping…")
    except (AlreadyRunningError, NotReadyError, PostgresError) as error:
        console.print(f"[red]{escape(str(error))}[/red]")
        raise typer.Exit(1) from error
    except OSError as error:
        _cannot_be_used(error)
        raise typer.Exit(1) from error
    console.print("Stopped. Everything is kept; start again with `make run`.")


def _cannot_be_used(error: OSError) -> None:
    reason = os.strerror(error.errno) if error.errno else str(error)
    text = escape(f"{error.filename or 'The system'} cannot be used: {reason}.")
    fix = "State is kept in OPENICS_HOME (.openics if not set): choose a directory that you may write to."
    console.print(f"[red]{text}[/red]\n{fix}", highlight=False, soft_wrap=True)


@app.command()
def serve(role: str = typer.Argument(help="gateway, worker, courier, sweeper, web or mailbox")) -> None:
    """Run one process of the system, for machines of their own."""
    from openics.ops.serve import ROLES, main

    if role not in ROLES:
        text = f"There is no role {escape(role)}; the roles are {', '.join(ROLES)}."
        console.print(f"[red]{text}[/red]", soft_wrap=True)
        raise typer.Exit(2)
    main(role)


@app.command()
def demo(keep: bool = typer.Option(False, "--keep", help="Leave the system running afterwards, until Ctrl-C.")) -> None:
    """Play the story of one exporter on a fresh instance; ends 0 only if every step held."""
    from openics.ops.demo import play
    from openics.trader.errors import TraderError

    try:
        ended = play(console, keep=keep)
    except TraderError as error:
        console.print(f"[red]✗ {escape(error.text)}[/red]\n{escape(error.fix)}", highlight=False, soft_wrap=True)
        ended = 1
    raise typer.Exit(ended)


@app.command()
def health(json: bool = typer.Option(False, "--json", help="As JSON.")) -> None:
    """Say whether the system is ready, and if not, why not; ends 1 when it is not."""
    from openics.ops import database
    from openics.ops.health import examine

    findings = examine(lambda: database.connect("health"))
    if json:
        console.print_json(json_format.dumps([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            mark = "[green]well[/green]    " if finding.well else "[red]not well[/red]"
            console.print(f"{finding.name:16} {mark}  {escape(finding.detail)}", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


@app.command()
def settings() -> None:
    """List every setting, its value here, its default and its meaning."""
    from openics.ops.settings import Settings
    from openics.ops.settings import settings as current

    table = Table(show_lines=False)
    for heading in ("Variable", "Value", "Meaning"):
        table.add_column(heading, overflow="fold")
    chosen = current()
    for name, field in Settings.model_fields.items():
        variable, shown = f"OPENICS_{name.upper()}", escape(_shown(name, getattr(chosen, name)))
        table.add_row(variable, f"[bold]{shown}[/bold]" if variable in os.environ else shown, field.description or "")
    console.print(table)


def _shown(name: str, value: object) -> str:
    """A setting's value without its secrets."""
    text = str(value)
    if name in {"secret_key", "proxy_secret"}:
        return "(set)" if text else ""
    password = urlsplit(text).password if name == "database_url" else None
    return text.replace(f":{password}@", ":(hidden)@") if password else text


@app.command()
def bench(
    only: str = typer.Argument("all", help="all, edi or gateway"),
    json: bool = typer.Option(False, "--json", help="As JSON."),
    seconds: float = typer.Option(20.0, help="How long the end-to-end part sends mail."),
    megabytes: float = typer.Option(0.5, help="How much the EDIFACT part reads and writes."),
) -> None:
    """Measure speed and memory as ratios against peers and floors in the same run."""
    from openics.ops.bench import report

    raise typer.Exit(report.run(console, only=only, as_json=json, seconds=seconds, megabytes=megabytes))
