"""Finding the database, and bringing its tables up to date."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from openics.ops import database
from openics.ops.postgres import EmbeddedServer
from openics.ops.settings import settings


@pytest.fixture
def empty(postgres_server: EmbeddedServer) -> Iterator[str]:
    """The address of a database without tables."""
    with psycopg.connect(postgres_server.url, autocommit=True) as server:
        server.execute("CREATE DATABASE fresh")
        yield postgres_server.url.replace("/openics?", "/fresh?")
        server.execute("DROP DATABASE fresh WITH (FORCE)")


def migrate(url: str, times: int = 1) -> list[str]:
    """What `migrate` returns, in a process of its own: Django is set up once for a process."""
    code = f"from openics.ops.database import migrate; print(*[migrate() for _ in range({times})])"
    environment = {**os.environ, "OPENICS_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, env=environment, capture_output=True, text=True
    )
    return done.stdout.split()


def tables(url: str) -> set[str]:
    """The tables of a database."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {name for (name,) in rows}


def test_an_empty_database_is_filled_once(empty: str) -> None:
    assert migrate(empty, times=2) == ["True", "False"]
    made = tables(empty)
    assert {"evidence", "intake", "message", "export_declaration", "person", "schema_state"} <= made
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("INSERT INTO evidence (direction, channel, digest, content) VALUES ('in', 'mail', 'd', 'c')")
        connection.execute("UPDATE schema_state SET digest = 'of an older version'")
    assert migrate(empty) == ["True"]
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT content FROM evidence").fetchall() == [(b"c",)]
        assert connection.execute("SELECT digest FROM schema_state").fetchall() == [(database.migrations_digest(),)]
    assert tables(empty) == made


def test_the_address_that_is_set_is_used(configured: str) -> None:
    assert database.database_url() == configured
    with database.connect("test") as connection:
        assert connection.autocommit
        row = connection.execute("SELECT current_setting('application_name')").fetchone()
    assert row == ("openics-test",)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home that the settings name, without a database address."""
    monkeypatch.setenv("OPENICS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("OPENICS_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


def test_where_nothing_runs_it_is_said_and_nothing_is_made(elsewhere: Path) -> None:
    with pytest.raises(database.NotRunningError) as caught:
        database.database_url()
    assert str(caught.value) == (
        f"no system runs in {elsewhere}: start it with `make run`, or set OPENICS_HOME or OPENICS_DATABASE_URL"
    )
    assert not elsewhere.exists()


def test_the_server_of_the_home_is_found_while_it_runs(elsewhere: Path, postgres_server: EmbeddedServer) -> None:
    elsewhere.symlink_to(postgres_server.home)
    assert database.database_url() == postgres_server.url


def test_a_home_whose_server_is_stopped_runs_nothing(elsewhere: Path) -> None:
    elsewhere.mkdir()
    with pytest.raises(database.NotRunningError, match="no system runs in "):
        database.database_url()
