"""`openics run`: says where everything is, keeps to itself, ends cleanly, and goes on where it was."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.sandbox.story import current_declaration
from system.conftest import Make
from system.instances import System

pytestmark = [pytest.mark.xdist_group("system"), pytest.mark.timeout(300)]

SITE = "AAA676Y"


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture(scope="module")
def system(make_system: Make, taken: int) -> System:
    """A system that was told to use a port that is taken."""
    found = make_system(SMTP_PORT=str(taken))
    found.start()
    return found


def test_it_says_where_it_is_and_is_ready(system: System) -> None:
    with urlopen(f"{system.web_url}/health", timeout=10) as response:
        assert response.status == 200
        said = json.load(response)
    assert said["status"] == "ready"
    assert [check["well"] for check in said["checks"]] == [True] * len(said["checks"])
    assert system.openics("health").returncode == 0


def test_a_taken_port_is_named_and_passed_over(system: System, taken: int) -> None:
    line = f"Port {taken} is taken: using {system.smtp_port} instead (OPENICS_SMTP_PORT)."
    assert line in system.output.splitlines()
    assert system.smtp_port != taken
    sent = system.site(SITE).send_document(current_declaration("PORT", datetime.now(UTC)))
    assert len(sent.deliveries) == 1


def test_a_second_one_in_the_same_home_is_refused(system: System) -> None:
    refused = system.openics("run")
    assert refused.returncode == 1
    assert system.process is not None
    assert " ".join(refused.stdout.split()) == (
        f"OpenICS runs already in {system.home} (process {system.process.pid}): "
        "use that one, or set OPENICS_HOME to another directory"
    )
    with urlopen(f"{system.web_url}/health", timeout=10) as response:
        assert response.status == 200


def test_it_ends_cleanly_and_goes_on_where_it_was(system: System) -> None:
    exporter = system.site(SITE)
    exporter.send_document(current_declaration("BEFORE", datetime.now(UTC)))
    answer = exporter.answer("EXDR", "BEFORE", 1)
    assert isinstance(answer, ExportDeclarationResponse)
    exporter.send_document(current_declaration("AT-THE-END", datetime.now(UTC)))

    assert system.interrupt() == 0
    assert [process.cmdline() for process in system.processes()] == []
    assert system.output.splitlines()[-2:] == [
        "Stopping…",
        "Stopped. Everything is kept; start again with `make run`.",
    ]

    system.start()
    explained = system.openics("explain", answer.declaration_number or "")
    assert explained.returncode == 0
    assert explained.stdout.splitlines()[0].startswith(
        f"Export declaration {answer.declaration_number} (BEFORE): clear since"
    )
    last = system.site(SITE).answer("EXDR", "AT-THE-END", 1)
    assert isinstance(last, ExportDeclarationResponse)
    assert last.status_type == "CLEAR"
