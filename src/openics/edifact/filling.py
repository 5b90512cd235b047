"""Filling records with the items of placed segments; the compiled core has a twin of `fill`."""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final, NamedTuple

from openics.edifact.glance import Placed
from openics.edifact.guide import Row, Use

NO_TEXT: Final = (1, 0)
"""Bounds that no text keeps to, so that every text is read."""


class Entry(NamedTuple):
    """An item as it is kept: the field in `slot`, its name, whether it is repeated, the value that counts as absent.

    A text of `least` to `most` characters is the value itself; any other is for `read`, which is given the decimal mark too.
    """

    slot: Any
    name: str
    repeated: bool
    default: Any
    least: int
    most: int
    read: Callable[[str, str], Any]


class Filling(NamedTuple):
    """What a use fills: the record, the one around it, the row at which a new one starts, the entries of its items.

    `part` is the class of the record and `name` the field that holds all of them.
    """

    scope: Any
    outer: Any
    starts: Row | None
    entries: tuple[Entry, ...]
    part: type
    name: str


Records = dict[Any, dict[str, Any]]
"""The values of the present record of each scope."""

Lists = list[tuple[dict[str, Any], str]]
"""Records with the name of a field that is still a list."""

Report = Callable[[Entry, str, Placed, Any], None]
"""Is told of a text that is no value, with its segment and the exception."""


def fill_records(
    placed: list[Placed],
    fillings: dict[Use, Filling],
    root: tuple[Any, dict[str, Any]],
    mark: str,
    report: Report,
    wrong: type[Exception],
    core: ModuleType | None,
) -> None:
    """Fill the outermost record, given with its scope, and all that are inside it; `wrong` is what `read` raises."""
    records: Records = {root[0]: root[1]}
    lists: Lists = []
    (core.fill if core else fill)(placed, fillings, records, lists, mark, report, wrong)
    for record, name in lists:
        record[name] = tuple(record[name])


def fill(
    placed: Sequence[Placed],
    fillings: Mapping[Use, Filling],
    records: Records,
    lists: Lists,
    mark: str,
    report: Report,
    wrong: type[Exception],
) -> None:
    """Fill `records`; repeated fields stay lists, which are added to `lists`."""
    for segment in placed:
        _, row, use, values = segment
        scope, outer, starts, entries, part, field = fillings[use]
        if starts is row:
            made: Any = object.__new__(part)
            _listed(records[outer], field, lists).append(made)
            records[scope] = made.__dict__
        record = records[scope]
        for entry, text in zip(entries, values, strict=True):
            if text is None:
                continue
            _, name, repeated, default, least, most, read = entry
            try:
                value = text if least <= len(text) <= most else read(text, mark)
            except wrong as error:
                report(entry, text, segment, error)
                continue
            if repeated:
                _listed(record, name, lists).append(value)
            elif value != default:
                record[name] = value


def _listed(record: dict[str, Any], name: str, lists: Lists) -> list[Any]:
    """The list that becomes a repeated field in the end."""
    found: list[Any] | None = record.get(name)
    if found is None:
        found = record[name] = []
        lists.append((record, name))
    return found
