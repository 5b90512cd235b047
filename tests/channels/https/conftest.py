"""Fixtures of the HTTPS channel: a running web server and a trader's home that is registered there."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from pytest_django import Settings
from structlog.testing import capture_logs

from channels.https.offices import Office, opened, pipeline, serving
from openics.exchange.worker import Worker
from openics.reference.loader import load_samples
from openics.trader.home import TraderHome
from trader.world import GATEWAY, World


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The keys of both sides, valid now."""
    return World(tmp_path_factory.mktemp("world"), datetime.now(UTC))


@pytest.fixture
def home(world: World, tmp_path: Path) -> TraderHome:
    """A complete home, with no mail server behind its SMTP port."""
    shutil.copytree(world.template.directory, tmp_path / "home")
    return TraderHome.open(tmp_path / "home").changed(smtp_port=9)


@pytest.fixture
def office(database_url: str, world: World, home: TraderHome, tmp_path: Path, settings: Settings) -> Iterator[Office]:
    """The gateway with its web server running, and the trader's site registered."""
    keys, trust = opened(tmp_path / "pki", world)
    settings.GATEWAY_DIRECTORY, settings.TRUST_DIRECTORY = tmp_path / "pki" / "gateway", tmp_path / "pki" / "trust"
    settings.GATEWAY_ADDRESS = GATEWAY
    with capture_logs(), psycopg.connect(database_url, autocommit=True) as connection, serving() as url:
        with connection.transaction(), connection.cursor() as cursor:
            load_samples(cursor, datetime(2026, 1, 1, tzinfo=UTC))
        made = Office(database_url, connection, world, keys, Worker(connection, pipeline(keys, trust)), url)
        made.register(home, trust)
        yield made


@pytest.fixture
def client(office: Office, home: TraderHome) -> TraderHome:
    """The trader's home, whose interchanges go to the running web server."""
    return home.changed(gateway_url=office.url)
