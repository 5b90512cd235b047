"""`openics reference`: load reference files, look codes up as at a day, publish."""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, moment, print_json, say

if TYPE_CHECKING:
    from openics.reference.facts import Entry
    from openics.reference.releases import Assessment, Environment
    from openics.reference.sets import ReferenceSet

app = typer.Typer(no_args_is_help=True)
console = Console()
Files = Annotated[
    list[Path], typer.Argument(exists=True, dir_okay=False, help="Reference files, as customs names them.")
]
Set = Annotated[str, typer.Argument(help="The set, as `openics reference list` shows it, such as PORT.")]
Code = Annotated[str, typer.Argument(help="The code, or an alias: a waybill prefix, an IATA airport code.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not given.")]
AsKnown = Annotated[
    datetime | None,
    typer.Option("--known", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="As known at this moment (UTC)."),
]
SHOWN = 20
"""Changes of each kind that a report of differences lists."""


@app.command()
def load(
    file_list: Files,
    force: Annotated[str, typer.Option(help="Why a set may change so much; overrules the guard on size.")] = "",
    actor: str = BY,
) -> None:
    """Load files: all of them or, if anything stands against one, none. Readers see a set before or after, never between."""
    from openics.reference.problems import ReferenceFileError
    from openics.reference.releases import take

    who = by(actor)
    try:
        with database.connect("reference") as connection, connection.transaction(), connection.cursor() as cursor:
            done = [
                (file.name, take(cursor, file.name, file.read_bytes(), _environment(who.actor), force.strip()))
                for file in file_list
            ]
    except ReferenceFileError as error:
        _fail(f"{error}\nNothing was loaded.")
    for name, found in done:
        say(console, f"{name}: {'is loaded already' if found.repeated else f'loaded, {_counts(found)}'}.")


@app.command()
def check(file_list: Files) -> None:
    """Say what loading the files would change, and what stands against it; nothing is changed."""
    from openics.reference.problems import ReferenceFileError
    from openics.reference.releases import assess

    bad = False
    with database.connect("reference") as connection, connection.cursor() as cursor:
        for file in file_list:
            try:
                found = assess(cursor, file.name, file.read_bytes(), _environment(""))
            except ReferenceFileError as error:
                say(console, str(error))
                bad = True
                continue
            say(console, *_report(file.name, found))
            bad = bad or bool(found.problems)
    if bad:
        raise typer.Exit(1)


@app.command("list")
def list_sets(json: bool = JSON) -> None:
    """List the sets: what was loaded last, when, and how many rows they have."""
    from openics.reference.releases import last_loads
    from openics.reference.sets import SETS

    with database.connect("reference") as connection, connection.cursor() as cursor:
        loads = last_loads(cursor, SETS.values())
    rows = [(kind, loads.get(kind.code_list.value)) for kind in SETS.values()]
    if json:
        return print_json(console, [_listed(kind, found) for kind, found in rows])
    table = Table()
    for heading in ("Set", "Title", "Rows", "File", "Loaded"):
        table.add_column(heading, overflow="fold")
    for kind, known in rows:
        state = (str(known.entries), known.file_name, moment(known.loaded_at)) if known else ("0", "none", "never")
        table.add_row(kind.file_code, kind.title, *state)
    console.print(table)
    return None


@app.command()
def show(set_code: Set, code: Code, known: AsKnown = None, json: bool = JSON) -> None:
    """Show every period of a code."""
    kind = _kind(set_code)
    facts = _facts(kind, code, known)
    _print(kind, code, facts.periods(kind.code_list, code) or facts.all_by_alias(kind.code_list, code), json)


@app.command("as-at")
def as_at(set_code: Set, code: Code, on: Day = None, known: AsKnown = None, json: bool = JSON) -> None:
    """Show what holds for a code on a day: as known now, or as it was known at a moment."""
    from openics.reference.facts import CANBERRA

    kind = _kind(set_code)
    day: date = on.date() if on else datetime.now(CANBERRA).date()
    facts = _facts(kind, code, known)
    found = facts.at(kind.code_list, code, day)
    _print(kind, code, (found,) if found else facts.by_alias(kind.code_list, code, day), json, f" on {day}")


