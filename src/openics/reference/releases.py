"""Takes reference files into the database: read, held against the guards, swapped in one transaction, noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openics.decision.locks import lock_keys
from openics.decision.room import Cursor
from openics.reference import file_names, formats, guards
from openics.reference.facts import Entry
from openics.reference.guards import Arriving, Difference, LastLoad
from openics.reference.load import load_set
from openics.reference.loader import digest, load_lists, note
from openics.reference.problems import Problem, ReferenceFileError
from openics.reference.rows import overlaps
from openics.reference.sets import BY_FILE_CODE, ReferenceSet

_LAST = """
SELECT DISTINCT ON (code_list) code_list, file_name, kind, stamp, digest, loaded_at, entries, forced, actor
FROM reference_load WHERE code_list = ANY(%s) ORDER BY code_list, id DESC
"""


@dataclass(frozen=True, slots=True)
class Environment:
    """Where and by whom a file is loaded: P1 or Q1, the moment, and who does it."""

    code: str
    now: datetime
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a file would change, and what stands against it. `repeated` marks the file that was loaded last."""

    kind: ReferenceSet
    entries: tuple[Entry, ...]
    difference: Difference
    problems: tuple[Problem, ...]
    repeated: bool = False


def assess(cursor: Cursor, name: str, content: bytes, environment: Environment) -> Assessment:
    """Read a file and hold it against the guards; nothing is changed. Raises ReferenceFileError for what cannot be read."""
    file = file_names.parse(name)
    kind = BY_FILE_CODE.get(file.code)
    if kind is None:
        fix = f"the sets are {', '.join(sorted(BY_FILE_CODE))}"
        raise ReferenceFileError([Problem(name, f"{file.code} is not a set of this system", fix)])
    before, last = load_set(cursor, kind.code_list), last_loads(cursor, [kind]).get(kind.code_list.value)
    arriving = Arriving(name, file.environment, file.stamp, digest(content))
    if last is not None and last.digest == arriving.digest and last.stamp == arriving.stamp:
        return Assessment(kind, tuple(before), Difference(), (), repeated=True)
    after, problems = _content(file, kind, content, name, before)
    problems += guards.wrong_order(arriving, last, environment.code, environment.now)
    problems += guards.clock_gone_back(name, last, environment.now)
    problems += [] if problems else guards.too_large(name, before, after, last)
    return Assessment(kind, tuple(after), guards.difference(before, after), tuple(problems))


def take(cursor: Cursor, name: str, content: bytes, environment: Environment, forced: str = "") -> Assessment:
    """Load a file; the caller holds one transaction, and readers see the set before or after it.

    With a reason in `forced` the guards that only suspect are overruled. Raises ReferenceFileError for anything that
    stands against the file; nothing is changed then.
    """
    code = file_names.parse(name).code
    lock_keys(cursor, "reference", [BY_FILE_CODE[code].code_list.value] if code in BY_FILE_CODE else [])
    found = assess(cursor, name, content, environment)
    if against := [each for each in found.problems if not (forced and each.may_force)]:
        raise ReferenceFileError(against)
    if not found.repeated:
        loaded = load_lists(cursor, found.entries, environment.now)
        file = file_names.parse(name)
        origin = LastLoad(
            name, guards.CHANGED if file.is_change else guards.MAIN, file.stamp, digest(content), environment.now
        )
        note(cursor, found.kind, origin, len(found.entries), loaded, (forced, environment.actor))
    return found


@dataclass(frozen=True, slots=True)
class Known(LastLoad):
    """The last load of a set, with the number of its entries, why a guard was overruled, and by whom it was loaded."""

    entries: int
    forced: str
    actor: str


def last_loads(cursor: Cursor, kinds: Iterable[ReferenceSet]) -> dict[str, Known]:
    """The last load of each set, by its code list."""
    cursor.execute(_LAST, ([kind.code_list.value for kind in kinds],))
    return {code_list: Known(*rest) for code_list, *rest in cursor.fetchall()}


def _content(
    file: file_names.FileName, kind: ReferenceSet, content: bytes, name: str, before: list[Entry]
) -> tuple[list[Entry], list[Problem]]:
    rows = formats.read(content, kind, file.format, name, file.is_change)
    if rows.problems or not file.is_change:
        return rows.entries, rows.problems + overlaps(rows.entries, rows.places)
    after, problems = guards.apply(rows, before)
    return after, problems + overlaps(after, [name] * len(after))
