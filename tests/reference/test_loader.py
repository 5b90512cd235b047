"""Reference data in the database: superseded, never overwritten, and known as at any moment."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openics.reference.codes import CodeList
from openics.reference.facts import Entry
from openics.reference.load import load
from openics.reference.loader import Loaded, load_lists, load_samples
from openics.reference.models import ReferenceItem
from openics.reference.samples import samples

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)
BEER = Entry(CodeList.AHECC, "22030010", "BEER", date(2017, 1, 1), None, {"unit": "L"})
ENDED = Entry(CodeList.AHECC, "22030010", "BEER", date(2017, 1, 1), date(2026, 12, 31), {"unit": "L"})
AFTER = Entry(CodeList.AHECC, "22030010", "BEER", date(2027, 1, 1), None, {"unit": "KL"})
WINE = Entry(CodeList.AHECC, "22041011", "WINE", date(2017, 1, 1), None, {"unit": "L"})
MELBOURNE = Entry(CodeList.PORT, "AUMEL", "MELBOURNE", date(2000, 1, 1), None, {"zone": "Australia/Melbourne"})
KEY = (CodeList.AHECC, "22030010")


def put(*entries: Entry, at: datetime = MONDAY) -> Loaded:
    """Load lists at a moment."""
    with connection.cursor() as cursor:
        return load_lists(cursor, entries, at)


def test_loading_the_samples_again_changes_nothing() -> None:
    with connection.cursor() as cursor:
        first = load_samples(cursor, MONDAY)
        rows = list(ReferenceItem.objects.order_by("id").values())
        second = load_samples(cursor, TUESDAY)
    assert first == Loaded(len(samples()), 0)
    assert second == Loaded(0, 0)
    assert list(ReferenceItem.objects.order_by("id").values()) == rows


def test_a_changed_entry_supersedes_the_one_before() -> None:
    put(BEER, WINE)
    assert put(ENDED, AFTER, WINE, at=TUESDAY) == Loaded(2, 1)
    old = ReferenceItem.objects.get(superseded_at=TUESDAY)
    assert (old.code, old.valid_to, old.recorded_at) == ("22030010", None, MONDAY)
    assert ReferenceItem.objects.filter(superseded_at=None).count() == 3


def test_an_entry_that_is_gone_is_superseded() -> None:
    put(BEER, WINE)
    assert put(WINE, at=TUESDAY) == Loaded(0, 1)
    assert [row.code for row in ReferenceItem.objects.filter(superseded_at=None)] == ["22041011"]


def test_other_lists_stay_as_they_are() -> None:
    put(BEER, MELBOURNE)
    assert put(WINE, at=TUESDAY) == Loaded(1, 1)
    assert ReferenceItem.objects.get(code="AUMEL").superseded_at is None


def test_what_is_loaded_is_looked_up_as_at_a_day() -> None:
    put(ENDED, AFTER)
    with connection.cursor() as cursor:
        facts = load(cursor, [KEY])
    assert facts.at(*KEY, date(2026, 12, 31)) == ENDED
    assert facts.at(*KEY, date(2027, 1, 1)) == AFTER
    assert facts.at(*KEY, date(2016, 12, 31)) is None
    assert facts.periods(*KEY) == (ENDED, AFTER)
    assert facts.periods(CodeList.AHECC, "22041011") == ()


def test_a_decision_can_be_replayed_with_what_was_known_then() -> None:
    put(BEER)
    put(ENDED, AFTER, at=TUESDAY)
    with connection.cursor() as cursor:
        then, before_all = load(cursor, [KEY], MONDAY), load(cursor, [KEY], datetime(2026, 11, 22, tzinfo=UTC))
        now = load(cursor, [KEY])
    assert then.periods(*KEY) == (BEER,)
    assert before_all.periods(*KEY) == ()
    assert now.periods(*KEY) == (ENDED, AFTER)


def test_a_batch_is_looked_up_in_one_query() -> None:
    put(BEER, WINE, MELBOURNE)
    with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        facts = load(cursor, [KEY, KEY, (CodeList.PORT, "AUMEL"), (CodeList.PORT, "AUSYD")])
    assert len(queries) == 1
    assert facts.at(CodeList.PORT, "AUMEL", date(2026, 1, 1)) == MELBOURNE
    assert facts.at(CodeList.AHECC, "22041011", date(2026, 1, 1)) is None
