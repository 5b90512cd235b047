"""A received interchange from bytes to answers: accepted, refused at each layer, repeated, and confirmed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest

from exchange.conftest import NOW, OTHER, SITE, counts, declaration, interchange, sent, state, take
from openics.edifact.reader import read_interchange
from openics.exchange.intake import lane_of
from openics.exchange.submission import submit
from openics.exchange.worker import Worker
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.streq import StatusRequest
from openics.messages.gateway.contrl import MessageReport, SyntaxReport
from openics.messages.gateway.erm import ErrorMessage


def reports(worker: Worker, site: str = SITE) -> list[SyntaxReport]:
    """The CONTRLs sent to a site."""
    return [document for document in sent(worker, site) if isinstance(document, SyntaxReport)]


def responses(worker: Worker, site: str = SITE) -> list[ExportDeclarationResponse]:
    """The EXDRs sent to a site."""
    return [document for document in sent(worker, site) if isinstance(document, ExportDeclarationResponse)]


class TestAccepted:
    """A declaration without fault."""

    def test_is_acknowledged_and_answered_in_this_order(self, worker: Worker) -> None:
        intake = take(worker, interchange(declaration()))
        assert state(worker, intake) == ("done", None)
        report, answer = sent(worker)
        assert isinstance(report, SyntaxReport)
        assert isinstance(answer, ExportDeclarationResponse)
        assert (report.control_reference, report.sender, report.recipient, report.action) == (
            "R1", SITE, "AAA336C", "7",
        )  # fmt: skip
        assert [(each.reference, each.type, each.action) for each in report.messages] == [("1", "CUSDEC", "7")]
        assert (answer.sender_reference, answer.sender_reference_version, answer.status_type) == (
            "EXPORT-1",
            1,
            "CLEAR",
        )
        assert (answer.answered_message, answer.recipient_site, answer.responded_at) == ("EXD", SITE, NOW)

    def test_every_message_is_logged_with_what_it_answers(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        rows = worker.connection.execute(
            "SELECT m.direction, m.name, m.state, m.owner, m.sender_reference, m.version, m.subject_kind, "
            "length(m.subject_key), a.name FROM message m LEFT JOIN message a ON a.id = m.answers_id ORDER BY m.id"
        ).fetchall()
        assert rows == [
            ("in", "EXD", "accepted", "80000000001", "EXPORT-1", 1, "EDN", 9, None),
            ("out", "CONTRL", "sent", "80000000001", "", None, "", 0, "EXD"),
            ("out", "EXDR", "sent", "80000000001", "EXPORT-1", 1, "", 0, "EXD"),
        ]

    def test_what_is_sent_is_numbered_without_gaps_and_dated_in_canberra(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        rows = worker.connection.execute(
            "SELECT content FROM interchange WHERE direction = 'out' ORDER BY id"
        ).fetchall()
        headers = [read_interchange(bytes(content)).header for (content,) in rows]
        assert [(h.control_reference, h.acknowledgement_request, h.test) for h in headers if h] == [
            ("00000000000001", False, True),
            ("00000000000002", True, True),
        ]
        assert {(h.sender, h.owner, h.recipient, h.date, h.time) for h in headers if h} == {
            ("AAA336C", "AAA336C", SITE, "260302", "1230")
        }

    def test_what_is_mailed_is_named_as_published(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        rows = worker.connection.execute(
            "SELECT subject, recipient, state, wants_confirmation FROM outbox_item ORDER BY id"
        ).fetchall()
        assert rows == [
            (f"AAA336C_00000000000001_{SITE}", "edi@aaa676y.example", "waiting", False),
            (f"AAA336C_00000000000002_{SITE}", "edi@aaa676y.example", "waiting", True),
        ]

    def test_what_was_asked_on_the_command_line_is_not_mailed(self, worker: Worker) -> None:
        take(worker, interchange(declaration()), channel="file")
        assert len(sent(worker)) == 2
        assert counts(worker)["outbox_item"] == 0

    def test_without_a_request_there_is_no_receipt(self, worker: Worker) -> None:
        take(worker, interchange(declaration(), acknowledgement_request=False))
        assert [type(document) for document in sent(worker)] == [ExportDeclarationResponse]

    def test_the_result_of_every_rule_is_kept(self, worker: Worker) -> None:
        from openics.decision.rule import CATALOGUE

        take(worker, interchange(declaration()))
        row = worker.connection.execute("SELECT rules FROM message WHERE name = 'EXD'").fetchone()
        assert row is not None
        known = {rule for module, rule in CATALOGUE if module.startswith("openics.exports")}
        found = {result["rule"] for result in row[0]}
        assert found <= known
        assert {"E01", "E03", "E07"} <= found
        assert all(result["broken"] == [] for result in row[0])

    def test_events_and_due_dates_are_written(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        edn = responses(worker)[0].declaration_number
        events = worker.connection.execute("SELECT subject_kind, subject_key, actor, channel, at FROM event").fetchall()
        assert set(events) == {("EDN", edn, "80000000001", "web", NOW)}
        keys = worker.connection.execute("SELECT subject_key FROM due_date").fetchall()
        assert {key for (key,) in keys} == {edn}

    def test_two_declarations_of_one_interchange_are_both_answered(self, worker: Worker) -> None:
        take(worker, interchange(declaration("A"), declaration("B")))
        assert [answer.sender_reference for answer in responses(worker)] == ["A", "B"]
        numbers = [answer.declaration_number for answer in responses(worker)]
        assert None not in numbers
        assert len(set(numbers)) == 2


class TestSyntax:
    """What CONTRL refuses."""

    def test_a_wrong_message_is_named_and_the_others_go_through(self, worker: Worker) -> None:
        content = interchange(declaration("GOOD"), declaration("BAD")).replace(b"MOA+63:5000'", b"MOA+63:5OOO'")
        content = content.replace(b"MOA+63:5OOO'", b"MOA+63:5000'", 1)
        take(worker, content)
        (report,) = reports(worker)
        assert report.action == "7"
        assert [(each.reference, each.action) for each in report.messages] == [("1", "7"), ("2", "4")]
        assert [answer.sender_reference for answer in responses(worker)] == ["GOOD"]
        rows = worker.connection.execute(
            "SELECT state, sender_reference FROM message WHERE direction = 'in' ORDER BY position"
        ).fetchall()
        assert rows == [("accepted", "GOOD"), ("invalid", "BAD")]

    def test_an_unknown_message_is_refused_at_its_header(self, worker: Worker) -> None:
        content = interchange(declaration()).replace(b":::EXD+", b":::XYZ+")
        take(worker, content)
        (report,) = reports(worker)
        assert report.action == "4"
        assert [(each.reference, each.action) for each in report.messages] == [("1", "4")]
        assert counts(worker)["export_declaration"] == 0

    def test_an_answer_of_customs_own_is_not_taken(self, worker: Worker) -> None:
        answer = ExportDeclarationResponse(
            response_reference="1", response_version=1, function="11", sender_reference="X", sender_reference_version=1
        )
        take(worker, interchange(answer))
        (report,) = reports(worker)
        assert report.action == "4"
        (segment,) = report.messages[0].segments
        (element,) = segment.elements
        assert (segment.position, element.error, element.element, element.component) == (2, 14, 2, 4)
        row = worker.connection.execute("SELECT name, state, findings -> 0 ->> 'text' FROM message").fetchone()
        taken = "AIRAAR, AIRIAR, CLREG, EXD, SEAAAR, SEAIAR, STREQ"
        assert row == ("EXDR", "invalid", f"EXDR is not a message that customs takes; it takes {taken}")

    def test_a_broken_count_refuses_the_interchange(self, worker: Worker) -> None:
        take(worker, interchange(declaration()).replace(b"UNZ+1+", b"UNZ+2+"))
        (report,) = reports(worker)
        assert (report.action, report.error, report.service_segment) == ("4", 29, "UNZ")
        assert counts(worker)["export_declaration"] == 0


class TestHeader:
    """What is compared with the register."""

    @pytest.mark.parametrize(
        ("header", "error", "element"),
        [
            ({"recipient": "AAA676Y"}, 7, 4),
            ({"owner": OTHER}, 23, 3),
            ({"owner": "AAA333A"}, 23, 3),
            ({"test": False}, 25, 12),
        ],
    )
    def test_what_does_not_fit_is_refused_with_its_place(
        self, worker: Worker, header: dict[str, object], error: int, element: int
    ) -> None:
        intake = take(worker, interchange(declaration(), **header))
        assert state(worker, intake) == ("done", None)
        (report,) = reports(worker)
        assert (report.action, report.error, report.service_segment, report.element) == ("4", error, "UNB", element)
        assert responses(worker) == []
        assert counts(worker)["export_declaration"] == 0

    def test_a_creator_other_than_the_proved_site_gets_nothing(self, worker: Worker) -> None:
        intake = take(worker, interchange(declaration(), site=OTHER), site=SITE)
        assert state(worker, intake) == ("refused", "site-mismatch")
        assert counts(worker)["interchange"] == 0
        assert sent(worker, OTHER) == []

    def test_what_is_no_edifact_is_refused_and_kept(self, worker: Worker) -> None:
        intake = take(worker, b"Dear customs, please find attached nothing.")
        assert state(worker, intake) == ("refused", "not-edifact")
        assert {name: count for name, count in counts(worker).items() if name not in {"client"}} == dict.fromkeys(
            ("interchange", "message", "outbox_item", "event", "due_date", "export_declaration"), 0
        )


class TestRepeated:
    """The same again."""

    def test_the_same_bytes_change_nothing(self, worker: Worker) -> None:
        first = take(worker, interchange(declaration()))
        before = counts(worker)
        assert take(worker, interchange(declaration())) == first
        assert counts(worker) == before

    def test_a_used_control_reference_is_refused_with_26(self, worker: Worker) -> None:
        take(worker, interchange(declaration("FIRST")))
        before = counts(worker)
        take(worker, interchange(declaration("SECOND")))
        report = reports(worker)[-1]
        assert (report.action, report.error, report.service_segment, report.element) == ("4", 26, "UNB", 6)
        after = counts(worker)
        assert after["export_declaration"] == before["export_declaration"]
        assert after["event"] == before["event"]
        outcomes = worker.connection.execute(
            "SELECT outcome, counted FROM interchange WHERE direction = 'in' ORDER BY id"
        ).fetchall()
        assert outcomes == [("accepted", True), ("duplicate", False)]

    def test_two_with_one_reference_in_one_batch_are_told_apart(self, worker: Worker) -> None:
        from openics.exchange.submission import submit

        for name in ("FIRST", "SECOND"):
            submit(worker.connection, interchange(declaration(name)), site=SITE, channel="web")
        worker.run_once()
        assert [answer.sender_reference for answer in responses(worker)] == ["FIRST"]
        assert [report.error for report in reports(worker)] == [None, 26]

    def test_a_reference_that_is_too_long_uses_none_up(self, worker: Worker) -> None:
        longer, fits = "ABCDEFGHIJKLMNO", "ABCDEFGHIJKLMN"
        intakes = [
            take(worker, interchange(declaration(name), reference=reference))
            for name, reference in (("A", longer), ("B", longer), ("C", fits))
        ]
        assert [state(worker, intake) for intake in intakes] == [("done", None)] * 3
        rows = worker.connection.execute(
            "SELECT outcome, counted FROM interchange WHERE direction = 'in' ORDER BY id"
        ).fetchall()
        assert rows == [("rejected", False), ("rejected", False), ("accepted", True)]

    def test_two_with_one_reference_at_the_same_moment_are_told_apart(
        self, make_worker: Callable[..., Worker], database_url: str
    ) -> None:
        first = make_worker()
        people, start = ("one@trader.example", "two@trader.example"), Barrier(2)
        intakes = [
            submit(first.connection, interchange(declaration(name)), site=SITE, channel="web", person=name)
            for name in people
        ]
        lanes = [lane_of(f"{SITE} {name}") for name in people]
        assert lanes[0] != lanes[1]

        def work(worker: Worker, lane: int) -> None:
            start.wait()
            worker._run_lane(lane)

        with psycopg.connect(database_url, autocommit=True) as connection, ThreadPoolExecutor(2) as threads:
            second = Worker(connection, first.pipeline, first.clock)
            list(threads.map(work, (first, second), lanes))
        assert [state(first, intake) for intake in intakes] == [("done", None)] * 2
        rows = first.connection.execute("SELECT outcome FROM interchange WHERE direction = 'in'").fetchall()
        assert sorted(rows) == [("accepted",), ("duplicate",)]

    def test_another_site_may_use_the_same_reference(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        take(worker, interchange(declaration(), site=OTHER), site=OTHER)
        assert [report.action for report in reports(worker, OTHER)] == ["7"]
        assert len(responses(worker, OTHER)) == 1


class TestDataDictionary:
    """Lengths of the data dictionary, which are shorter than EDIFACT's."""

    def test_a_port_too_short_is_answered_by_an_error_message(self, worker: Worker) -> None:
        take(worker, interchange(declaration()).replace(b"LOC+9+AUMEL", b"LOC+9+AUME"))
        report, error = sent(worker)
        assert isinstance(report, SyntaxReport)
        assert isinstance(error, ErrorMessage)
        assert (report.action, error.error_count, error.business_message, error.application) == ("7", 1, "EXD", "CCF")
        (entry,) = error.entries
        assert (entry.severity, entry.error) == ("CCFERROR", "22")
        assert "4" in (entry.text or "")
        assert error.response_reference == f"CCF_{SITE}_1_EXD_1"
        assert counts(worker)["export_declaration"] == 0


