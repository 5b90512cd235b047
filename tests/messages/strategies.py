"""Documents made up from what their own fields say of themselves."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from openics.edifact.guide import Group, Row
from openics.messages.binding import Scope, Slot, bind
from openics.messages.document import Document
from openics.messages.fields import Kind

ANY = "".join(chr(code) for code in [*range(0x20, 0x7F), *range(0xA1, 0x100)])
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefgh'+:?é"


def documents(kind: type[Document]) -> st.SearchStrategy[Any]:
    """Documents of a class that keep to its guide and to the data dictionary."""
    return _parts(bind(kind).scope)


def _parts(scope: Scope) -> st.SearchStrategy[Any]:
    needed = set(_needed(scope, scope.group))
    slots = {slot.field.name: _field(slot, slot.field.name in needed) for slot in scope.slots}
    inner = {each.field.name: _records(each, each.field.name in needed) for each in scope.scopes if each.field}
    fields = slots | inner
    return st.fixed_dictionaries(
        {name: value for name, value in fields.items() if name in needed},
        optional={name: value for name, value in fields.items() if name not in needed},
    ).map(lambda values: scope.part(**_headed(scope, scope.group, values)))


def _records(scope: Scope, needed: bool) -> st.SearchStrategy[Any]:
    return st.lists(_parts(scope), min_size=int(needed), max_size=3).map(tuple)


def _needed(scope: Scope, group: Group) -> Iterator[str]:
    """The fields without which the record cannot be written: required ones, one of each mandatory row and group."""
    if group is scope.group:
        yield from (slot.field.name for slot in scope.slots if slot.field.required)
    if scope.use:
        return
    for part in group.parts:
        names = _names(scope, part)
        if part.mandatory and isinstance(part, Row) and len(names) == len(part.uses):
            yield names[0][0]
        elif part.mandatory and isinstance(part, Group):
            yield from names[0] if part in {each.group for each in scope.scopes} else _needed(scope, part)


def _names(scope: Scope, part: Row | Group) -> list[list[str]]:
    """The fields of each use of a row, or of a group, that has any."""
    if isinstance(part, Group):
        records = [each.field.name for each in scope.scopes if each.field and not each.use and each.group is part]
        return [records] if records else [name for inner in part.parts for name in _names(scope, inner)]
    named = [
        [slot.field.name for slot in scope.slots_of(use)]
        + [each.field.name for each in scope.scopes if each.field and each.use is use]
        for use in part.uses
    ]
    return [names for names in named if names]


def _headed(scope: Scope, group: Group, values: dict[str, Any]) -> dict[str, Any]:
    """The values without those in groups whose first segment would be missing."""
    for part in group.parts:
        if isinstance(part, Group) and part not in {each.group for each in scope.scopes if not each.use}:
            head = [name for names in _names(scope, part.trigger) for name in names]
            if head and not any(values.get(name) not in (None, (), "") for name in head):
                inner = {name for names in _names(scope, part) for name in names}
                values = {name: value for name, value in values.items() if name not in inner}
            values = _headed(scope, part, values)
    return values


def _field(slot: Slot, needed: bool) -> st.SearchStrategy[Any]:
    return st.lists(_value(slot), min_size=int(needed), max_size=3).map(tuple) if slot.field.repeated else _value(slot)


def _value(slot: Slot) -> st.SearchStrategy[Any]:
    if slot.place in slot.use.fixed and slot.place not in slot.use.lax:
        return st.sampled_from(slot.use.fixed[slot.place])
    if slot.field.codes and slot.field.closed:
        return st.sampled_from(list(slot.field.codes.meanings()))
    return _KINDS[slot.field.kind](slot)


def _text(slot: Slot) -> st.SearchStrategy[str]:
    kind = slot.wanted.kind if slot.wanted else slot.format.kind
    alphabet = {"n": "0123456789", "a": LETTERS, "an": ANY}[kind]
    return st.text(alphabet, min_size=slot.shortest, max_size=min(slot.longest, max(slot.shortest, 40)))


def _decimal(slot: Slot) -> st.SearchStrategy[Decimal]:
    digits = 10 ** min(9, slot.longest - 5)
    places = 3 if slot.field.decimals is None else slot.field.decimals
    return st.decimals(Decimal(-digits), Decimal(digits), allow_nan=False, places=places).map(abs) | st.integers(
        0, digits
    ).map(Decimal)


_FIRST = datetime(1000, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone

_KINDS = {
    Kind.TEXT: _text,
    Kind.INTEGER: lambda slot: st.integers(0, 10 ** min(slot.longest, 9) - 1),
    Kind.DECIMAL: _decimal,
    Kind.DATE: lambda _: st.dates(date(1000, 1, 1)),
    Kind.TIME: lambda _: st.datetimes(_FIRST, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
    Kind.CLOCK: lambda _: st.times().map(lambda clock: time(clock.hour, clock.minute)),
    Kind.STAMP: lambda _: st.datetimes(_FIRST),
}
