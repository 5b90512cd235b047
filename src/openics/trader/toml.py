"""Flat TOML files: read by the standard library, written here."""

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from openics.trader.durable import write_durably
from openics.trader.errors import TraderError

Value = str | bool | int | datetime


def read_toml(path: Path) -> dict[str, Any]:
    """The keys of a file; raises TraderError naming the file when it is absent or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TraderError(f"There is no {path}.", "Run `openics client init` for this home first.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TraderError(f"{path} is not TOML: {error}.", "Correct that line.") from error


def write_toml(path: Path, values: Mapping[str, Value]) -> None:
    """Write a flat table durably, in the given order."""
    lines = [f"{key} = {_written(value)}\n" for key, value in values.items()]
    write_durably(path, "".join(lines).encode())


def _written(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    # JSON's strings are TOML's, but for DEL, which TOML wants escaped
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
