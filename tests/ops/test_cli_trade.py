"""`openics submit` and `openics explain`, with a worker at work."""

import re
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from exchange.conftest import SITE, interchange
from openics.edifact.reader import read_interchange
from openics.exchange.worker import Worker
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.reading import read_message
from openics.sandbox.story import current_declaration
from ops.conftest import Openics

FIX = (
    "Give a whole EDN, sender reference or message number. "
    "What was refused unread: `openics inbox list --state refused`."
)


@pytest.fixture
def declaration() -> ExportDeclaration:
    """A declaration without fault."""
    return current_declaration("EXPORT-1", datetime.now(UTC))


@pytest.fixture
def lodged(tmp_path: Path, declaration: ExportDeclaration) -> Path:
    """Its interchange in a file."""
    path = tmp_path / "lodged.edi"
    path.write_bytes(interchange(declaration))
    return path


def numbered(output: str) -> str:
    """The output with intake number 1, for numbers go on from test to test."""
    return re.sub(r"^Intake \d+", "Intake 1", output)


def answers(output: str) -> list[object]:
    """The documents of the interchanges that were printed."""
    parts = output.replace("'\n", "'").split("UNA:+.? '")[1:]
    return [read_message(read_interchange(part.strip().encode("latin-1")).messages[0]).document for part in parts]


def test_an_accepted_declaration(openics: Openics, working: Worker, lodged: Path) -> None:
    result = openics("submit", lodged, "--site", SITE)
    assert result.exit_code == 0
    assert numbered(result.output).startswith("Intake 1: done\n")
    syntax, answer = answers(result.output)
    assert syntax is not None
    assert isinstance(answer, ExportDeclarationResponse)
    assert (answer.status_type, answer.sender_reference, answer.error_count) == ("CLEAR", "EXPORT-1", 0)
    assert len(answer.declaration_number or "") == 9


def test_long_segments_are_printed_whole(openics: Openics, working: Worker, tmp_path: Path) -> None:
    path = tmp_path / "late.edi"
    published = current_declaration("LATE", datetime(2020, 1, 1, tzinfo=UTC))
    path.write_bytes(interchange(published.replace(goods_owner="99" * 5 + "9", reporting_party_type="A")))
    result = openics("submit", path, "--site", SITE)
    assert result.exit_code == 0
    (_, answer) = answers(result.output)
    assert isinstance(answer, ExportDeclarationResponse)
    assert answer.status_type == "REJECTED"
    texts = [entry.text or "" for entry in answer.entries]
    assert max(len(line) for line in result.output.splitlines()) > 80
    assert any(text.startswith("INTENDED DATE OF EXPORT 2020-01-15 IS BEFORE TODAY") for text in texts)


def test_a_broken_interchange_is_answered_by_its_place(openics: Openics, working: Worker, lodged: Path) -> None:
    lodged.write_bytes(lodged.read_bytes().replace(b"DTM+129:", b"DTM+999:"))
    result = openics("submit", lodged, "--site", SITE)
    assert result.exit_code == 0
    assert [line for line in result.output.splitlines() if line.startswith("UC")] == [
        "UCI+R1+AAA676Y::AAA676Y+AAA336C+4'",
        "UCM+1+CUSDEC:D:99B:UN+4+18'",
        "UCS+6+18'",
        "UCD+14+2:1'",
    ]
    assert working.connection.execute("SELECT count(*) FROM export_declaration").fetchone() == (0,)


