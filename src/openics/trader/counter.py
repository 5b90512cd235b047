"""Interchange control references: unique for ever, even when the machine stops in between."""

from datetime import datetime

from openics.trader.durable import write_durably
from openics.trader.errors import TraderError
from openics.trader.home import TraderHome

PER_DAY = 10_000


def next_control_reference(home: TraderHome, now: datetime) -> str:
    """A new reference `CCYYMMDDnnnn`, as the SDG's test routines suggest; reserved on the disk when this returns.

    Always above the one before; after 9999 in a day it counts on into the next day's numbers. References that the
    trader gave an interchange itself are left out.
    """
    path = home.directory / "control-reference"
    with home.lock():
        last = _last(path.read_text(encoding="ascii") if path.exists() else "0", str(path))
        reference = max(last, int(f"{now:%Y%m%d}") * PER_DAY) + 1
        while (home.sent / f"{reference}.json").exists():
            reference += 1
        write_durably(path, f"{reference}\n".encode())
    return str(reference)


def _last(text: str, path: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise TraderError(
            f"{path} holds {text.strip()[:40]!r} instead of the last control reference.",
            "Write the last control reference used into it; a higher number does no harm.",
        ) from error
