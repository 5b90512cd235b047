"""What the commands for sites and certificates have in common: who does it, refusals in words, and moments."""

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from openics.exchange.care import By

REASON = typer.Option(help="Why; it stands in the history and is told to the site.")
BY = typer.Option("", "--by", help="Who does it, for the history; your user name if not given.")
JSON = typer.Option(False, "--json", help="As JSON.")


def by(actor: str) -> "By":
    """Who makes a change at the console, now."""
    from openics.exchange.care import By

    return By(actor.strip() or _user(), "console", datetime.now(UTC))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


@contextmanager
def in_words(console: Console) -> Iterator[None]:
    """Say why a change is refused, and what helps; ends 1."""
    from openics.clients.register_errors import RegisterError
    from openics.pki.errors import PkiError

    try:
        yield
    except RegisterError as error:
        text, fix = f"{error.place[:1].upper()}{error.place[1:]}: {error.text}", error.fix
    except PkiError as error:
        text, fix = error.text, error.fix
    else:
        return
    console.print(f"[red]{escape(text)}[/red]\n{escape(fix)}", highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def say(console: Console, *lines: str) -> None:
    """Lines that are not broken."""
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def moment(value: datetime | None) -> str:
    """A moment in UTC, as tables show it."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}" if value else ""


def print_json(console: Console, records: Any) -> None:
    """Records as JSON: dates in ISO form, certificates without their bytes."""
    console.print_json(json.dumps(records, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def fields(record: Any) -> dict[str, Any]:
    """A record's fields by name, without a certificate's bytes."""
    return {name: value for name, value in asdict(record).items() if name != "der"}
