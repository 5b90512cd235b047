"""`openics edi`: check, explain, show and write interchanges."""

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from openics.edifact.writer import UnwritableError
from openics.messages import diagnostics, interchange
from openics.messages.document import Part
from openics.messages.fields import Kind
from openics.messages.json_form import JsonFormError
from openics.messages.registry import by_name
from openics.ops.cli import edi_view

app = typer.Typer(help="Check, explain, show and write EDIFACT interchanges.", no_args_is_help=True)

InputFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


class Form(StrEnum):
    """How `check` prints what it found."""

    TEXT = "text"
    JSON = "json"
    CONTRL = "contrl"


@app.command()
def check(
    file: InputFile,
    form: Annotated[Form, typer.Option("--format", help="How to print what is found.")] = Form.TEXT,
    contrl: Annotated[bool, typer.Option("--contrl", help="Short for --format contrl.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
) -> None:
    """Say what is wrong with an interchange, and where exactly. Ends with 1 if anything is."""
    from openics.exchange.diagnosis import diagnose

    checked, problems = diagnose(file.read_bytes())
    if as_json or form is Form.JSON:
        typer.echo(json.dumps({"problems": [problem.to_json() for problem in problems]}, indent=2))
    elif contrl or form is Form.CONTRL:
        typer.echo("\n".join(f"{segment}'" for segment in checked.contrl()) or "no CONTRL: the header cannot be read")
    else:
        _print(edi_view.explained(checked, problems))
        count, wrong = len(checked.messages), len(problems)
        typer.echo(f"{file.name}: {count} message{'' if count == 1 else 's'}, {wrong} fault{'' if wrong == 1 else 's'}")
    raise typer.Exit(1 if problems else 0)


@app.command()
def explain(file: InputFile) -> None:
    """Walk through an interchange in plain words, item by item; faults are shown where they are."""
    checked = diagnostics.check(file.read_bytes())
    _print(edi_view.told(checked))
    if not checked.messages and checked.interchange.header is None:
        raise typer.Exit(1)


def _print(lines: Iterable[Text]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(line)


@app.command()
def show(
    file: InputFile,
    as_json: Annotated[bool, typer.Option("--json", help="Print the JSON form, which `write` takes.")] = False,
) -> None:
    """Show an interchange in words: its header, and the items of each message."""
    try:
        form = interchange.to_json(file.read_bytes())
    except interchange.NotAnInterchangeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps(form, indent=2))
        return
    for name, value in (form["header"] or {}).items():
        typer.echo(f"{name.replace('_', ' ')}: {value}")
    for message in form["messages"]:
        _show_message(message)


def _show_message(message: dict[str, Any]) -> None:
    kind = by_name(str(message["message"]))
    title = f" ({kind.guide.title.lower()})" if kind else ""
    typer.echo(f"\n{message['message']}{title}, reference {message['reference']}")
    if "document" in message and kind:
        _show_part(kind.from_json(message["document"]), "  ")
        return
    for fault in message["faults"]:
        typer.echo(f"  {fault}")
    for segment in message["segments"]:
        typer.echo(f"  {segment}")


def _show_part(part: Part, indent: str) -> None:
    for field, value in part.present():
        if field.kind is Kind.PART:
            for number, each in enumerate(value, start=1):
                typer.echo(f"{indent}{field.single} {number}")
                _show_part(each, f"{indent}  ")
            continue
        shown = ", ".join(map(str, value)) if field.repeated else str(value)
        meaning = field.codes.meanings().get(shown, "") if field.codes else ""
        typer.echo(f"{indent}{field.label}: {shown}" + (f" ({meaning})" if meaning else ""))


@app.command()
def write(
    file: InputFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; standard output if not given.")
    ] = None,
) -> None:
    """Write the interchange that a JSON file (the form of `show --json`) describes."""
    try:
        data = interchange.from_json(_json_of(file))
        if output:
            output.write_bytes(data)
    except OSError as error:
        typer.echo(f"cannot write {output}: {error.strerror}; choose another --output", err=True)
        raise typer.Exit(1) from None
    except (JsonFormError, UnwritableError, ValueError) as error:
        typer.echo(f"{file.name}: {error}", err=True)
        raise typer.Exit(1) from None
    if not output:
        sys.stdout.buffer.write(data)


def _json_of(file: Path) -> Any:
    """What a JSON file holds; ValueError says that it is none, where it breaks, and what makes one."""
    try:
        return json.loads(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is no UTF-8"
    except json.JSONDecodeError as error:
        reason = f"{error.msg} at line {error.lineno}, column {error.colno}"
    raise ValueError(
        f"this is not JSON: {reason}; `openics edi show FILE --json` makes the JSON form of an interchange"
    )
