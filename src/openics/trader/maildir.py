"""A mailbox as a directory: `tmp` while a mail is written, `new` when it is complete, `cur` when it was handled."""

import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from openics.pki.directory import write_whole
from openics.trader.durable import sync_directory

SEEN = ":2,S"
"""The mark that mail programs put behind the name of a mail that was read."""


@dataclass(frozen=True, slots=True)
class Maildir:
    """One mailbox; its directories are made when first needed."""

    directory: Path

    def deliver(self, content: bytes) -> Path:
        """Store a mail; it is on the disk when this returns. Returns its path."""
        for name in ("tmp", "new", "cur"):
            (self.directory / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{time.time_ns()}.{os.getpid()}.{secrets.token_hex(6)}"
        draft, path = self.directory / "tmp" / name, self.directory / "new" / name
        write_whole(draft, content, mode=0o600)
        draft.rename(path)
        sync_directory(path.parent)
        return path

    def waiting(self) -> list[Path]:
        """Mails that nobody has handled, in the order of their arrival."""
        arrived = self.directory / "new"
        return sorted(arrived.iterdir()) if arrived.is_dir() else []

    def handled(self, path: Path) -> None:
        """Put a mail of `waiting` aside."""
        kept = self.directory / "cur"
        kept.mkdir(mode=0o700, exist_ok=True)
        path.rename(kept / (path.name + SEEN))
