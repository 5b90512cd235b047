"""Files that hold keys and certificates: written whole or not at all, and watched for changes."""

import os
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]

RELOAD_AFTER = 1.0
"""Seconds for which a directory is taken as unchanged."""


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file so that others see the old or the new content, never a part; it never has a wider mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def stamp(directories: Iterable[Path]) -> Stamp:
    """What the files in the directories look like from outside; another stamp means that something changed."""
    found = []
    for directory in directories:
        if directory.is_dir():
            for entry in os.scandir(directory):
                if not entry.name.startswith("."):
                    with suppress(FileNotFoundError):  # removed meanwhile, or a link to nothing
                        status = entry.stat()
                        found.append((entry.path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


class Watch:
    """Tells when files in some directories have changed, looking at most once a second."""

    def __init__(self, *directories: Path) -> None:
        self._directories = directories
        self._stamp = stamp(directories)
        self._looked = time.monotonic()

    def changed(self) -> bool:
        """Whether anything changed since the last time that this was True."""
        if time.monotonic() - self._looked < RELOAD_AFTER:
            return False
        self._looked = time.monotonic()
        now = stamp(self._directories)
        if now == self._stamp:
            return False
        self._stamp = now
        return True
