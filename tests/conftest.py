"""Fixtures for all tests: a real PostgreSQL server, started once for a run."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_HOME = tempfile.TemporaryDirectory(prefix="openics-tests-")
os.environ["OPENICS_HOME"] = _HOME.name

from openics.ops.postgres import EmbeddedServer  # noqa: E402 - the home must be set before settings are read


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """An embedded server of this run's own."""
    server = EmbeddedServer(tmp_path_factory.mktemp("postgres"))
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_server: EmbeddedServer) -> None:
    """Point Django at the run's own server."""
    from django.db import connections

    from openics.ops.django_settings import _database

    given = _database(postgres_server.url)
    connections["default"].settings_dict.update({key: given[key] for key in ("NAME", "USER", "HOST", "OPTIONS")})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, postgres_server: EmbeddedServer) -> Iterator[None]:
    """Ours around pytest-django's: a browser that has just gone may leave a request of its own at work in the server."""
    yield
    import psycopg
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(postgres_server.url, autocommit=True) as own:
        own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    _HOME.cleanup()


@pytest.fixture
def database_url(postgres_server: EmbeddedServer, db: None) -> str:
    """Address of the test database, for code that opens connections of its own (use with `transactional_db`)."""
    from django.db import connection

    return postgres_server.url.replace("/openics?", f"/{connection.settings_dict['NAME']}?")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The directory of example interchanges."""
    return Path(__file__).parent / "corpus"
