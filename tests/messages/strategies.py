"""Documents made up from what their own fields say of themselves."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from openics.messages.binding import Scope, Slot, bind
from openics.messages.document import Document
from openics.messages.fields import Kind

ANY = "".join(chr(code) for code in [*range(0x20, 0x7F), *range(0xA1, 0x100)])
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefgh'+:?é"


def documents(kind: type[Document]) -> st.SearchStrategy[Any]:
    """Documents of a class that keep to its guide and to the data dictionary."""
    return _parts(bind(kind).scope)


def _parts(scope: Scope) -> st.SearchStrategy[Any]:
    slots = {slot.field.name: _field(slot) for slot in scope.slots}
    inner = {each.field.name: st.lists(_parts(each), max_size=3).map(tuple) for each in scope.scopes if each.field}
    fields = slots | inner
    required = {slot.field.name for slot in scope.slots if slot.field.required}
    return st.fixed_dictionaries(
        {name: fields[name] for name in required},
        optional={name: value for name, value in fields.items() if name not in required},
    ).map(lambda values: scope.part(**values))


def _field(slot: Slot) -> st.SearchStrategy[Any]:
    return st.lists(_value(slot), max_size=3).map(tuple) if slot.field.repeated else _value(slot)


def _value(slot: Slot) -> st.SearchStrategy[Any]:
    if slot.field.codes and slot.field.closed:
        return st.sampled_from(list(slot.field.codes.meanings()))
    return _KINDS[slot.field.kind](slot)


def _text(slot: Slot) -> st.SearchStrategy[str]:
    kind = slot.wanted.kind if slot.wanted else slot.format.kind
    alphabet = {"n": "0123456789", "a": LETTERS, "an": ANY}[kind]
    return st.text(alphabet, min_size=slot.shortest, max_size=min(slot.longest, max(slot.shortest, 40)))


def _decimal(slot: Slot) -> st.SearchStrategy[Decimal]:
    digits = 10 ** min(9, slot.longest - 5)
    return st.decimals(Decimal(-digits), Decimal(digits), allow_nan=False, places=3).map(abs) | st.integers(
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
