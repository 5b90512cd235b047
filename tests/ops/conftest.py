"""Fixtures of the operator's tools: the test database as `openics` finds it, and a worker that works."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from exchange.conftest import connection, register  # noqa: F401 - fixtures
from openics.exchange.handlers import HANDLERS
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.submission import DirectOpener
from openics.exchange.worker import Worker
from openics.ops.cli import (
    certificate,
    evidence,
    inbox,
    main,
    notice,
    outage,
    outbox,
    reference,
    site,
    system,
    trade,
    user,
    webhook,
)
from openics.ops.cli import register as register_command
from openics.ops.settings import settings

Openics = Callable[..., Result]


@pytest.fixture
def configured(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Make the test database the one that the settings name."""
    monkeypatch.setenv("OPENICS_DATABASE_URL", database_url)
    settings.cache_clear()
    yield database_url
    settings.cache_clear()


@pytest.fixture
def openics(configured: str, monkeypatch: pytest.MonkeyPatch) -> Openics:
    """Runs `openics` in this process, on the test database, with a wide terminal."""
    for module in (
        *(certificate, register_command, site, evidence, inbox, notice, outage, outbox, reference),
        *(system, trade, user, webhook),
    ):
        monkeypatch.setattr(module.console, "_width", 200)
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main.app, [str(argument) for argument in arguments])


@pytest.fixture
def working(register: psycopg.Connection, database_url: str) -> Iterator[Worker]:  # noqa: F811 - a fixture
    """A worker that handles what is submitted, in a thread of its own."""
    opener, stop = DirectOpener(), threading.Event()
    with capture_logs(), psycopg.connect(database_url, autocommit=True) as own:
        pipeline = Pipeline({"web": opener, "file": opener}, HANDLERS, Policy())
        worker = Worker(own, pipeline, lambda: datetime.now(UTC))
        thread = threading.Thread(target=worker.run, args=(stop,))
        thread.start()
        yield worker
        stop.set()
        thread.join()
