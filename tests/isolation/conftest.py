"""The world of the isolation test, made once for all of its tests."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from isolation import world as worlds
from openics.channels.interactive import outage_board
from openics.channels.sign_in import sessions

COUNT = pytest.StashKey[list[int]]()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    """The rows, in a transaction that is rolled back at the end."""
    patience, settings.DECISION_PATIENCE = settings.DECISION_PATIENCE, 0.0
    # As if all were asked within a few seconds: what is looked up or written every so often would tell requests apart.
    seen_every, sessions.SEEN_EVERY = sessions.SEEN_EVERY, timedelta(hours=1)
    kept_for, outage_board.KEPT_FOR = outage_board.KEPT_FOR, 3600.0
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield worlds.make()
        transaction.set_rollback(True)
    settings.DECISION_PATIENCE = patience
    sessions.SEEN_EVERY, outage_board.KEPT_FOR = seen_every, kept_for


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> list[int]:
    """Takes the number of combinations that a test has gone through."""
    return request.config.stash.setdefault(COUNT, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many combinations of route, method, role and record were tried."""
    counts = config.stash.get(COUNT, [])
    if counts:
        terminalreporter.write_line(f"isolation: {sum(counts)} combinations of route, method, role and record")
