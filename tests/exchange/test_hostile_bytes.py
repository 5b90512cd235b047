"""Bytes that the database or an answer cannot hold: refused like any other wrong interchange, never parked."""

import pytest

from exchange.conftest import SITE, counts, declaration, interchange, sent, state, take
from openics.exchange.sql import as_json
from openics.exchange.worker import Worker
from openics.messages.gateway.contrl import SyntaxReport

NUL_PLACES = (
    (b"+R1", b"+R\x001"),
    (b"+260302", b"+2\x000302"),
    (b"AAA336C", b"AAA\x006C"),
    (b"::AAA676Y", b"::AAA\x0076Y"),
    (b"UNH+1+", b"UNH+1\x00+"),
    (b"CUSDEC", b"CUS\x00EC"),
    (b":::EXD", b":::E\x00D"),
    (b"EXPORT-1", b"EXP\x00\x00RT-1"),
    (b"UNT+", b"U\x00T+"),
    (b"UNH+1+", b"UNH+1\x01+"),
)


@pytest.mark.parametrize(("good", "bad"), NUL_PLACES)
def test_a_control_character_anywhere_is_refused_by_contrl(worker: Worker, good: bytes, bad: bytes) -> None:
    content = interchange(declaration())
    assert good in content
    intake = take(worker, content.replace(good, bad))
    assert state(worker, intake) == ("done", None)
    (report,) = sent(worker)
    assert isinstance(report, SyntaxReport)
    assert "4" in (report.action, *(message.action for message in report.messages))
    assert counts(worker)["export_declaration"] == 0


def test_bytes_that_are_no_edifact_and_hold_nul_are_refused(worker: Worker) -> None:
    assert state(worker, take(worker, b"UNB\0\0")) == ("refused", "not-edifact")


def test_the_log_shows_where_the_character_was(worker: Worker) -> None:
    take(worker, interchange(declaration()).replace(b"+R1", b"+R\0"))
    rows = worker.connection.execute(
        "SELECT site, control_reference, counted FROM interchange WHERE direction = 'in'"
    ).fetchall()
    assert rows == [(SITE, "R\N{REPLACEMENT CHARACTER}", False)]


def test_json_that_spells_the_escape_is_left_alone() -> None:
    assert as_json(["a\0\0b", "\\u0000", "\\\0"]) == r'["a\ufffd\ufffdb", "\\u0000", "\\\ufffd"]'
