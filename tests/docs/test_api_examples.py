"""The examples of the API's page, run as they stand there against a system of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from openics.channels.api.examples import CURL, PYTHON
from openics.sandbox.environment import SITES
from system.conftest import make_system, system  # noqa: F401 - fixtures
from system.instances import System

pytestmark = pytest.mark.xdist_group("system")


@pytest.fixture(scope="module")
def known(system: System) -> dict[str, str]:  # noqa: F811 - a fixture
    """The environment of a shell that has a program's id and secret."""
    made = system.openics("api", "make", "--client", SITES[0].abn, "--name", "Examples", "--json")
    told = json.loads(made.stdout)
    return {"PATH": os.environ["PATH"], "PROGRAM": told["program"], "SECRET": told["secret"]}


def address(system: System) -> str:  # noqa: F811
    """Where the system's pages are."""
    return f"http://localhost:{system.settings['WEB_PORT']}"


def test_the_page_shows_the_examples_as_they_are_run() -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    shown = [CURL.format(address="http://localhost:8080"), PYTHON]
    assert [each in page for each in shown] == [True, True]


def test_the_example_in_python(system: System, known: dict[str, str], tmp_path: Path) -> None:  # noqa: F811
    script = tmp_path / "example.py"
    script.write_text(PYTHON.replace("http://localhost:8080", address(system)))
    told = subprocess.run([sys.executable, script], check=False, capture_output=True, text=True, env=known, timeout=60)
    first, *steps = told.stdout.splitlines()
    assert (told.returncode, told.stderr, first) == (0, "", "EXD TEST-ACCEPT-PYTHON accepted")
    assert any("forwarder or carrier" in step for step in steps)


def test_the_example_with_curl(system: System, known: dict[str, str], tmp_path: Path) -> None:  # noqa: F811
    if shutil.which("curl") is None:
        pytest.skip("there is no curl on this machine")
    text = CURL.format(address=address(system)).replace("python3", sys.executable)
    told = subprocess.run(
        ["bash", "-euc", text], check=False, capture_output=True, text=True, env=known, cwd=tmp_path, timeout=60
    )
    assert (told.returncode, told.stderr) == (0, "")
    found = json.loads(told.stdout)
    assert [(each["name"], each["sender_reference"], each["state"]) for each in found["messages"]] == [
        ("EXD", "TEST-ACCEPT-CURL", "accepted")
    ]
