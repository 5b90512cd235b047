"""The embedded server: closed to others, found again, and gone when it should be."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from openics.ops import postgres
from openics.ops.postgres import EmbeddedServer, PostgresError, server_account


def test_what_is_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "home")
    with psycopg.connect(server.start(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    server.stop()
    assert not server.is_running()
    again = EmbeddedServer(tmp_path / "home")
    with psycopg.connect(again.start()) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("here",)
    again.remove()
    assert not again.state.exists()


def test_starting_twice_uses_the_server_that_runs(postgres_server: EmbeddedServer) -> None:
    before = (postgres_server.data / "postmaster.pid").read_text().splitlines()[0]
    assert EmbeddedServer(postgres_server.home).start() == postgres_server.url
    assert (postgres_server.data / "postmaster.pid").read_text().splitlines()[0] == before


def test_socket_and_data_are_closed_to_others(postgres_server: EmbeddedServer) -> None:
    for path in (postgres_server.state, postgres_server.data, postgres_server.state / "run"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    listening = (postgres_server.data / "postmaster.pid").read_text().splitlines()[5]
    assert listening.strip() == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account to run the server")
def test_as_root_the_server_runs_as_somebody_else(postgres_server: EmbeddedServer) -> None:
    process = int((postgres_server.data / "postmaster.pid").read_text().splitlines()[0])
    assert Path(f"/proc/{process}").stat().st_uid == server_account().uid
    assert postgres_server.data.stat().st_uid == server_account().uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hide a directory from the server's account")
def test_as_root_a_hidden_home_works_and_stays_hidden(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    server = EmbeddedServer(hidden / "home")
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
    server.remove()


def test_a_long_path_gets_a_short_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "LONGEST_SOCKET_DIRECTORY", 10)
    server = EmbeddedServer(tmp_path / "home")
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    directory = Path((server.state / "socket-directory").read_text())
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert EmbeddedServer(tmp_path / "home").url == server.url
    server.remove()
    assert not directory.exists()


def test_a_server_left_by_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    script = (
        "import os; from pathlib import Path; from openics.ops.postgres import EmbeddedServer\n"
        f"EmbeddedServer(Path({str(tmp_path)!r})).start(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script], check=False)
    server = EmbeddedServer(tmp_path)
    assert server.is_running()
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.remove()


def test_broken_data_is_reported_with_the_servers_own_words(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    server.start()
    server.stop()
    (server.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="no_such_setting"):
        server.start()
    server.remove()


def _postmaster(server: EmbeddedServer) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


@pytest.mark.parametrize("victim", ["the server", "one of its processes"])
def test_a_server_that_was_killed_comes_back_with_what_was_committed(tmp_path: Path, victim: str) -> None:
    server = EmbeddedServer(tmp_path)
    with psycopg.connect(server.start(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
        process = _postmaster(server) if victim == "the server" else connection.info.backend_pid
        os.kill(process, signal.SIGKILL)
    with psycopg.connect(server.start(), connect_timeout=10) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("here",)
    server.remove()


def test_a_server_that_recovers_can_be_stopped(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    with psycopg.connect(server.start(), autocommit=True) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
    server.stop()
    assert not server.is_running()
    server.remove()
