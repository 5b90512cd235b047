"""The files of the handbook with their media types, the bundle included."""

from pathlib import PurePosixPath
from typing import Final

from openics.handbook.bundle import bundle_bytes
from openics.handbook.files import makers
from openics.handbook.help_pages import BUNDLE
from openics.handbook.pages import Asset

_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".edi": "application/edifact; charset=iso-8859-1",
    ".json": "application/json",
    ".zip": "application/zip",
}


def asset_paths() -> tuple[str, ...]:
    """The paths of all files that pages may link to."""
    return (BUNDLE, *makers())


def asset(path: str) -> Asset | None:
    """The file at a path, e.g. `schemas/EXD.schema.json`; None if there is none."""
    if path not in asset_paths():
        return None
    content = bundle_bytes() if path == BUNDLE else makers()[path]()
    return Asset(path, _TYPES[PurePosixPath(path).suffix], content)
