"""The status page: what it says of each state, that it names nobody, and that looks are shared."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openics.channels.interactive import standing
from openics.channels.interactive.standing import Channel, Standing, waiting
from openics.exchange.standing import Queue
from web.sample import Sample

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 4, 30, 12, tzinfo=UTC)
SECONDS = {"inbox": 120, "outbox": 300, "evidence chain": 120}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    standing.forget()
    yield
    standing.forget()


def stands(*, reachable: bool = True, takes_mail: bool = True, **ages: int) -> Standing:
    """A standing whose queues wait as long as said, in seconds."""
    queues = tuple(
        Queue(name, int(name in ages), timedelta(seconds=ages.get(name, 0)), timedelta(seconds=most))
        for name, most in SECONDS.items()
    )
    channels = (Channel("mail", NOW, NOW - timedelta(hours=1)), Channel("web", None, None))
    return Standing(NOW, reachable, takes_mail, queues, channels) if reachable else Standing(NOW)


def said(monkeypatch: pytest.MonkeyPatch, found: Standing) -> str:
    monkeypatch.setattr(standing, "look", lambda: found)
    answer = Client().get("/status/")
    assert answer.status_code == 200
    main = answer.content.decode().partition('id="main-content">')[2].partition("<footer")[0]
    spaced = re.sub(r"<[^>]+>", "", re.sub(r"</(?:td|th|p|h\d)>", " ", main))
    return re.sub(r"\s+", " ", unescape(spaced)).strip()


@pytest.mark.parametrize(
    ("found", "heading"),
    [
        (stands(), "The system works"),
        (stands(inbox=120, outbox=300), "The system works"),
        (stands(inbox=121), "Mail is taken, with delays"),
        (stands(outbox=301), "Mail is taken, with delays"),
        (stands(takes_mail=False), "Mail is not taken at the moment No mail gateway is connected."),
        (stands(takes_mail=False, inbox=500), "Mail is not taken at the moment No mail gateway is connected."),
        (stands(reachable=False), "Mail is not taken at the moment The database cannot be reached."),
    ],
)
def test_what_is_said_of_each_state(found: Standing, heading: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, found).startswith(f"System status {heading}")


def test_queues_and_channels_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    page = said(monkeypatch, stands(inbox=45, outbox=400))
    assert "As of 2 Mar 2026 04:30:12." in page
    assert "Received, to be handled 45 seconds As it should be" in page
    assert "Answers, to be sent 6 minutes Too long" in page
    assert "Evidence, to be chained nothing waits As it should be" in page
    assert "Signed e-mail 2 Mar 2026 04:30 2 Mar 2026 03:30" in page
    assert "These pages nothing lately answers go by mail" in page


def test_without_the_database_only_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "What waits" not in said(monkeypatch, stands(reachable=False))


def test_a_database_that_is_away_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("openics.exchange.standing.takes_mail", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    found = standing.look()
    assert (found.reachable, found.well, found.queues) == (False, False, ())


def test_the_page_names_nobody(sample: Sample) -> None:
    page = Client().get("/status/").content.decode()
    assert "Signed e-mail" in page
    clients = {sample.trader.client, sample.stranger.client}
    known = {text for client in clients if client for text in (client.client_id, client.name)} | {
        sample.parked_item.site
    }
    assert len(known) == 5
    assert [text for text in known if text in page] == []


def test_a_look_serves_everybody_for_some_seconds(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 100.0
    monkeypatch.setattr("openics.channels.interactive.standing.time.monotonic", lambda: clock)
    counts = []
    for at in (100.0, 109.9, 110.0):
        clock = at
        with CaptureQueriesContext(connection) as queries:
            Client().get("/status/")
        counts.append(len(queries))
    assert counts == [7, 0, 7]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7199, "119 minutes"),
        (7200, "2 hours"),
    ],
)
def test_how_long_something_waited(seconds: int, words: str) -> None:
    assert waiting(timedelta(seconds=seconds)) == words
