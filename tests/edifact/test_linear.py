"""Reading and writing cost steps in proportion to the message, whatever is repeated in it; counted, never timed."""

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final

import pytest

from openics.edifact.envelope import Header
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.binding import Scope, Slot, bind
from openics.messages.document import Document
from openics.messages.fields import Kind
from openics.messages.reading import read_carefully, read_message
from openics.messages.registry import ALL
from openics.messages.writing import write_message

EVERY = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
FEW: Final = 8
MANY: Final = 4 * FEW
COST_OF_A_FAULT: Final = 700
HEADER: Final = Header(sender="A", recipient="B", date="261102", time="0900", control_reference="1")

VALUES: Final[dict[Kind, Any]] = {
    Kind.INTEGER: 1,
    Kind.DECIMAL: Decimal(1),
    Kind.DATE: date(2026, 11, 2),
    Kind.TIME: datetime(2026, 11, 2, tzinfo=UTC),
    Kind.CLOCK: time(9, 30),
    Kind.STAMP: datetime(2026, 11, 2),  # noqa: DTZ001 - local by nature
}


def filled(scope: Scope, repeated: str, times: int) -> Any:
    """A record with every field; the field named `repeated` stands `times` times, the other repeated ones once."""
    found: dict[str, Any] = {}
    for slot in scope.slots:
        found[slot.field.name] = (
            (value(slot),) * count(slot.field.name, repeated, times) if slot.field.repeated else value(slot)
        )
    for inner in scope.scopes:
        assert inner.field is not None
        found[inner.field.name] = (filled(inner, repeated, times),) * count(inner.field.name, repeated, times)
    return scope.part(**found)


def count(name: str, repeated: str, times: int) -> int:
    """How often a repeated field stands."""
    return times if name == repeated else 1


def value(slot: Slot) -> Any:
    """A value that the field may have."""
    if slot.field.kind is not Kind.TEXT:
        return VALUES[slot.field.kind]
    if slot.place in slot.use.fixed and slot.place not in slot.use.lax:
        return slot.use.fixed[slot.place][0]
    if slot.field.codes and slot.field.closed:
        return next(iter(slot.field.codes.meanings()))
    kind = slot.wanted.kind if slot.wanted else slot.format.kind
    return ("A" if kind == "a" else "1") * slot.shortest


def repeatable(scope: Scope) -> Iterator[tuple[str, int]]:
    """The repeated fields of a record and of those in it, each with how often it may stand."""
    yield from ((slot.field.name, slot.use.repeat) for slot in scope.slots if slot.field.repeated)
    for inner in scope.scopes:
        assert inner.field is not None
        yield inner.field.name, inner.use.repeat if inner.use else inner.group.repeat
        yield from repeatable(inner)


def steps(work: Callable[[], Any]) -> int:
    """How many functions are called, those of the interpreter included."""
    calls = 0

    def counter(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counter)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def peak(work: Callable[[], Any]) -> int:
    """The most bytes held at once."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def ways(segments: list[str]) -> dict[str, Callable[[], Any]]:
    """The ways to read a message."""
    data = write_interchange(HEADER, [segments])
    return {
        "interchange": lambda: read_interchange(data),
        "fast": lambda: read_message(RawMessage(list(segments))),
        "careful": lambda: read_carefully(RawMessage(list(segments))),
    }


def grows_too_much(few: int, many: int, new_faults: int = 0) -> bool:
    """Whether four times the input cost more than four times the steps, a little, and what each new fault costs."""
    return many > 4 * few + 60 + COST_OF_A_FAULT * new_faults


@EVERY
def test_repeated_items_are_read_and_written_in_steps_that_grow_with_them(kind: type[Document]) -> None:
    scope = bind(kind).scope
    found = {}
    for name, most in dict(repeatable(scope)).items():
        few, many = (filled(scope, name, min(times, max(most * times // MANY, 1))) for times in (FEW, MANY))
        written = [steps(lambda document=document: write_message(document, "1")) for document in (few, few, many)][1:]
        found[f"writing {name}"] = tuple(written)
        small, large = ways(write_message(few, "1")), ways(write_message(many, "1"))
        for way, work in small.items():
            work()
            found[f"{way} {name}"] = (steps(work), steps(large[way]))
    assert {what: sizes for what, sizes in found.items() if grows_too_much(*sizes)} == {}


@EVERY
def test_a_segment_where_it_stands_too_often_costs_no_more_than_its_share(kind: type[Document]) -> None:
    segments = write_message(filled(bind(kind).scope, "", 1), "1")
    found = {}
    for at, segment in enumerate(segments[1:-1], start=1):
        few, many = (ways([*segments[:at], *[segment] * times, *segments[at + 1 :]]) for times in (40, 160))
        for way in ("fast", "careful"):
            new_faults = len(many[way]().faults) - len(few[way]().faults)
            found[f"{way} {segment}"] = (steps(few[way]), steps(many[way]), new_faults)
    assert {what: sizes for what, sizes in found.items() if grows_too_much(*sizes)} == {}


@EVERY
def test_memory_grows_with_the_message(kind: type[Document]) -> None:
    scope = bind(kind).scope
    names = [name for name, most in repeatable(scope) if most >= MANY]
    for name in names[:1]:
        few, many = (ways(write_message(filled(scope, name, times), "1")) for times in (FEW, MANY))
        found = {}
        for way, work in few.items():
            work()
            found[way] = (peak(work), peak(many[way]))
        assert {way: sizes for way, sizes in found.items() if sizes[1] > 4 * sizes[0] + 20_000} == {}