def test_what_is_no_interchange_is_refused(openics: Openics, working: Worker, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customs [sic]")
    result = openics("submit", path, "--site", SITE)
    assert result.exit_code == 1
    assert numbered(result.output).startswith("Intake 1: refused\n")
    assert result.output.endswith("Send one UN/EDIFACT interchange that starts with UNA or UNB\n")


def test_another_sites_interchange_is_refused(openics: Openics, working: Worker, lodged: Path) -> None:
    result = openics("submit", lodged, "--site", "AAR399A")
    assert (result.exit_code, numbered(result.output)) == (
        1,
        "Intake 1: refused\n"
        "UNB names the creator AAA676Y, but it was submitted for AAR399A\n"
        "Submit it for the site that UNB names, or correct UNB\n",
    )
    assert working.connection.execute("SELECT count(*) FROM interchange").fetchone() == (0,)


def test_a_site_that_is_not_registered(
    openics: Openics, working: Worker, tmp_path: Path, declaration: ExportDeclaration
) -> None:
    path = tmp_path / "unknown.edi"
    path.write_bytes(interchange(declaration, site="ZZZ999Z"))
    result = openics("submit", path, "--site", "ZZZ999Z")
    assert (result.exit_code, numbered(result.output)) == (
        1,
        "Intake 1: refused\n"
        "ZZZ999Z is not a registered EDI site\n"
        "Submit it for a registered site; the id has seven characters, like AAA676Y\n",
    )
    assert working.connection.execute("SELECT count(*) FROM interchange").fetchone() == (0,)


def test_without_a_worker_it_waits_and_says_so(openics: Openics, register: psycopg.Connection, lodged: Path) -> None:
    result = openics("submit", lodged, "--site", SITE, "--seconds", "0.1")
    assert (result.exit_code, numbered(result.output)) == (
        1,
        "Intake 1: pending\nIt is stored and waits for a worker; `openics health` says why.\n",
    )


def test_a_clear_declaration_is_explained(openics: Openics, working: Worker, lodged: Path) -> None:
    openics("submit", lodged, "--site", SITE)
    row = working.connection.execute("SELECT edn FROM export_declaration").fetchone()
    assert row is not None
    result = openics("explain", row[0])
    first, *reasons = result.output.splitlines()
    assert result.exit_code == 0
    assert first.startswith(f"Export declaration {row[0]} (EXPORT-1): clear since 20")
    assert reasons[:2] == ["  not withdrawn: met", "  declared without errors: met"]
    assert [line for line in reasons if "; next: " in line] == [
        "  goods reported as exported: not met; next: forwarder or carrier, "
        "who can report the goods on a sub-manifest or main manifest"
    ]


def test_a_rejected_declaration_is_explained_by_its_errors(
    openics: Openics, working: Worker, tmp_path: Path, declaration: ExportDeclaration
) -> None:
    path = tmp_path / "wrong.edi"
    line = declaration.lines[0].replace(ahecc="99999999")
    path.write_bytes(interchange(declaration.replace(lines=(line,), port_of_loading=None)))
    assert openics("submit", path, "--site", SITE).exit_code == 0
    result = openics("explain", "EXPORT-1")
    assert result.exit_code == 0
    assert result.output.splitlines()[1:3] == [
        "  ERROR EX9211 at header: PORT OF LOADING MUST BE THE UN/LOCODE OF AN AUSTRALIAN PORT",
        "  ERROR EX9303 at line 1: AHECC CODE MUST BE SUPPLIED AND BE A CODE OF THE EXPORT CLASSIFICATION",
    ]


def test_nothing_is_known_under_a_reference(openics: Openics, register: psycopg.Connection) -> None:
    result = openics("explain", "[bold]NOBODY")
    assert (result.exit_code, result.output) == (1, f"Nothing is known under [bold]NOBODY.\n{FIX}\n")


@pytest.mark.parametrize("reference", ["", "  "])
def test_nothing_is_not_explained(openics: Openics, connection: psycopg.Connection, reference: str) -> None:
    result = openics("explain", reference)
    assert result.exit_code == 2
    assert "give an EDN, a sender reference or a message number" in result.output


def test_a_long_reference_is_not_repeated_whole(openics: Openics, connection: psycopg.Connection) -> None:
    result = openics("explain", "A" * 5000)
    assert (result.exit_code, result.output) == (1, f"Nothing is known under {'A' * 70}….\n{FIX}\n")
