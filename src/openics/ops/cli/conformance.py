"""`openics conformance`: what a trader's software must be able to do, asked for step by step and checked."""

import json as json_format
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from openics.exchange.canberra import read_instant
from openics.ops import database
from openics.ops.cli import conformance_view as view
from openics.ops.roles import gateway_directory
from openics.ops.settings import settings
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys
from openics.sandbox.conformance import load, report
from openics.sandbox.conformance.judge import Judgement
from openics.sandbox.conformance.run import Run
from openics.sandbox.conformance.script import SCRIPTS

app = typer.Typer()
console = Console(stderr=True)
POLL_SECONDS = 0.5


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@app.command()
def conformance(
    site: Annotated[str, typer.Argument(help="The site whose software is tested, like AAA676Y.")] = "",
    *,
    script: Annotated[str, typer.Option(help="Which kind of software it is: " + ", ".join(SCRIPTS))] = "exporter",
    software: Annotated[str, typer.Option(help="Name and version of the software, for the report.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(parser=_instant, metavar="TIME", help="Judge what came since then, and wait for nothing."),
    ] = None,
    wait: Annotated[float, typer.Option(help="Minutes to wait for the next step to be taken.")] = 30.0,
    output: Annotated[Path | None, typer.Option(help="Where the report goes; its signature beside it.")] = None,
    verify: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Check the signature of a report instead.")
    ] = None,
) -> None:
    """Ask a trader's software to take the steps of a script, check what it sends, and write a signed report.

    Ends 0 when the software conforms, 1 when it does not, 2 when the run could not be made.
    """
    keys = _keys()
    if verify is not None:
        raise typer.Exit(_verify(verify, keys))
    if not site:
        _fail("Name the site whose software is tested, like AAA676Y; `openics site list` shows them.")
    if script not in SCRIPTS:
        _fail(f"There is no script {script}; there are: {', '.join(SCRIPTS)}.")
    with database.connect("conformance") as connection:
        tested = load.tested(connection, site)
        if tested is None:
            _fail(f"There is no site {site}; `openics site list` shows them.")
        if not tested.test:
            _fail(f"Site {site} belongs to production; software is tested in industry test.")
        if not tested.active:
            _fail(f"Site {site} is paused, so nothing is taken from it; `openics site resume {site}` ends that.")
        run = Run(connection, tested, SCRIPTS[script], since or datetime.now(UTC), keys)
        judgement = _judge_once(run) if since else _watch(run, timedelta(minutes=wait))
        written = _write(run, judgement, script, software, output)
    view.show_end(console, judgement, written)
    raise typer.Exit(0 if judgement.conforms else 1)


def _keys() -> GatewayKeys:
    try:
        return GatewayKeys.load(gateway_directory(settings().home))
    except PkiError as error:
        _fail(f"{error.text} {error.fix}")


def _judge_once(run: Run) -> Judgement:
    _, judgement = run.look(datetime.now(UTC), repeat=False)
    view.show_all(console, judgement)
    return judgement


def _watch(run: Run, patience: timedelta) -> Judgement:
    """Wait for step after step; ends when all are decided, or when the next one is not taken in time."""
    progress = view.Progress(console, run.site.site)
    moved = datetime.now(UTC)
    while True:
        now = datetime.now(UTC)
        traffic, judgement = run.look(now)
        if progress.show(traffic, judgement):
            moved = now
        if judgement.finished or now - moved > patience:
            return judgement
        time.sleep(POLL_SECONDS)


def _write(run: Run, judgement: Judgement, script: str, software: str, output: Path | None) -> Path:
    now = datetime.now(UTC)
    traffic, _ = run.look(now, repeat=False)
    content = report.as_bytes(report.report(script, software, traffic, judgement))
    path = output or Path(f"conformance-{run.site.site}-{now:%Y%m%dT%H%M%SZ}.json")
    try:
        path.write_bytes(content)
        _signature_of(path).write_bytes(report.signature(content, run.keys.signing(now)))
    except OSError as error:
        _fail(f"The report cannot be written to {path}: {error.strerror}. Name another place with --output.")
    return path


def _signature_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.p7s")


def _verify(path: Path, keys: GatewayKeys) -> int:
    content, beside = path.read_bytes(), _signature_of(path)
    if not beside.exists():
        _fail(f"There is no signature {beside} beside the report.")
    try:
        signer = report.signed_by(content, beside.read_bytes(), [each.certificate for each in keys.identities()])
    except PkiError as error:
        _fail(f"{error.text} {error.fix}")
    if signer is None:
        _fail("The report is signed by somebody else than this gateway; check it where it was made.")
    found = json_format.loads(content)
    words = "conforms" if found["conforms"] else "does not conform"
    console.print(f"The report is as this gateway signed it: site {found['site']} {words}.", highlight=False)
    return 0


def _fail(text: str) -> NoReturn:
    console.print(f"[red]{escape(text)}[/red]", highlight=False, soft_wrap=True)
    raise typer.Exit(2)
