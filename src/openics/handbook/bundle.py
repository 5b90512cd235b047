"""The bundle for developers of trade software: schemas, examples, code lists and errors in one reproducible archive."""

import io
from functools import cache
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openics.handbook.files import makers

_README: Final = """OpenICS: messages for developers
================================

messages.json             every message: purpose, direction, answers, items with place, format and use, rules
schemas/NAME.schema.json  JSON Schema (2020-12) of the JSON form of a message
examples/NAME/KIND.edi    an example as an interchange: smallest, typical, every-item
examples/NAME/KIND.json   the same example in JSON form
codes/LIST.csv, .json     a code list: each code with its meaning; the JSON names the items that hold it
errors.csv, errors.json   every error id: severity, meaning, what to do, evidence

Evidence: D documented, S seen in traffic, I inferred, U unverified.

Interchanges are in UNOC (ISO 8859-1), everything else in UTF-8. The same version of OpenICS writes the same bytes.
Licence: Apache License 2.0.
"""
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format can hold: the archive depends on its contents alone."""
_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16


def contents() -> dict[str, bytes]:
    """Every file of the bundle by its path, in alphabetical order."""
    made = {path: make() for path, make in makers().items()} | {"README.txt": _README.encode()}
    return dict(sorted(made.items()))


@cache
def bundle_bytes() -> bytes:
    """The archive."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for path, content in contents().items():
            archive.writestr(_entry(path), content, ZIP_DEFLATED, 9)
    return out.getvalue()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, _MOMENT)
    entry.create_system, entry.external_attr = _UNIX, _READABLE
    return entry


def write_bundle(target: Path) -> int:
    """Write the archive to a file; returns how many files it holds."""
    target.write_bytes(bundle_bytes())
    return len(makers()) + 1