class TestConfirmation:
    """CONTRL from the site."""

    def confirmation(self, action: str = "7", reference: str = "00000000000002") -> SyntaxReport:
        """A CONTRL on something that customs sent."""
        return SyntaxReport(
            control_reference=reference,
            sender="AAA336C",
            owner="AAA336C",
            recipient=SITE,
            action=action,
            messages=(
                MessageReport(
                    reference="000001", type="CUSRES", version="D", release="99B", agency="UN", action=action
                ),
            ),
        )

    def states(self, worker: Worker) -> list[tuple[str, str]]:
        """State and error of everything in the outbox."""
        return worker.connection.execute("SELECT state, error FROM outbox_item ORDER BY id").fetchall()

    def test_it_confirms_what_it_names_and_is_not_answered(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        before = len(sent(worker))
        take(worker, interchange(self.confirmation(), reference="R2", acknowledgement_request=False))
        assert self.states(worker) == [("waiting", ""), ("confirmed", "")]
        assert len(sent(worker)) == before

    def test_it_is_not_answered_even_when_it_asks(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        before = len(sent(worker))
        take(worker, interchange(self.confirmation(), reference="R2", acknowledgement_request=True))
        assert len(sent(worker)) == before

    @pytest.mark.parametrize("header", [{"time": "1231"}, {"reference": "R3", "test": False}])
    def test_it_is_not_answered_even_when_it_is_refused(self, worker: Worker, header: dict[str, object]) -> None:
        take(worker, interchange(declaration()))
        take(worker, interchange(self.confirmation(), reference="R2"))
        before = len(sent(worker))
        intake = take(worker, interchange(self.confirmation(), **{"reference": "R2", **header}))
        row = worker.connection.execute(
            "SELECT outcome, counted FROM interchange WHERE intake_id = %s", (intake,)
        ).fetchone()
        assert row == (("duplicate", False) if "reference" not in header else ("rejected", True))
        assert len(sent(worker)) == before

    def test_a_no_from_the_site_stops_the_sending_and_is_kept(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        take(worker, interchange(self.confirmation(action="4"), reference="R2", acknowledgement_request=False))
        state, error = self.states(worker)[1]
        assert (state, error) == ("parked", "refused by the site's software: no reason given (message 000001)")

    def test_another_site_cannot_confirm(self, worker: Worker) -> None:
        take(worker, interchange(declaration()))
        content = interchange(self.confirmation(), reference="R2", site=OTHER, acknowledgement_request=False)
        take(worker, content, site=OTHER)
        assert self.states(worker) == [("waiting", ""), ("waiting", "")]


def test_an_inactive_owner_is_refused_at_its_place(worker: Worker) -> None:
    worker.connection.execute(
        "UPDATE site SET active = false, owner_id = (SELECT owner_id FROM site WHERE site_id = %s) WHERE site_id = %s",
        (SITE, OTHER),
    )
    take(worker, interchange(declaration(), owner=OTHER))
    (report,) = reports(worker)
    assert (report.action, report.error, report.service_segment, report.element, report.component) == (
        "4", 23, "UNB", 3, 3,
    )  # fmt: skip
    assert counts(worker)["export_declaration"] == 0


def test_a_status_request_sees_a_declaration_of_the_same_batch(worker: Worker) -> None:
    """Documents of one interchange are decided in order, each seeing the ones before."""
    take(worker, interchange(declaration("FIRST"), reference="R1"))
    edn = responses(worker)[0].declaration_number
    withdrawal = declaration("FIRST", function="50", version=2, declaration_number=edn)
    enquiry = StatusRequest(sender_reference="ASK", version=1, function="13", authority_number=edn)
    take(worker, interchange(withdrawal, enquiry, reference="R2"))
    answer = sent(worker)[-1]
    assert (answer.name, getattr(answer, "status_type", None)) == ("STREQR", "WITHDRAWN")


def test_a_message_with_a_broken_envelope_is_refused_alone(worker: Worker) -> None:
    """UNT of the first message counts wrong; the second is decided."""
    content = interchange(declaration("BROKEN"), declaration("GOOD")).replace(b"UNT+27+1'", b"UNT+26+1'")
    take(worker, content)
    (report,) = reports(worker)
    assert report.action == "7"
    assert [(each.reference, each.action, each.error, each.service_segment) for each in report.messages] == [
        ("1", "4", 29, "UNT"),
        ("2", "7", None, None),
    ]
    assert [answer.sender_reference for answer in responses(worker)] == ["GOOD"]
