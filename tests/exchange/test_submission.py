"""Submissions from the web and the command line, and what is said about them."""

import psycopg
import pytest

from exchange.conftest import NOW, OTHER, SITE, counts, declaration, interchange, state, take
from openics.exchange.explain import explain
from openics.exchange.policy import Policy
from openics.exchange.submission import progress, submit, submit_document, wait
from openics.exchange.worker import Worker


def test_a_document_from_the_web_is_lodged_under_a_reference_of_its_own(worker: Worker) -> None:
    intakes = [
        submit_document(
            worker.connection,
            declaration(name),
            site=SITE,
            channel="web",
            person="a@b.example",
            policy=Policy(),
            now=NOW,
        )
        for name in ("A", "B")
    ]
    worker.run_once()
    rows = worker.connection.execute(
        "SELECT control_reference FROM interchange WHERE direction = 'in' ORDER BY id"
    ).fetchall()
    references = [reference for (reference,) in rows]
    assert len(set(references)) == 2
    assert all(len(reference) == 14 and reference.startswith("W") for reference in references)
    found = [progress(worker.connection, intake) for intake in intakes]
    assert [(each.state, each.finished, len(each.messages), each.refusal) for each in found] == [
        ("done", True, 1, None)
    ] * 2


def test_waiting_ends_when_nobody_works(register: psycopg.Connection) -> None:
    intake = submit(register, interchange(declaration()), site=SITE, channel="file")
    found = wait(register, intake, seconds=0.2)
    assert (found.state, found.finished, found.messages) == ("pending", False, ())


def test_an_unknown_intake_is_said_to_be_unknown(register: psycopg.Connection) -> None:
    with pytest.raises(LookupError, match="there is no intake 424242"):
        progress(register, 424242)


def test_a_declaration_is_explained_by_number_and_by_reference(worker: Worker) -> None:
    take(worker, interchange(declaration("MINE")))
    row = worker.connection.execute("SELECT edn FROM export_declaration").fetchone()
    assert row is not None
    by_number, by_reference = explain(worker.connection, row[0]), explain(worker.connection, "MINE")
    assert by_number[0] == by_reference[0]
    first = by_number[0]
    assert (first.title, first.status) == (f"Export declaration {row[0]} (MINE)", "CLEAR")
    assert {"name", "state", "since", "who", "action"} <= set(first.reasons[0])


def test_a_refused_message_is_explained_by_its_errors(worker: Worker) -> None:
    take(worker, interchange(declaration("LATE", intended_export_date=NOW.date().replace(year=2003))))
    (found,) = explain(worker.connection, "LATE")
    assert (found.status, found.title.partition(": ")[2]) == ("rejected", "EXD LATE version 1")
    assert any("2003" in reason["text"] for reason in found.reasons)
    assert explain(worker.connection, str(found.message)) == [found]


def test_nothing_is_known_under_an_unknown_reference(register: psycopg.Connection) -> None:
    assert explain(register, "NOBODY") == []


def test_what_was_submitted_for_the_wrong_site_is_taken_for_the_right_one(worker: Worker) -> None:
    content = interchange(declaration())
    refused = take(worker, content, site=OTHER)
    assert state(worker, refused) == ("refused", "site-mismatch")
    again = take(worker, content)
    assert (again, state(worker, again)) == (refused, ("done", None))
    assert counts(worker)["export_declaration"] == 1
    assert take(worker, content, site=OTHER) == refused
    rows = worker.connection.execute("SELECT state, sender, site, redeliveries FROM intake").fetchall()
    assert rows == [("done", SITE, SITE, 2)]


def test_a_refused_mail_is_not_looked_at_anew(register: psycopg.Connection) -> None:
    intake = submit(register, b"mail", site=SITE, channel="mail")
    register.execute("UPDATE intake SET state = 'refused' WHERE id = %s", (intake,))
    assert submit(register, b"mail", site=SITE, channel="mail") == intake
    assert register.execute("SELECT state, redeliveries FROM intake").fetchall() == [("refused", 1)]


def test_an_inactive_site_submits_nothing(worker: Worker) -> None:
    worker.connection.execute("UPDATE site SET active = false WHERE site_id = %s", (SITE,))
    before = counts(worker)
    assert state(worker, take(worker, interchange(declaration()))) == ("refused", "inactive-site")
    assert counts(worker) == {**before, "event": before["event"] + 1}
