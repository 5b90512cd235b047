"""Files into the database: all or nothing, once, and known as at any moment."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Event as Signal
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openics.reference.codes import CodeList
from openics.reference.facts import Entry
from openics.reference.file_names import Format
from openics.reference.guards import Difference
from openics.reference.load import load, load_set
from openics.reference.loader import load_samples
from openics.reference.models import ReferenceItem, ReferenceLoad
from openics.reference.problems import ReferenceFileError
from openics.reference.publish import MANIFEST, files
from openics.reference.releases import Assessment, Environment, assess, last_loads, take
from reference.reference_files import AIRLINES, MONDAY, TUESDAY, airline, airlines, content, name, timelines

pytestmark = pytest.mark.django_db
WITHIN_ONE_TEST = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(entries: Sequence[Entry], at: datetime = MONDAY, forced: str = "", **named: str) -> Assessment:
    """Load a file of airlines at a moment, made at that moment."""
    form = Format(named.get("form", "csv"))
    with transaction.atomic(), connection.cursor() as cursor:
        return take(cursor, name(at, **named), content(entries, form), Environment("Q1", at, "operator"), forced)


def state() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every row of both tables."""
    return list(ReferenceItem.objects.order_by("id").values()), list(ReferenceLoad.objects.order_by("id").values())


def test_a_load_is_noted() -> None:
    found = put(airlines(3))
    assert (found.difference, found.problems, found.repeated) == (Difference(added=tuple(airlines(3))), (), False)
    noted = ReferenceLoad.objects.values_list("code_list", "file_name", "kind", "stamp", "entries", "added", "actor")
    assert list(noted) == [("AIRLINE", name(), "main", MONDAY, 3, 3, "operator")]


def test_the_same_file_again_changes_nothing() -> None:
    put(airlines(3))
    before = state()
    with connection.cursor() as cursor:
        again = take(cursor, name(), content(airlines(3)), Environment("Q1", TUESDAY))
    assert again.repeated is True
    assert state() == before


@pytest.mark.parametrize(
    ("entries", "at", "named"),
    [
        (airlines(21), MONDAY - timedelta(days=1), {}),
        (airlines(21), MONDAY, {}),
        (airlines(17), TUESDAY, {}),
        ([], TUESDAY, {}),
        (airlines(21), TUESDAY, {"environment": "P1"}),
        ([airline("QF"), airline("QF", date(2020, 1, 1)), *airlines(20)], TUESDAY, {}),
    ],
    ids=["older", "second of a minute", "too small", "empty", "other environment", "overlap"],
)
def test_a_file_that_a_guard_refuses_changes_nothing(entries: list[Entry], at: datetime, named: dict[str, str]) -> None:
    put(airlines(20))
    before = state()
    with pytest.raises(ReferenceFileError):
        put(entries, at, **named)
    assert state() == before


def test_a_set_that_is_not_known_is_refused() -> None:
    with pytest.raises(ReferenceFileError) as refused, connection.cursor() as cursor:
        take(cursor, "XCHGRATE-Q1-EDMAIN-2611231300.txt", b"", Environment("Q1", MONDAY))
    assert [each.cause for each in refused.value.problems] == ["XCHGRATE is not a set of this system"]


def test_a_reason_overrules_a_suspicion_and_is_kept() -> None:
    put(airlines(20))
    put(airlines(5), TUESDAY, "airlines merged")
    assert ReferenceLoad.objects.get(stamp=TUESDAY).forced == "airlines merged"
    assert ReferenceItem.objects.filter(superseded_at=None).count() == 5


def test_a_reason_does_not_overrule_what_is_wrong() -> None:
    put(airlines(20), TUESDAY)
    with pytest.raises(ReferenceFileError):
        put(airlines(21), MONDAY, "meant")


def test_a_dry_run_says_what_would_change_and_changes_nothing() -> None:
    put(airlines(20))
    before = state()
    with connection.cursor() as cursor:
        found = assess(cursor, name(TUESDAY), content(airlines(21)), Environment("Q1", TUESDAY))
    assert found.difference == Difference(added=(airlines(21)[-1],))
    assert state() == before


def test_anything_may_replace_the_samples() -> None:
    with connection.cursor() as cursor:
        load_samples(cursor, MONDAY)
    put(airlines(2), TUESDAY)
    assert ReferenceItem.objects.filter(code_list="AIRLINE", superseded_at=None).count() == 2


def test_changes_follow_the_complete_file() -> None:
    put(airlines(20))
    row = f"QF{'QANTAS':100}{'081':35}20260101        I\r\n".encode()
    with transaction.atomic(), connection.cursor() as cursor:
        take(cursor, name(TUESDAY, "EDCHNG", form="txt"), row, Environment("Q1", TUESDAY))
        loads, facts = last_loads(cursor, [AIRLINES]), load(cursor, [(CodeList.AIRLINE, "081")])
    assert (loads["AIRLINE"].kind, loads["AIRLINE"].entries) == ("change", 21)
    assert [each.code for each in facts.by_alias(CodeList.AIRLINE, "081", date(2026, 1, 1))] == ["QF"]
    assert facts.by_alias(CodeList.AIRLINE, "081", date(2025, 12, 31)) == ()


