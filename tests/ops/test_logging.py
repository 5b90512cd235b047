"""Logs: one JSON object a line, identities but never content, whatever fails."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from openics.messages.document import Document, Part
from openics.sandbox.story import current_declaration, supplier
from openics.trader.sending import keep
from openics.trader.transport import post
from system.conftest import make_system, system  # noqa: F401 - fixtures
from system.instances import System, wait_for

FAILING = """
import logging, sys
import structlog
from openics.ops.logging import configure

configure("INFO", "worker")
log = structlog.get_logger()

def refuse(row):
    raise ValueError(f"violates a constraint: failing row contains ({row})")

def handle(row):
    try:
        refuse(row)
    except ValueError as error:
        raise RuntimeError(f"cannot store {row}") from error

def in_three_ways(row):
    try:
        handle(row)
    except RuntimeError as error:
        log.exception("item parked", intake=7)
        log.error("given", exc_info=error)
        logging.getLogger("library").error("request failed", exc_info=sys.exc_info())

in_three_ways("CHEDDAR CHEESE")
log.debug("not shown")
log.error("no error at hand", exc_info=True)
"""
COMMON = {"event", "level", "timestamp", "role"}


def said(process: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The lines of a log."""
    return [json.loads(line) for line in process.stderr.splitlines()]


@pytest.fixture(scope="module")
def failing() -> subprocess.CompletedProcess[str]:
    """A process in which something fails while it holds a trader's data."""
    return subprocess.run([sys.executable, "-c", FAILING], check=True, capture_output=True, text=True)


def test_a_failure_is_named_with_its_place_and_causes(failing: subprocess.CompletedProcess[str]) -> None:
    first = said(failing)[0]
    assert first.keys() == {*COMMON, "intake", "failure", "at"}
    assert (first["event"], first["level"], first["role"], first["intake"]) == ("item parked", "error", "worker", 7)
    assert first["failure"] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert [place.partition(" ")[2] for place in first["at"]] == ["in_three_ways", "handle"]
    assert datetime.fromisoformat(first["timestamp"]).tzinfo is not None


def test_it_is_named_alike_however_it_is_logged(failing: subprocess.CompletedProcess[str]) -> None:
    lines = said(failing)
    assert [line["event"] for line in lines] == ["item parked", "given", "request failed", "no error at hand"]
    assert [line.get("failure") for line in lines] == [lines[0]["failure"]] * 3 + [None]


def test_the_text_of_a_failure_is_left_out(failing: subprocess.CompletedProcess[str]) -> None:
    assert "CHEDDAR" not in failing.stderr
    assert "constraint" not in failing.stderr


@dataclass(frozen=True)
class Logged:
    """What the processes logged about some mails, and the words in these that nobody may read there."""

    lines: dict[str, list[dict[str, Any]]]
    text: str
    secret: set[str]


def words(part: Part) -> set[str]:
    """Every text in a document that tells more than a code does."""
    found = set[str]()
    for field, value in part.present():
        for each in value if field.repeated else (value,):
            if isinstance(each, Part):
                found |= words(each)
            elif isinstance(each, str) and len(each) > 5:
                found.add(each)
    return found


def handled(running: System) -> int:
    """How many mails have been handled."""
    with running.database() as connection:
        row = connection.execute("SELECT count(*) FROM intake WHERE state <> 'pending' AND channel = 'mail'").fetchone()
    return int(row[0]) if row else 0


@pytest.fixture(scope="module")
def logged(system: System) -> Logged:  # noqa: F811 - a fixture
    """Lodge, register, send what breaks rules, and send what cannot be opened."""
    site = system.site("AAA676Y")
    declaration = current_declaration("REFERENCE-OF-THE-TRADER", datetime.now(UTC))
    registration = supplier("SUPPLIER-OF-THE-TRADER")
    rejected = declaration.replace(sender_reference="REJECTED-OF-THE-TRADER", port_of_loading="NOWHE")
    documents: list[Document] = [declaration, registration, rejected]
    for document in documents:
        site.send_document(document)
    sealed = keep(site.home, site.interchange(declaration), datetime.now(UTC))
    mail = (site.home.sent / f"{sealed.key}.eml").read_bytes()
    post(site.home.config, mail[: len(mail) // 2])
    wait_for("four mails are handled", lambda: handled(system) == 4)
    wait_for("the answers are there", lambda: site.collect() or len(site.received) >= 6)
    files = sorted((system.home / "logs").glob("*.log"))
    text = {path.stem: path.read_text() for path in files}
    lines = {name: [json.loads(line) for line in lines.splitlines()] for name, lines in text.items()}
    secret = set().union(*map(words, documents)) - {"AAA676Y"}
    return Logged(lines, "".join(text.values()), secret)


@pytest.mark.xdist_group("system")
def test_accepted_and_refused_mails_leave_no_content_in_the_logs(logged: Logged) -> None:
    assert {"CHEDDAR CHEESE", "LOS ANGELES", "REFERENCE-OF-THE-TRADER", "EXAMPLE CHEESE IMPORTERS LLC"} <= logged.secret
    assert [word for word in logged.secret if re.search(rf"\b{re.escape(word)}\b", logged.text, re.IGNORECASE)] == []
    assert [mark for mark in ("UNB+", "BGM+", "-----BEGIN", "Traceback") if mark in logged.text] == []


@pytest.mark.xdist_group("system")
def test_logs_carry_identities(logged: Logged) -> None:
    assert all(line.keys() >= COMMON for lines in logged.lines.values() for line in lines)
    assert {name: {line["role"] for line in lines} for name, lines in logged.lines.items() if lines} == {
        name: {name.partition("-")[0]} for name, lines in logged.lines.items() if lines
    }
    batches = [line for line in logged.lines["worker-1"] if line["event"] == "batch handled"]
    assert {1, 2, 3, 4} <= {intake for line in batches for intake in line["intakes"]}
    delivered = [line for line in logged.lines["courier"] if line["event"] == "mail delivered"]
    assert {line["site"] for line in delivered} == {"AAA676Y"}


@pytest.mark.xdist_group("system")
def test_the_secret_words_are_looked_for_in_every_log(logged: Logged) -> None:
    assert set(logged.lines) == {"courier", "gateway", "mailbox", "sweeper", "web", "webhooks", "worker-1"}
    assert [name for name in ("courier", "gateway", "worker-1") if not logged.lines[name]] == []
    assert len(logged.secret) >= 12
