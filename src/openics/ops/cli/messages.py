"""`openics messages`: which messages there are, and what each holds."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from openics.messages.document import Document

app = typer.Typer()

Name = Annotated[str | None, typer.Argument(help="An ICS short name, e.g. EXD; all messages if not given.")]


@app.command()
def messages(
    name: Name = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is shown as JSON.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the message.")] = False,
    example: Annotated[
        str | None, typer.Option(help="Print an example interchange: smallest, typical, every-item or another kind.")
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(help="Write schemas, examples, code lists and errors of all messages to this zip file."),
    ] = None,
) -> None:
    """List the messages, or show one: purpose, parties, segments, items, conditions and codes."""
    from openics.ops.cli import messages_view as view

    if bundle:
        _write_bundle(bundle)
        return
    if name is None:
        if schema or example:
            raise _failed("name the message, e.g. `openics messages EXD --schema`")
        _print_json(view.summaries()) if as_json else view.print_list()
        return
    document = _known(name)
    if schema:
        _print_json(document.json_schema())
    elif example:
        sys.stdout.buffer.write(_example(document, example))
    elif as_json:
        _print_json(view.described(document))
    else:
        view.print_message(document)


def _known(name: str) -> "type[Document]":
    from difflib import get_close_matches

    from openics.messages.registry import ALL, by_name

    document = by_name(name.upper())
    if document:
        return document
    near = get_close_matches(name.upper(), [each.name for each in ALL], 3)
    fix = f"did you mean {' or '.join(near)}?" if near else "`openics messages` lists those there are"
    raise _failed(f"there is no message {name[:20]!r}; {fix}")


def _example(document: "type[Document]", kind: str) -> bytes:
    from openics.messages.examples import examples_of

    examples = examples_of(document)
    if kind not in examples:
        raise _failed(f"{document.name} has no example {kind[:20]!r}; there is {', '.join(examples) or 'none'}")
    return examples[kind]


def _write_bundle(target: Path) -> None:
    from openics.handbook.bundle import write_bundle

    try:
        count = write_bundle(target)
    except OSError as error:
        raise _failed(f"cannot write {target}: {error.strerror}; choose another file") from None
    typer.echo(f"{target}: {count} files")


def _print_json(form: Any) -> None:
    typer.echo(json.dumps(form, indent=2))


def _failed(text: str) -> typer.Exit:
    typer.echo(text, err=True)
    return typer.Exit(1)