def test_codes_and_aliases_of_a_batch_take_one_query() -> None:
    with connection.cursor() as cursor:
        load_samples(cursor, MONDAY)
        keys = [
            (CodeList.AIRLINE, "081"),
            (CodeList.PORT, "SYD"),
            (CodeList.PORT, "AUMEL"),
            (CodeList.VESSEL, "9477878"),
        ]
    with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        facts = load(cursor, keys)
    assert len(queries) == 1
    day = date(2026, 11, 23)
    assert [each.code for each in facts.by_alias(CodeList.PORT, "SYD", day)] == ["AUSYD"]
    assert facts.by_alias(CodeList.PORT, "MEL", day)[0].code == "AUMEL"
    assert facts.at(CodeList.PORT, "SYD", day) is None
    assert facts.at(CodeList.VESSEL, "9477878", day) is not None


@WITHIN_ONE_TEST
@given(st.lists(timelines(), min_size=1, max_size=4), st.dates(date(2000, 1, 1), date(2000, 3, 5)), st.data())
def test_what_is_looked_up_is_what_a_slow_search_finds(
    states: list[list[Entry]], day: date, data: st.DataObject
) -> None:
    loads = [entries for entries in states if entries] or [[airline("QF")]]
    with transaction.atomic():
        ReferenceItem.objects.all().delete()
        ReferenceLoad.objects.all().delete()
        for number, entries in enumerate(loads):
            put(entries, MONDAY + timedelta(hours=number), "any")
        known = data.draw(st.integers(-1, len(loads) - 1))
        code = data.draw(st.sampled_from(["A1", "B2", "QF", "5X"]))
        with connection.cursor() as cursor:
            moment = MONDAY + timedelta(hours=known, minutes=30)
            facts = load(cursor, [(CodeList.AIRLINE, code), (CodeList.AIRLINE, "081")], moment)
            whole = load_set(cursor, CodeList.AIRLINE, moment)
    then = loads[known] if known >= 0 else []
    holding = [each for each in then if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)]
    assert whole == then
    assert facts.at(CodeList.AIRLINE, code, day) == next((each for each in holding if each.code == code), None)
    assert {each.code for each in facts.by_alias(CodeList.AIRLINE, "081", day)} == {
        each.code for each in holding if "081" in each.data["aliases"]
    }


@WITHIN_ONE_TEST
@given(timelines(), st.sampled_from(Format))
def test_what_is_published_can_be_loaded_and_is_the_same(entries: list[Entry], form: Format) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        ReferenceItem.objects.all().delete()
        ReferenceLoad.objects.all().delete()
        put(entries or [airline("QF")])
        before = load_set(cursor, CodeList.AIRLINE)
        out = dict(files(cursor, "Q1"))
        (file,) = (each for each in out if each.endswith(form) and each != MANIFEST)
        ReferenceItem.objects.all().delete()
        ReferenceLoad.objects.all().delete()
        take(cursor, file, out[file], Environment("Q1", TUESDAY))
        assert load_set(cursor, CodeList.AIRLINE) == before


def test_a_failure_in_the_middle_leaves_the_set_as_it_was() -> None:
    put(airlines(20))
    before = state()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reference_load ADD CONSTRAINT no_more CHECK (entries < 21)")
    with pytest.raises(Exception, match="no_more"):
        put(airlines(21), TUESDAY)
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_readers_see_a_set_before_or_after_never_between(database_url: str) -> None:
    put(airlines(40))
    old, new = len(airlines(40)), len(airlines(60))
    swapped, seen = Signal(), []

    def read() -> None:
        with psycopg.connect(database_url, autocommit=True) as own, own.cursor() as cursor:
            while not swapped.is_set():
                seen.append(len(load_set(cursor, CodeList.AIRLINE)))
            seen.append(len(load_set(cursor, CodeList.AIRLINE)))

    with ThreadPoolExecutor(2) as readers, psycopg.connect(database_url) as writer:
        watching = [readers.submit(read) for _ in range(2)]
        with writer.cursor() as cursor:
            take(cursor, name(TUESDAY), content(airlines(60)), Environment("Q1", TUESDAY))
            cursor.execute("SELECT pg_sleep(0.1)")
        writer.commit()
        swapped.set()
        for each in watching:
            each.result(10)
    assert set(seen) == {old, new}


@pytest.mark.django_db(transaction=True)
def test_the_same_file_by_two_at_once_is_loaded_once(database_url: str) -> None:
    def one() -> bool:
        with psycopg.connect(database_url) as own, own.cursor() as cursor:
            return take(cursor, name(), content(airlines(30)), Environment("Q1", MONDAY)).repeated

    with ThreadPoolExecutor(2) as both:
        repeated = [each.result(10) for each in [both.submit(one), both.submit(one)]]
    assert sorted(repeated) == [False, True]
    assert (ReferenceItem.objects.count(), ReferenceLoad.objects.count()) == (30, 1)
