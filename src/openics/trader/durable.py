"""Files that are complete or absent, whatever stops the machine in between."""

import os
from pathlib import Path

from openics.pki.directory import write_whole


def write_durably(path: Path, content: bytes) -> None:
    """Write or replace a file; it is on the disk under its name, and closed to others, when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, content, mode=0o600)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Wait until the disk has the names in a directory."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