@app.command()
def publish(
    directory: Annotated[Path, typer.Argument(file_okay=False, help="Where the folders of files are.")],
) -> None:
    """Write the complete files of every published set with a signed manifest, in the folders that customs uses."""
    from openics.ops.roles import gateway_directory
    from openics.ops.settings import settings
    from openics.pki import cms
    from openics.pki.errors import PkiError
    from openics.pki.gateway_keys import GatewayKeys
    from openics.reference.publish import FOLDERS, MANIFEST

    environment = _environment("")
    target = directory / FOLDERS[environment.code] / "main"
    try:
        identity = GatewayKeys.load(gateway_directory(settings().home)).signing(environment.now)
    except PkiError as error:
        _fail(f"{error.text}\n{error.fix}")
    written = _all_files(environment.code)
    written.append((f"{MANIFEST}.p7s", cms.sign_detached(written[-1][1], identity)))
    target.mkdir(parents=True, exist_ok=True)
    for name, content in written:
        _replace(target / name, content)
    say(console, f"{len(written)} files are in {target}; {MANIFEST}.p7s is the gateway's signature of {MANIFEST}.")


def _all_files(environment: str) -> list[tuple[str, bytes]]:
    from openics.reference.publish import files

    with database.connect("reference") as connection, connection.cursor() as cursor:
        return list(files(cursor, environment))


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    os.replace(beside, path)  # noqa: PTH105 - as atomic as the file system is


def _environment(actor: str) -> "Environment":
    from openics.ops.settings import settings
    from openics.reference.file_names import environment_code
    from openics.reference.releases import Environment

    return Environment(environment_code(test=settings().test), datetime.now(UTC), actor)


def _kind(code: str) -> "ReferenceSet":
    from openics.reference.sets import BY_FILE_CODE

    if code.upper() not in BY_FILE_CODE:
        _fail(f"There is no set {code}; the sets are {', '.join(BY_FILE_CODE)}.")
    return BY_FILE_CODE[code.upper()]


def _facts(kind: "ReferenceSet", code: str, known: datetime | None) -> Any:
    from openics.reference.load import load as load_entries

    with database.connect("reference") as connection, connection.cursor() as cursor:
        return load_entries(cursor, [(kind.code_list, code)], known.replace(tzinfo=UTC) if known else None)


def _print(kind: "ReferenceSet", code: str, entries: Iterable["Entry"], json: bool, when: str = "") -> None:
    from openics.reference.rows import row_of

    rows = [row_of(entry, kind) for entry in entries]
    if not rows:
        _fail(f"{kind.file_code} has no {code}{when}.")
    if json:
        return print_json(console, rows)
    for row in rows:
        say(console, *(f"{name}: {text}" for name, text in row.items() if text), "")
    return None


def _listed(kind: "ReferenceSet", known: Any) -> dict[str, Any]:
    names = ("file_name", "kind", "stamp", "digest", "loaded_at", "entries", "forced", "actor")
    return {"set": kind.file_code, "title": kind.title} | {name: known and getattr(known, name) for name in names}


def _counts(found: "Assessment") -> str:
    change = found.difference
    return f"{len(found.entries)} rows: {len(change.added)} added, {len(change.changed)} changed, {len(change.removed)} gone"


def _report(name: str, found: "Assessment") -> Iterator[str]:
    yield f"{name}: {'is loaded already' if found.repeated else _counts(found)}."
    change = found.difference
    lines = {"+": change.added, "-": change.removed, "~": tuple(after for _, after in change.changed)}
    for sign, entries in lines.items():
        yield from (f"  {sign} {entry.code} from {entry.valid_from}: {entry.name}" for entry in entries[:SHOWN])
        if len(entries) > SHOWN:
            yield f"  {sign} and {len(entries) - SHOWN} more"
    for problem in found.problems:
        yield f"{problem}."


def _fail(text: str) -> NoReturn:
    Console(stderr=True).print(f"[red]{escape(text)}[/red]", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
