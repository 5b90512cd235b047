"""From an event to a program: who is told of what, in which order, again until it is taken, and from a cursor once more."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from channels.webhooks.receiver import Receiver, listening
from exchange.conftest import OTHER, SITE, declaration, interchange
from openics.channels.webhooks.sender import Sender
from openics.decision.outcome import Event
from openics.exchange import webhook_care, webhooks
from openics.exchange.care import By
from openics.exchange.recording import EventRow, write_events
from openics.exchange.submission import submit
from openics.exchange.webhook_care import Wanted, WebhookError
from openics.exchange.worker import Worker
from openics.pki.webhook_signature import checked, derived

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
OWN, FOREIGN = "80000000001", "61000000002"
MASTER = b"a master secret"
BY = By("trader@exports.example", "web", NOW)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as found:
        yield found


@pytest.fixture
def run(register: psycopg.Connection, database_url: str, clock: Clock) -> Iterator[Callable[[], int]]:
    """Makes the deliveries that are due, until none is left."""
    sender = Sender(database_url, MASTER, "https://customs.example", private=True, clock=clock)
    with ThreadPoolExecutor(4) as pool:

        def work() -> int:
            count = 0
            while done := sender.run_once(register, pool):
                count += done
            return count

        yield work


def happen(connection: psycopg.Connection, code: str, key: str, kind: str = "SITE") -> int:
    """An event about a site; returns its number."""
    with connection.transaction(), connection.cursor() as cursor:
        write_events(
            cursor, [EventRow(Event(code, kind, key, {"inner": "not told"}), "somebody", "console", None)], NOW
        )
        row = cursor.execute("SELECT max(id) FROM event").fetchone()
    assert row is not None
    return int(row[0])


def hook(
    connection: psycopg.Connection, receiver: Receiver, client: str = OWN, *codes: str, path: str = "/hook"
) -> int:
    return webhook_care.register(connection, Wanted(client, receiver.url(path), codes), BY)


def told(receiver: Receiver) -> list[tuple[str, int]]:
    """What came: about what, and the cursor."""
    bodies = [json.loads(body) for _, _, body in receiver.came]
    return [(body["data"]["subject_key"], body["cursor"]) for body in bodies]


def states(connection: psycopg.Connection) -> list[tuple[str, int, int | None]]:
    rows = connection.execute("SELECT state, attempts, status FROM webhook_delivery ORDER BY event_id").fetchall()
    return [(row[0], row[1], row[2]) for row in rows]


def test_a_delivery_says_what_happened_and_is_signed(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver
) -> None:
    number = hook(register, receiver)
    event = happen(register, "site.paused", SITE)
    assert run() == 1
    ((_, headers, body),) = receiver.came
    assert checked(headers, body, derived(MASTER, number, 1), NOW) == f"event-{event}"
    assert json.loads(body) == {
        "type": "site.paused",
        "timestamp": "2026-03-02T01:30:00+00:00",
        "cursor": event,
        "data": {"subject_kind": "SITE", "subject_key": SITE, "page": f"https://customs.example/sites/{SITE}/"},
    }
    assert states(register) == [("taken", 1, 200)]


def test_a_lodged_declaration_is_told_to_its_reporter_alone(
    register: psycopg.Connection, worker: Worker, run: Callable[[], int], receiver: Receiver
) -> None:
    hook(register, receiver, OWN, path="/own")
    hook(register, receiver, FOREIGN, path="/foreign")
    submit(register, interchange(declaration("EXPORT-1")), site=SITE, channel="file")
    worker.run_once()
    run()
    assert {path for path, _, _ in receiver.came} == {"/own"}
    codes = [json.loads(body)["type"] for _, _, body in receiver.came]
    assert codes[0].startswith("export.declaration")
    edn = register.execute("SELECT edn FROM export_declaration").fetchone()
    assert edn is not None
    assert {key for key, _ in told(receiver)} == {edn[0]}


def test_only_what_was_asked_for(register: psycopg.Connection, run: Callable[[], int], receiver: Receiver) -> None:
    hook(register, receiver, OWN, "certificate.", "site.pa")
    wanted = [happen(register, "site.paused", SITE), happen(register, "certificate.revoked", SITE)]
    happen(register, "site.resumed", SITE)
    run()
    assert [cursor for _, cursor in told(receiver)] == wanted


def test_nothing_is_told_of_what_happened_before_or_to_others(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver
) -> None:
    happen(register, "site.paused", SITE)
    hook(register, receiver)
    happen(register, "site.paused", OTHER)
    happen(register, "site.paused", "ZZZ999Z")
    assert (run(), receiver.came) == (0, [])


def test_an_event_that_was_rolled_back_is_never_told(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver
) -> None:
    hook(register, receiver)
    with register.transaction(force_rollback=True):
        happen(register, "site.paused", SITE)
    assert (run(), receiver.came, states(register)) == (0, [], [])


def test_one_subject_keeps_its_order_and_holds_nobody_else_back(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver, clock: Clock
) -> None:
    own = register.execute("SELECT id FROM client WHERE client_id = %s", (OWN,)).fetchone()
    assert own is not None
    register.execute("UPDATE site SET owner_id = %s WHERE site_id = %s", (own[0], OTHER))
    hook(register, receiver)
    first, second = happen(register, "site.paused", SITE), happen(register, "site.resumed", SITE)
    other = happen(register, "site.paused", OTHER)
    receiver.answers = [503, 503]
    with register.transaction(), register.cursor() as cursor:
        assert [each.event for each in webhooks.take_due(cursor, 10, NOW)] == [first, other]
    clock.now += webhooks.LEASE
    run()
    assert sorted(told(receiver)) == sorted([(SITE, first), (OTHER, other)])
    assert states(register) == [("waiting", 2, 503), ("waiting", 0, None), ("waiting", 2, 503)]
    clock.now += timedelta(seconds=30)
    run()
    assert [cursor for key, cursor in told(receiver) if key == SITE] == [first, first, second]
    assert states(register) == [("taken", 3, 200), ("taken", 1, 200), ("taken", 3, 200)]


def test_when_it_is_tried_again(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver, clock: Clock
) -> None:
    hook(register, receiver)
    happen(register, "site.paused", SITE)
    waits = []
    for _ in range(4):
        receiver.answers = [500]
        run()
        row = register.execute("SELECT next_attempt_at FROM webhook_delivery").fetchone()
        assert row is not None
        waits.append((row[0] - clock.now).total_seconds())
        clock.now = row[0]
    assert waits == [5, 30, 120, 600]


def test_after_three_days_it_is_paused_and_nothing_is_lost(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver, clock: Clock
) -> None:
    number = hook(register, receiver)
    happen(register, "site.paused", SITE)
    receiver.answers = [500] * 40
    while clock.now < NOW + timedelta(days=5):
        run()
        clock.now += timedelta(hours=1)
    row = register.execute("SELECT state, reason FROM webhook WHERE id = %s", (number,)).fetchone()
    assert row == ("paused", "Nothing was taken for 3 days")
    receiver.answers, receiver.came = [], []
    later = happen(register, "site.resumed", SITE)
    assert run() == 0
    assert webhook_care.resume(register, number, By("somebody", "web", clock.now)) is True
    run()
    assert [cursor for _, cursor in told(receiver)] == [later - 1, later]
    assert register.execute("SELECT state, failing_since FROM webhook").fetchone() == ("active", None)


def test_a_receiver_that_wants_no_more_is_asked_no_more(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver
) -> None:
    hook(register, receiver)
    happen(register, "site.paused", SITE)
    receiver.answers = [410]
    run()
    row = register.execute("SELECT state, reason FROM webhook").fetchone()
    assert row == ("paused", "The receiver said that it wants no more (410)")


def test_a_crash_leaves_the_delivery_to_the_next_sender(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver, clock: Clock
) -> None:
    hook(register, receiver)
    event = happen(register, "site.paused", SITE)
    with register.transaction(), register.cursor() as cursor:
        assert len(webhooks.take_due(cursor, 10, clock.now)) == 1  # and the sender dies
    assert run() == 0
    clock.now += webhooks.LEASE
    assert run() == 1
    assert told(receiver) == [(SITE, event)]


def test_two_senders_never_make_the_same_delivery(
    register: psycopg.Connection, receiver: Receiver, database_url: str
) -> None:
    hook(register, receiver)
    happen(register, "site.paused", SITE)
    with psycopg.connect(database_url) as second, register.transaction(), register.cursor() as first:
        assert len(webhooks.take_due(first, 10, NOW)) == 1
        with second.cursor() as cursor:
            assert webhooks.take_due(cursor, 10, NOW) == []


def test_replay_from_a_cursor(register: psycopg.Connection, run: Callable[[], int], receiver: Receiver) -> None:
    before = happen(register, "site.paused", SITE)
    number = hook(register, receiver)
    first, second = happen(register, "site.resumed", SITE), happen(register, "site.paused", SITE)
    happen(register, "site.paused", OTHER)
    run()
    receiver.came = []
    assert webhook_care.replay(register, number, first, BY) == 1
    run()
    assert told(receiver) == [(SITE, second)]
    receiver.came = []
    assert webhook_care.replay(register, number, 0, BY) == 3
    run()
    assert [cursor for _, cursor in told(receiver)] == [before, first, second]


def test_a_new_secret_and_the_one_before(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver, clock: Clock
) -> None:
    number = hook(register, receiver)
    assert webhook_care.renew_secret(register, number, BY) == 2
    happen(register, "site.paused", SITE)
    run()
    ((_, headers, body),) = receiver.came
    for generation in (1, 2):
        assert checked(headers, body, derived(MASTER, number, generation), NOW)
    clock.now += timedelta(days=1)
    happen(register, "site.resumed", SITE)
    run()
    _, headers, _ = receiver.came[-1]
    assert len(headers["webhook-signature"].split(" ")) == 1


def test_an_ended_webhook_is_told_nothing(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver
) -> None:
    number = hook(register, receiver)
    happen(register, "site.paused", SITE)
    webhook_care.end(register, number, BY)
    happen(register, "site.resumed", SITE)
    assert (run(), receiver.came, states(register)) == (0, [], [])
    with pytest.raises(WebhookError):
        webhook_care.renew_secret(register, number, BY)


def test_a_client_has_ten_at_most(register: psycopg.Connection, receiver: Receiver) -> None:
    numbers = [hook(register, receiver) for _ in range(10)]
    with pytest.raises(WebhookError) as raised:
        hook(register, receiver)
    assert raised.value.text == f"{OWN} has 10 webhooks already."
    assert register.execute("SELECT count(*) FROM webhook").fetchone() == (10,)
    webhook_care.end(register, numbers[0], BY)
    hook(register, receiver)
    with pytest.raises(WebhookError):
        hook(register, receiver, "11111111111")


def test_changes_are_events_of_its_history(register: psycopg.Connection, receiver: Receiver) -> None:
    number = hook(register, receiver)
    assert webhook_care.pause(register, number, "Maintenance", BY) is True
    assert webhook_care.pause(register, number, "Again", BY) is False
    assert webhook_care.resume(register, number, BY) is True
    assert webhook_care.resume(register, number, BY) is False
    rows = register.execute(
        "SELECT code, actor, channel FROM event WHERE subject_kind = 'WEBHOOK' AND subject_key = %s ORDER BY id",
        (str(number),),
    ).fetchall()
    assert rows == [
        (code, "trader@exports.example", "web") for code in ("webhook.registered", "webhook.paused", "webhook.resumed")
    ]


def test_old_deliveries_are_cleared_away(
    register: psycopg.Connection, run: Callable[[], int], receiver: Receiver
) -> None:
    hook(register, receiver)
    happen(register, "site.paused", SITE)
    run()
    assert webhooks.clear_old(register, NOW + webhooks.KEPT) == 0
    assert webhooks.clear_old(register, NOW + webhooks.KEPT + timedelta(seconds=1)) == 1
    assert states(register) == []


def test_health(register: psycopg.Connection, run: Callable[[], int], receiver: Receiver) -> None:
    number, idle = hook(register, receiver), hook(register, receiver, FOREIGN)
    first = happen(register, "site.paused", SITE)
    run()
    happen(register, "site.resumed", SITE)
    with register.cursor() as cursor:
        found = webhooks.health(cursor, [number, idle], NOW)
    assert found[number] == {"waiting": 1, "oldest": NOW, "taken_in_a_day": 1, "last_taken": NOW, "cursor": first}
    assert found[idle] == {"waiting": 0, "oldest": None, "taken_in_a_day": 0, "last_taken": None, "cursor": 0}
