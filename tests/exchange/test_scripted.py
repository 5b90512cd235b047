"""Scripted outcomes: the sender reference chooses, in industry test, and the decision is real for all that."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from exchange.conftest import NOW, SITE, counts, declaration, interchange, sent, take
from openics.exchange.handlers import DUE, HANDLERS
from openics.exchange.policy import Policy
from openics.exchange.scripted import HELD_FOR, LATE_BY, TABLE, scripted
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.streq import StatusRequest
from openics.sandbox.story import supplier


@pytest.fixture
def playing(make_worker: Callable[..., Worker]) -> Worker:
    """A worker that plays by the table."""
    return make_worker(scripted(HANDLERS))


def sweep(worker: Worker, after: timedelta) -> int:
    """Look at what is due some time later; returns how many dates had come."""
    return Sweeper(worker.connection, Policy(), DUE, lambda: NOW + after).fire()


def one(worker: Worker, query: str) -> tuple[Any, ...]:
    """A row."""
    row = worker.connection.execute(query.encode()).fetchone()
    assert row is not None
    return row


def answer(worker: Worker) -> Any:
    """The latest document that was sent."""
    return sent(worker)[-1]


def old(reference: str, **changes: object) -> ExportDeclaration:
    """A declaration that the day refuses: its intended export date is past."""
    return declaration(reference, intended_export_date=(NOW - timedelta(days=5)).date(), **changes)


def test_accepted_whatever_the_day_is(playing: Worker) -> None:
    take(playing, interchange(old("OLD-1"), reference="A1"))
    assert (answer(playing).declaration_number, counts(playing)["export_declaration"]) == (None, 0)
    take(playing, interchange(old("TEST-ACCEPT-1"), reference="A2"))
    found = answer(playing)
    assert (found.status_type, {entry.severity for entry in found.entries}) == ("CLEAR", {"ADVICE"})
    assert one(playing, "SELECT sender_reference FROM export_declaration") == ("TEST-ACCEPT-1",)


def test_what_is_wrong_in_itself_is_rejected_all_the_same(playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-ACCEPT-2", goods_type=None)))
    assert (answer(playing).declaration_number, counts(playing)["export_declaration"]) == (None, 0)


def test_rejected(playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-REJECT-1")))
    found = answer(playing)
    assert [(entry.severity, entry.error) for entry in found.entries] == [("ADVICE", "MS5201"), ("ERROR", "TEST01")]
    assert (found.declaration_number, counts(playing)["export_declaration"]) == (None, 0)
    assert one(playing, "SELECT state FROM message WHERE direction = 'in'") == ("rejected",)


def test_held_then_clear(playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-HOLD-1")))
    assert answer(playing).status_type == "HELD"
    status, who = one(
        playing,
        "SELECT status, c ->> 'who' FROM export_declaration, jsonb_array_elements(conditions) c "
        "WHERE c ->> 'name' = 'not held by customs'",
    )
    assert (status, who) == ("HELD", "customs")
    before = len(sent(playing))
    assert sweep(playing, HELD_FOR - timedelta(seconds=1)) == 0
    assert sweep(playing, HELD_FOR) == 1
    assert (answer(playing).status_type, len(sent(playing))) == ("CLEAR", before + 1)
    assert one(playing, "SELECT status FROM export_declaration") == ("CLEAR",)
    events = playing.connection.execute("SELECT data FROM event WHERE code = 'export.declaration.status' ORDER BY id")
    assert [row[0] for row in events] == [{"from": None, "to": "HELD"}, {"from": "HELD", "to": "CLEAR"}]


def test_what_is_withdrawn_meanwhile_is_not_released(playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-HOLD-2"), reference="H1"))
    edn = one(playing, "SELECT edn FROM export_declaration")[0]
    gone = declaration("TEST-HOLD-2", function="50", version=2, declaration_number=edn)
    take(playing, interchange(gone, reference="H2"))
    before = counts(playing)
    assert sweep(playing, HELD_FOR) == 1
    assert one(playing, "SELECT status FROM export_declaration") == ("WITHDRAWN",)
    assert counts(playing) == {**before, "due_date": before["due_date"] - 1}


def test_duplicate(playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-DUPLICATE-1")))
    found = answer(playing)
    assert [entry.error for entry in found.entries] == ["MS5201", "EX9002"]
    text = "SENDER REFERENCE TEST-DUPLICATE-1 IS ALREADY USED FOR EXPORT DECLARATION "
    assert str(found.entries[1].text).startswith(text)
    rules = playing.connection.execute("SELECT f ->> 'rule' FROM message, jsonb_array_elements(findings) f").fetchall()
    assert (rules, counts(playing)["export_declaration"]) == ([("X02",)], 0)


@pytest.mark.parametrize("channel", ["web", "file"])
def test_answered_late(channel: str, playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-LATE-1")), channel=channel)
    assert [document.name for document in sent(playing)] == ["CONTRL"]
    assert one(playing, "SELECT status FROM export_declaration") == ("CLEAR",)
    assert sweep(playing, LATE_BY - timedelta(seconds=1)) == 0
    assert sweep(playing, LATE_BY) == 1
    assert [document.name for document in sent(playing)] == ["CONTRL", "EXDR"]
    assert answer(playing).responded_at == NOW.replace(microsecond=0)
    linked = "SELECT a.name, q.name FROM message a JOIN message q ON a.answers_id = q.id WHERE a.name = 'EXDR'"
    assert one(playing, linked) == ("EXDR", "EXD")
    mailed = one(playing, "SELECT count(*) FROM outbox_item")[0]
    assert mailed == (2 if channel == "web" else 0)
    assert sweep(playing, LATE_BY * 2) == 0


def test_never_answered(playing: Worker) -> None:
    take(playing, interchange(declaration("TEST-SILENT-1"), reference="S1"))
    assert [document.name for document in sent(playing)] == ["CONTRL"]
    edn = one(playing, "SELECT edn FROM export_declaration")[0]
    question = StatusRequest(sender_reference="ASK-1", version=1, function="13", authority_number=edn)
    take(playing, interchange(question, reference="S2"))
    assert (answer(playing).name, sweep(playing, LATE_BY * 10)) == ("STREQR", 0)


@pytest.mark.parametrize("document", [supplier("TEST-SILENT-2"), supplier("TEST-LATE-2")], ids=["silent", "late"])
def test_late_and_silent_are_for_every_message(document: Document, playing: Worker) -> None:
    before = counts(playing)["client"]
    take(playing, interchange(document))
    assert ([each.name for each in sent(playing)], counts(playing)["client"]) == (["CONTRL"], before + 1)


@pytest.mark.parametrize("script", TABLE, ids=lambda script: script.prefix)
def test_production_knows_nothing_of_it(script: Any, make_worker: Callable[..., Worker]) -> None:
    live = make_worker(HANDLERS)
    take(live, interchange(declaration(f"{script.prefix}-9")))
    assert ([each.name for each in sent(live)], answer(live).status_type) == (["CONTRL", "EXDR"], "CLEAR")


def test_even_a_worker_that_plays_leaves_production_alone(make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(scripted(HANDLERS), test=False)
    take(worker, interchange(declaration("TEST-REJECT-1"), test=False))
    assert answer(worker).status_type == "CLEAR"


def test_other_references_are_not_concerned(playing: Worker) -> None:
    take(playing, interchange(declaration("MY-TEST-REJECT"), declaration("TEST")))
    assert counts(playing)["export_declaration"] == 2
    assert SITE == "AAA676Y"
