"""Keyset pages: every row once, in order, both ways, while rows are added."""

from typing import Any

import pytest

from openics.channels.interactive.paging import Page, page
from openics.exchange.models import Event, Message
from web.sample import START, Sample


@pytest.fixture
def events(db: None) -> list[int]:
    """Seven events, newest first."""
    rows = [Event(code="a", subject_kind="T", subject_key=str(n // 3), at=START) for n in range(7)]
    return [event.pk for event in reversed(Event.objects.bulk_create(rows))]


def keys(found: Page[Any]) -> list[int]:
    return [row.pk for row in found.rows]


def walk(fields: tuple[str, ...], size: int) -> list[list[int]]:
    found = page(Event.objects.all(), fields, size=size)
    seen = [keys(found)]
    while found.older:
        found = page(Event.objects.all(), fields, before=found.older, size=size)
        seen.append(keys(found))
    return seen


@pytest.mark.parametrize("fields", [("id",), ("subject_key", "id"), ("at", "subject_key", "id")])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_forward(events: list[int], fields: tuple[str, ...], size: int) -> None:
    assert walk(fields, size) == [events[start : start + size] for start in range(0, 7, size)]


def test_back(events: list[int]) -> None:
    first = page(Event.objects.all(), ("id",), size=3)
    second = page(Event.objects.all(), ("id",), before=first.older, size=3)
    third = page(Event.objects.all(), ("id",), before=second.older, size=3)
    assert keys(page(Event.objects.all(), ("id",), after=third.newer, size=3)) == keys(second)
    again = page(Event.objects.all(), ("id",), after=second.newer, size=3)
    assert (keys(again), again.newer, again.is_first) == (keys(first), "", True)


def test_new_rows_do_not_move_the_page_before(events: list[int]) -> None:
    first = page(Event.objects.all(), ("id",), size=3)
    Event.objects.create(code="b", subject_kind="T", subject_key="9", at=START)
    assert keys(page(Event.objects.all(), ("id",), before=first.older, size=3)) == events[3:6]


@pytest.mark.parametrize("mark", ["x", "WzFd:forged:mark", "'; DROP TABLE message"])
def test_a_foreign_mark_is_none(events: list[int], mark: str) -> None:
    assert keys(page(Event.objects.all(), ("id",), before=mark, after=mark, size=3)) == events[:3]


def test_a_mark_of_another_list_is_none(events: list[int]) -> None:
    other = page(Event.objects.all(), ("subject_key", "id"), size=2).older
    assert keys(page(Event.objects.all(), ("id",), before=other, size=2)) == events[:2]


def test_nothing(db: None) -> None:
    assert page(Message.objects.all(), ("id",)) == Page([])


def test_the_sample_fits_one_page(sample: Sample) -> None:
    found = page(Message.objects.all(), ("id",))
    assert (len(found.rows), found.newer, found.older) == (Message.objects.count(), "", "")
