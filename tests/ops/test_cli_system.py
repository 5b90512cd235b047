"""`openics health` and `serve`, and what every command says when nothing runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from openics.exchange.intake import accept
from ops.conftest import Openics

COMMANDS = [
    ("explain", "EXPORT-1"),
    ("submit", "FILE", "--site", "AAA676Y"),
    ("inbox", "list"),
    ("inbox", "show", "1"),
    ("inbox", "retry", "1"),
    ("inbox", "release", "1", "--reason", "why"),
    ("evidence", "verify"),
    ("user", "list"),
    ("user", "code", "trader@exports.example"),
]
ROLES = "gateway, worker, courier, sweeper, web, webhooks, mailbox"


def run(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program as an operator would, on a home."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENICS_")}
    environment |= {"OPENICS_HOME": str(home), **settings}
    command = [sys.executable, "-m", "openics.ops.cli.main", *arguments]
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)


def test_health_of_a_system_that_is_well(openics: Openics, connection: psycopg.Connection) -> None:
    result = openics("health")
    assert (result.exit_code, result.output) == (
        0,
        "database         well      reachable\n"
        "inbox            well      nothing waits\n"
        "outbox           well      nothing waits\n"
        "evidence chain   well      nothing waits\n",
    )


def test_health_of_a_system_that_is_not(openics: Openics, connection: psycopg.Connection) -> None:
    accept(connection, channel="mail", content=b"mail", sender="a@b.example", peer="")
    connection.execute("UPDATE intake SET received_at = now() - interval '10 minutes'")
    result = openics("health")
    assert result.exit_code == 1
    assert result.output.splitlines()[1] == "inbox            not well  1 waiting, the oldest for 600 s"


def test_health_as_json(openics: Openics, connection: psycopg.Connection) -> None:
    result = openics("health", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output)[0] == {"name": "database", "well": True, "detail": "reachable"}


def test_health_where_nothing_runs(tmp_path: Path) -> None:
    done = run(tmp_path / "home", "health")
    text = f"cannot be reached: no system runs in {tmp_path / 'home'}: start it with `make run`, or set OPENICS_HOME"
    assert done.returncode == 1
    assert done.stdout == f"database         not well  {text} or OPENICS_DATABASE_URL\n"
    assert done.stderr == ""


def test_health_of_a_database_that_is_away(tmp_path: Path) -> None:
    done = run(tmp_path, "health", "--json", OPENICS_DATABASE_URL="postgresql:///openics?host=/nowhere")
    (finding,) = json.loads(done.stdout)
    assert (done.returncode, finding["name"], finding["well"]) == (1, "database", False)
    assert "/nowhere" in finding["detail"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_that_nothing_runs(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "file.edi"
    file.write_text("UNB+")
    home = tmp_path / "home"
    done = run(home, *(str(file) if word == "FILE" else word for word in command))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"no system runs in {home}: start it with `make run`, or set OPENICS_HOME or OPENICS_DATABASE_URL\n"
    )
    assert not home.exists()


def test_every_command_says_that_the_database_is_away(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "EXPORT-1", OPENICS_DATABASE_URL="postgresql:///openics?host=/nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the database cannot be used: ")
    assert "Traceback" not in done.stderr


def test_an_address_that_is_no_address_of_a_database(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "EXPORT-1", OPENICS_DATABASE_URL="garbage")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("OPENICS_DATABASE_URL is wrong: ")
    assert "Traceback" not in done.stderr


def test_people_of_a_database_that_is_away(tmp_path: Path) -> None:
    done = run(tmp_path, "user", "list", OPENICS_DATABASE_URL="postgresql:///openics?host=/nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the database cannot be used: ")


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run(tmp_path / "file" / "home", "run")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        f"{tmp_path / 'file' / 'home'} cannot be used: Not a directory.\n"
        "State is kept in OPENICS_HOME (.openics if not set): choose a directory that you may write to.\n"
    )


def test_a_role_that_there_is_not(openics: Openics) -> None:
    result = openics("serve", "nosuch")
    assert (result.exit_code, result.output) == (2, f"There is no role nosuch; the roles are {ROLES}.\n")


def test_without_arguments_help_is_printed(openics: Openics) -> None:
    result = openics()
    assert result.exit_code == 2
    for command in (
        "run",
        "demo",
        "health",
        "settings",
        "bench",
        "submit",
        "explain",
        "edi",
        "client",
        "inbox",
        "user",
    ):
        assert f"│ {command} " in result.output
