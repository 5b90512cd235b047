"""Each notice once: with several sweepers, with ones that were told already, and with many sites."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection as django_connection
from django.test.utils import CaptureQueriesContext

from exchange.notices.conftest import ONE, OPEN, SWITCH, THREE, TWO, Town, announce, certificate, site
from openics.clients.models import Client
from openics.decision.outcome import Due
from openics.exchange.models import DueDate, Notice, OutboxItem
from openics.exchange.notices import handlers, store
from openics.exchange.notices.store import Addressee, Draft, Occasion
from openics.exchange.notices.texts import Words
from openics.pki.identity import Identity

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2014, 5, 8, tzinfo=UTC)
OCCASION = Occasion("outage", "7", "0", "7-days")


def draft(*sites: str, recipient: str = "it@meridian.example", step: str = "7-days", action: bool = False) -> Draft:
    occasion = Occasion("outage", "7", "0", step)
    return Draft(occasion, Addressee("51824753556", recipient, sites), Words("Subject", "Text"), needs_action=action)


def give(connection: psycopg.Connection, *drafts: Draft, at: datetime = AT) -> int:
    with connection.transaction(), connection.cursor() as cursor:
        return store.give(cursor, drafts, at)


def test_a_notice_is_given_once(town: Town) -> None:
    assert give(town.connection, draft(ONE, TWO)) == 1
    assert give(town.connection, draft(ONE, TWO), at=AT + timedelta(days=1)) == 0
    assert give(town.connection, draft(ONE, TWO, THREE)) == 1
    assert list(Notice.objects.order_by("id").values_list("site", "at")) == [(ONE, AT), (TWO, AT), (THREE, AT)]
    first, second = OutboxItem.objects.order_by("id")
    assert [sorted(item.notices.values_list("site", flat=True)) for item in (first, second)] == [[ONE, TWO], [THREE]]
    assert (first.notice, first.subject, first.site, first.recipient) == ("Text", "Subject", ONE, "it@meridian.example")
    assert (first.state, first.wants_confirmation, first.created_at, first.next_attempt_at) == (
        "waiting",
        False,
        AT,
        AT,
    )


def test_without_an_address_it_is_on_the_web_alone(town: Town) -> None:
    assert give(town.connection, draft(ONE, recipient="")) == 0
    assert Notice.objects.values_list("site", "outbox_item").get() == (ONE, None)
    assert OutboxItem.objects.count() == 0


def test_a_later_notice_takes_the_place_of_those_before_it(town: Town) -> None:
    give(town.connection, draft(ONE, TWO, action=True))
    give(town.connection, draft(ONE, step="1-days", action=True), at=AT + timedelta(days=6))
    assert list(Notice.objects.order_by("id").values_list("step", "site", "settled_at")) == [
        ("7-days", ONE, AT + timedelta(days=6)),
        ("7-days", TWO, None),
        ("1-days", ONE, None),
    ]


def test_two_at_once_give_it_once(town: Town, database_url: str) -> None:
    given: list[int] = []
    barrier = threading.Barrier(2)

    def run() -> None:
        with psycopg.connect(database_url, autocommit=True) as connection:
            barrier.wait()
            given.append(give(connection, *(draft(each) for each in (ONE, TWO, THREE))))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(given) == 3
    assert Notice.objects.count() == OutboxItem.objects.count() == 3


def test_sweepers_that_work_at_once_tell_everybody_once(
    town: Town, database_url: str, gateway_identities: tuple[Identity, Identity]
) -> None:
    announce(town, gateway_identities)
    for name in "abcdef":
        certificate(name, OPEN + timedelta(days=20 + int(name, 16)))
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with psycopg.connect(database_url, autocommit=True) as connection:
                for _ in range(10):
                    with connection.transaction():
                        handlers.start(connection, OPEN)
                    town.sweeper(connection).fire()
        except BaseException as error:
            errors.append(error)

    town.now = OPEN
    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Notice.objects.filter(kind="gateway").count() == 4
    assert Notice.objects.filter(kind="certificate").count() == 1
    assert OutboxItem.objects.count() == 3


def test_two_that_look_at_the_same_due_date_wait_for_each_other(
    town: Town, database_url: str, gateway_identities: tuple[Identity, Identity]
) -> None:
    announce(town, gateway_identities)
    handler = handlers.handlers(town.settings)["notices.gateway"]
    due = Due("notices.gateway", "SYSTEM", "notices", OPEN)
    with psycopg.connect(database_url) as first, psycopg.connect(database_url) as second:
        facts = handler.load(first.cursor(), [due], OPEN)
        second.execute("SET lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            handler.load(second.cursor(), [due], OPEN)
        second.rollback()
        handler.record(first.cursor(), [handler.decide(due, facts, OPEN)])
        first.commit()
        assert handler.load(second.cursor(), [due], OPEN).drafts == []


def test_looking_goes_on_by_itself(town: Town, gateway_identities: tuple[Identity, Identity]) -> None:
    announce(town, gateway_identities)
    town.sweep(OPEN)
    assert dict(DueDate.objects.values_list("kind", "at")) == {
        "notices.gateway": OPEN + timedelta(minutes=1),
        "notices.certificates": OPEN + timedelta(minutes=10),
        "notices.outages": OPEN + timedelta(minutes=1),
    }
    handlers.start(town.connection, SWITCH)
    assert DueDate.objects.get(kind="notices.outages").at == OPEN + timedelta(minutes=1)
    town.sweep(SWITCH - timedelta(seconds=20))
    assert DueDate.objects.get(kind="notices.gateway").at == SWITCH


def test_a_sweeper_leaves_kinds_that_it_does_not_know(town: Town) -> None:
    DueDate.objects.create(kind="later.kind", subject_kind="X", subject_key="1", at=AT)
    town.sweep(AT)
    assert DueDate.objects.filter(kind="later.kind", at=AT).count() == 1


def test_many_sites_take_no_more_statements(town: Town, tmp_path: Path) -> None:
    owner = Client.objects.earliest("id")
    names = [site(f"S{number:06}", owner, f"a{number}@x.example").site_id for number in range(40)]
    counts = []
    for count in (5, 35):
        chosen, names = names[:count], names[count:]
        drafts = [draft(each, recipient=f"{each}@x.example".lower()) for each in chosen]
        with CaptureQueriesContext(django_connection) as queries, django_connection.cursor() as cursor:
            assert store.give(cursor, drafts, AT) == count
        counts.append(len(queries))
    assert counts[0] == counts[1] == 6
