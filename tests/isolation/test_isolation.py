"""Every route, for everybody, for every record: the exact answer, nothing written, and no telling foreign from missing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from isolation import elsewhere, signing_in, table
from isolation.door import Said
from isolation.route import INSIDE, READ_EXPORTS, Route
from isolation.world import ROLES, World

TABLE = [*table.ROUTES, *signing_in.ROUTES]
NOT_RECORDS = {"disclosure", "django_session", "web_cache", "draft"}
"""Tables that a look may write: the log of looks, sessions, what counts attempts to sign in, and what somebody typed."""
SEEN: dict[str, Any] = {}
"""What had been written before a request; what is undone counts on."""
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
WRITTEN = """
SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def all_routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every route of the system, whichever file declares it."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from all_routes(each.url_patterns)
        else:
            yield each


def test_every_route_is_in_the_table_once_with_its_rule() -> None:
    routes = [
        (route.name, getattr(route.callback, "access", None)) for route in all_routes(get_resolver().url_patterns)
    ]
    tried_here = [(route.name, route.gate) for route in TABLE]
    tried_there = [(name, gate) for _, gate, names in elsewhere.ROUTES for name in names]
    assert Counter(tried_here + tried_there) == Counter(routes)


@pytest.mark.parametrize("path", [path for path, _, _ in elsewhere.ROUTES])
def test_the_tests_of_routes_that_are_tried_elsewhere_are_there(path: str) -> None:
    assert "def test_" in Path("tests", path).read_text()


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody got: how it was said, the page without its token, and the kinds of the statements behind it."""

    said: tuple[int, str]
    body: bytes
    statements: tuple[str, ...]


def written() -> dict[str, Any]:
    """What was written to records since the transaction began, by table."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return {name: counts for name, *counts in cursor.fetchall() if name not in NOT_RECORDS}


def ask(browser: Browser, route: Route, method: str, arguments: tuple[Any, ...], said: Said) -> Answer:
    """Ask, see that nothing is written where nothing is done, and undo what is."""
    address = reverse(route.name, args=arguments)
    browser.cookies.pop("messages", None)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(browser, method)(address, route.data if method == "post" else {}, **route.door.options)
        before, SEEN["writes"] = SEEN["writes"], written()
        if said is not Said.DONE:
            assert (address, method, SEEN["writes"]) == (address, method, before)
        transaction.set_rollback(True)
    statements = tuple(each["sql"].partition(" ")[0] for each in queries)
    status, place = route.door.said(answer)
    body = b"" if answer.streaming else TOKEN.sub(b"", answer.content)
    return Answer((status, place if route.door.expected(said)[1] else ""), body, statements)


def tried(route: Route, method: str, world: World) -> dict[str, tuple[Any, ...]]:
    """The records to try; one is enough where the method itself is refused."""
    rows = dict(route.rows(world))
    answered = route.get if method == "get" else route.post
    return rows if answered is not None else dict(list(rows.items())[:1])


def check_alike(route: Route, method: str, role: str, answers: dict[str, Answer]) -> None:
    """Whatever is not there for somebody is answered alike, byte for byte and after as many statements."""
    for group in (answers.keys() - INSIDE, answers.keys() & INSIDE):
        refused = {each: answers[each] for each in group if route.expected(method, role, each) is Said.MISSING}
        assert (role, method, refused) == (role, method, dict.fromkeys(refused, next(iter(refused.values()), None)))


@pytest.mark.django_db
@pytest.mark.parametrize("route", TABLE, ids=lambda route: route.name)
def test_everybody_gets_the_answer_of_the_table(route: Route, world: World, counted: list[int]) -> None:
    SEEN["writes"] = written()
    for role in ROLES:
        for method in route.methods:
            answers: dict[str, Answer] = {}
            for relation, arguments in tried(route, method, world).items():
                said = route.expected(method, role, relation)
                answers[relation] = found = ask(world.browsers[role], route, method, arguments, said)
                assert (role, method, relation, found.said) == (role, method, relation, route.door.expected(said))
            check_alike(route, method, role, answers)
            counted.append(len(answers))


@pytest.mark.django_db
def test_nobody_reads_in_a_list_what_is_not_theirs(world: World) -> None:
    marks = {"foreign": "GRAIN-7", "exports": "PO-1001", "imports": "IMP-1"}
    addresses = [reverse(name) for name in ("messages", "declarations", "outbox", "sites")]
    found = {}
    for role in table.EVERYBODY - {"officer without purpose"}:
        pages = b"".join(world.browsers[role].get(address).content for address in addresses)
        found[role] = {name for name, mark in marks.items() if mark.encode() in pages}
    readers = {role: {"exports", "imports"} for role in READ_EXPORTS}
    officers = {"officer on duty": set(marks), "exports officer": {"foreign", "exports"}}
    others = {"pay": {"imports"}, "stranger": {"foreign"}, "delegate": {"exports"}, "reading delegate": {"exports"}}
    assert found == {role: set() for role in found} | readers | officers | others


@pytest.mark.django_db
def test_the_guard_sees_a_write_and_a_difference(world: World) -> None:
    before = written()
    with transaction.atomic():
        world.sample.trader.save()
        assert written() != before
        transaction.set_rollback(True)
    route = next(each for each in TABLE if each.name == "message")
    one, other = (Answer((404, ""), body, ("SELECT",)) for body in (b"one", b"other"))
    check_alike(route, "get", "stranger", {"own": one, "missing": one})
    with pytest.raises(AssertionError):
        check_alike(route, "get", "stranger", {"own": one, "missing": other})
