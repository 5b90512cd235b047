"""Responses in plain words, for sites that ask for them, beside the interchange and never instead of it."""

from datetime import UTC, datetime

import psycopg
import pytest

from exchange.conftest import NOW, SITE, declaration, interchange, take
from openics.clients.register_errors import RegisterError
from openics.exchange.care import By
from openics.exchange.delivery_care import set_plain_text
from openics.exchange.outbox import take_waiting
from openics.exchange.plain_text import words
from openics.exchange.worker import Worker

BY = By("duty officer", "console", NOW)
TEXT = "office@trader.example"
CONTRL = """\
Interchange 00000000000001 from AAA336C to AAA676Y
Prepared 2 March 2026, 12:30 by the sender's clock.
No receipt is asked for. It is a test.

CONTRL: Syntax and service report (CONTRL), message 1 of 1, reference 000001
The receiver of an interchange tells its sender whether the syntax and the layout of its messages hold.
  Interchange Control Reference: R1
  Interchange Creator: AAA676Y
  Interchange Owner: AAA676Y
  Recipient Site: AAA336C
  Action: 7 (this level accepted, the next one too unless rejected expressly)
Message 1
    Message Reference: 1
    Message Type: CUSDEC
    Message Version: D
    Message Release: 99B
    Controlling Agency: UN
    Action: 7 (this level accepted, the next one too unless rejected expressly)
"""


def texts(worker: Worker) -> list[tuple[str, str, bool, str]]:
    """Recipient, subject, whether it wants a confirmation, and text of everything in plain words."""
    return worker.connection.execute(
        "SELECT recipient, subject, wants_confirmation, notice FROM outbox_item WHERE is_text ORDER BY id"
    ).fetchall()


def test_nobody_gets_plain_text_who_did_not_ask(worker: Worker) -> None:
    worker.connection.execute("UPDATE site SET text_address = %s", (TEXT,))
    take(worker, interchange(declaration()))
    assert texts(worker) == []


def test_each_response_goes_in_words_to_the_text_address_as_well(worker: Worker) -> None:
    assert set_plain_text(worker.connection, SITE, True, BY, TEXT)
    take(worker, interchange(declaration()))
    first, second = texts(worker)
    assert first == (TEXT, f"AAA336C 00000000000001 {SITE} CONTRL", False, CONTRL)
    assert second[:3] == (TEXT, f"AAA336C 00000000000002 {SITE} EXDR", False)
    assert "\n  Sender Reference: EXPORT-1\n" in second[3]
    rows = worker.connection.execute("SELECT count(*) FROM outbox_item WHERE interchange_id IS NOT NULL").fetchone()
    assert rows == (2,)


def test_the_words_are_those_of_the_interchange_that_is_sent(worker: Worker) -> None:
    set_plain_text(worker.connection, SITE, True, BY, TEXT)
    take(worker, interchange(declaration()))
    contents = worker.connection.execute(
        "SELECT content FROM interchange WHERE direction = 'out' ORDER BY id"
    ).fetchall()
    assert [text for *_, text in texts(worker)] == [words(bytes(content)) for (content,) in contents]


def test_it_waits_with_the_rest_while_the_site_is_paused(worker: Worker) -> None:
    set_plain_text(worker.connection, SITE, True, BY, TEXT)
    take(worker, interchange(declaration()))
    worker.connection.execute("UPDATE site SET active = false")
    with worker.connection.cursor() as cursor:
        assert take_waiting(cursor, 10) == []
        cursor.execute("UPDATE site SET active = true")
        assert len(take_waiting(cursor, 10)) == 4


def test_texts_do_not_use_up_the_notices_of_an_hour(worker: Worker) -> None:
    from openics.exchange import refusals
    from openics.exchange.opening import Received, Refused

    set_plain_text(worker.connection, SITE, True, BY, TEXT)
    for number in range(6):
        take(worker, interchange(declaration(f"EXPORT-{number}"), reference=f"R{number}"))
    assert len(texts(worker)) == 12
    received = Received(7, "mail", b"", "x", datetime(2026, 3, 2, tzinfo=UTC))
    with worker.connection.cursor() as cursor:
        row = refusals.notice(cursor, received, Refused("c", "Text.", "Fix.", notify=SITE), NOW, 10)
    assert row is not None
    assert (row.recipient, row.is_text) == (f"admin@{SITE.lower()}.example", False)


def history(connection: psycopg.Connection) -> list[str]:
    return [code for (code,) in connection.execute("SELECT code FROM event ORDER BY id").fetchall()]


def test_on_and_off_are_each_made_once(register: psycopg.Connection) -> None:
    with pytest.raises(RegisterError) as refused:
        set_plain_text(register, SITE, True, BY)
    assert (refused.value.code, history(register)) == ("no-text-address", [])
    with pytest.raises(RegisterError) as refused:
        set_plain_text(register, SITE, True, BY, "nobody")
    assert (refused.value.code, history(register)) == ("bad-address", [])
    done = [set_plain_text(register, SITE, wanted, BY, TEXT) for wanted in (True, True, False, False)]
    assert done == [True, False, True, False]
    assert history(register) == ["site.plain-text-on", "site.plain-text-off"]
