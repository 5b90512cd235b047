"""What a reference file is held against before it is loaded (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openics.reference.facts import Entry
from openics.reference.problems import Problem
from openics.reference.rows import Rows

LARGEST_FALL: Final = 10
"""Percent by which a set may shrink, or of its codes that may go, without somebody saying that it is meant."""
AHEAD: Final = timedelta(days=1)
"""How far the stamp of a file may lie in the future."""
SAMPLE, MAIN, CHANGED = "sample", "main", "change"


@dataclass(frozen=True, slots=True)
class LastLoad:
    """The load of a set before this one: the file's name, kind, stamp and digest, and when it was loaded."""

    file_name: str
    kind: str
    stamp: datetime
    digest: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file that is to be loaded now, as its name and bytes have it."""

    name: str
    environment: str
    stamp: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would change: entries by code and first day."""

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    changed: tuple[tuple[Entry, Entry], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.removed or self.changed)


def difference(before: Iterable[Entry], after: Iterable[Entry]) -> Difference:
    """What is different between two states of one set."""
    old = {(entry.code, entry.valid_from): entry for entry in before}
    new = {(entry.code, entry.valid_from): entry for entry in after}
    return Difference(
        tuple(new[key] for key in sorted(new.keys() - old.keys())),
        tuple(old[key] for key in sorted(old.keys() - new.keys())),
        tuple((old[key], new[key]) for key in sorted(old.keys() & new.keys()) if old[key] != new[key]),
    )


def wrong_order(file: Arriving, last: LastLoad | None, environment: str, now: datetime) -> Iterator[Problem]:
    """Another environment's file, one from the future, one older than what is loaded, or a second one of the same minute."""
    if file.environment != environment:
        cause = f"it is a file of environment {file.environment}, and this system is {environment}"
        yield Problem(file.name, cause, f"fetch the file of {environment}")
    if file.stamp > now + AHEAD:
        yield Problem(
            file.name, f"its stamp {_minute(file.stamp)} lies in the future", "check the stamp and this clock"
        )
    if last is None or last.kind == SAMPLE:
        return
    if file.stamp < last.stamp:
        cause = f"it is older than {last.file_name}, which is loaded"
        yield Problem(file.name, cause, "fetch the newest file; what is loaded is not put back")
    elif file.stamp == last.stamp and file.digest != last.digest:
        cause = f"{last.file_name} of the same minute is loaded, with other content"
        yield Problem(file.name, cause, "ask who made the files which one is right, and give it a later stamp")


def clock_gone_back(name: str, last: LastLoad | None, now: datetime) -> Iterator[Problem]:
    """A load dated before the one before it would rewrite what was known when."""
    if last is not None and now < last.loaded_at:
        cause = f"the clock shows {_minute(now)}, before the last load at {_minute(last.loaded_at)}"
        yield Problem(name, cause, "set the clock right, then load the file again")


def too_large(name: str, before: Sequence[Entry], after: Sequence[Entry], last: LastLoad | None) -> Iterator[Problem]:
    """An empty set, or one that has lost more than a tenth of its rows or codes. Samples may be replaced by anything."""
    if not after:
        yield Problem(name, "it leaves the set without any entry", "fetch the file again")
        return
    if not before or (last is not None and last.kind == SAMPLE):
        return
    fix = "compare the files; if it is meant, load it with --force and the reason"
    if _lost(len(before), len(after)):
        yield Problem(name, f"the set would fall from {len(before)} rows to {len(after)}", fix, may_force=True)
    codes = {entry.code for entry in before}
    gone = codes - {entry.code for entry in after}
    if _lost(len(codes), len(codes) - len(gone)):
        yield Problem(name, f"{len(gone)} of {len(codes)} codes would be gone", fix, may_force=True)


def _lost(before: int, after: int) -> bool:
    return (before - after) * 100 > before * LARGEST_FALL


def apply(rows: Rows, before: Iterable[Entry]) -> tuple[list[Entry], list[Problem]]:
    """The complete set after the rows of a change file, and the rows that do not fit what is loaded."""
    state: dict[tuple[str, date], Entry] = {(entry.code, entry.valid_from): entry for entry in before}
    problems = []
    for entry, action, place in zip(rows.entries, rows.actions, rows.places, strict=True):
        key = (entry.code, entry.valid_from)
        if (key in state) == (action == "I"):
            there = "is there already" if action == "I" else "is not there"
            fix = "load the complete file (EDMAIN), then the changes after it"
            problems.append(Problem(place, f"{entry.code} from {entry.valid_from} {there}", fix))
        elif action == "D":
            del state[key]
        else:
            state[key] = entry
    return list(state.values()), problems


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}"
