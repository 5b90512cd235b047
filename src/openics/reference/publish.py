"""Publishes the sets: complete files in three formats, and a manifest with digests, counts and validity.

A file is named after the moment of the set's last load: a set that did not change keeps its file name, as customs' own
files do.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from openics.decision.room import Cursor
from openics.reference import formats
from openics.reference.facts import Entry
from openics.reference.file_names import COMPLETE, FileName, Format
from openics.reference.load import load_set
from openics.reference.loader import digest
from openics.reference.releases import Known, last_loads
from openics.reference.sets import SETS, ReferenceSet

MANIFEST: Final = "manifest.json"
"""The name of the manifest; its signature has `.p7s` behind it."""
FOLDERS: Final = {"P1": "production", "Q1": "test"}
"""The folder of each environment; the complete files are in `main` below it."""


@dataclass(frozen=True, slots=True)
class Published:
    """One set as it is published: its last load and its file names by format."""

    kind: ReferenceSet
    load: Known
    names: dict[Format, str]


def published(cursor: Cursor, environment: str) -> list[Published]:
    """The sets that are published and loaded, in the order in which they are shown."""
    kinds = [kind for kind in SETS.values() if kind.published]
    loads = last_loads(cursor, kinds)
    return [
        Published(kind, loads[kind.code_list.value], _names(kind, loads[kind.code_list.value], environment))
        for kind in kinds
        if kind.code_list.value in loads
    ]


def files(cursor: Cursor, environment: str) -> Iterator[tuple[str, bytes]]:
    """Every file by name, the manifest last."""
    descriptions = []
    for each in published(cursor, environment):
        entries = content_of(cursor, each)
        for form, name in each.names.items():
            content = formats.write(entries, each.kind, form)
            descriptions.append(_description(each, entries, form, content))
            yield name, content
    manifest = {"environment": FOLDERS[environment], "files": descriptions}
    yield MANIFEST, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def content_of(cursor: Cursor, each: Published) -> list[Entry]:
    """The entries as that load left them, whatever was loaded since: a name always stands for the same content."""
    return load_set(cursor, each.kind.code_list, each.load.loaded_at)


def _names(kind: ReferenceSet, load: Known, environment: str) -> dict[Format, str]:
    return {form: str(FileName(kind.file_code, environment, COMPLETE, load.loaded_at, form)) for form in Format}


def _description(each: Published, entries: Sequence[Entry], form: Format, content: bytes) -> dict[str, Any]:
    ends = [entry.valid_to for entry in entries if entry.valid_to]
    description: dict[str, Any] = {
        "name": each.names[form],
        "set": each.kind.file_code,
        "title": each.kind.title,
        "loaded_at": each.load.loaded_at.astimezone(UTC).isoformat(),
        "rows": len(entries),
        "first_day": min(entry.valid_from for entry in entries).isoformat(),
        "last_day": max(ends).isoformat() if len(ends) == len(entries) else None,
        "bytes": len(content),
        "sha256": digest(content),
    }
    if form is Format.TXT:
        description["layout"] = [{"field": field, "width": width} for field, width in formats.layout(each.kind)]
    return description
