"""The steps of a journey, for every way it can go."""

from datetime import timedelta

import pytest

from openics.channels.interactive import journey, queries
from openics.channels.interactive.journey import StepState
from openics.exchange.models import Intake, Message, OutboxItem
from openics.information.interest import viewer_of
from web.sample import START, Sample

Shape = list[tuple[str, str, str]]


def shape(steps: list[journey.Step]) -> Shape:
    return [(step.name, step.state.value, step.word) for step in steps]


def received(sample: Sample, message: Message) -> list[journey.Step]:
    answers = queries.answers(viewer_of(sample.trader), message)
    return journey.received_steps(message.interchange.intake, message.interchange, message, answers)


def test_accepted(sample: Sample) -> None:
    steps = received(sample, sample.accepted)
    assert shape(steps) == [
        ("Received", "done", "stored"),
        ("Signature", "done", "proved"),
        ("Syntax", "done", "follows the guide"),
        ("Decided", "done", "accepted"),
        ("Answered", "done", "2 sent"),
        ("Delivered", "done", "taken by the mail server"),
        ("Confirmed", "done", "by the site"),
    ]
    assert [step.at for step in steps] == [
        START - timedelta(milliseconds=400),
        START,
        START,
        START,
        START,
        START + timedelta(seconds=1),
        START + timedelta(seconds=4),
    ]


def test_rejected_and_never_confirmed(sample: Sample) -> None:
    steps = received(sample, sample.rejected)
    assert shape(steps)[3:] == [
        ("Decided", "failed", "rejected"),
        ("Answered", "done", "2 sent"),
        ("Delivered", "done", "taken by the mail server"),
        ("Confirmed", "failed", "not confirmed"),
    ]
    assert steps[3].detail == "1 error"


def test_not_readable(sample: Sample) -> None:
    assert shape(received(sample, sample.invalid))[2:] == [
        ("Syntax", "failed", "not readable"),
        ("Decided", "skipped", "not reached"),
        ("Answered", "done", "1 sent"),
        ("Delivered", "done", "taken by the mail server"),
        ("Confirmed", "skipped", "not asked for"),
    ]


def test_duplicate_interchange(sample: Sample) -> None:
    found = sample.duplicate
    reports = queries.syntax_reports(viewer_of(sample.trader), found)
    assert [report.document["action"] for report in reports] == ["4"]
    steps = journey.received_steps(found.intake, found, None, reports)
    assert shape(steps)[2] == ("Syntax", "failed", "duplicate")
    assert steps[2].detail == "control reference 26030200000001 was used before"


def test_refused_at_the_gateway(sample: Sample) -> None:
    steps = journey.received_steps(sample.refused, None, None, [])
    assert shape(steps)[:3] == [
        ("Received", "done", "stored"),
        ("Signature", "failed", "refused"),
        ("Syntax", "skipped", "not reached"),
    ]
    assert steps[1].detail == "Signature: the content was changed after it was signed"


def test_waiting_in_the_queue() -> None:
    intake = Intake(
        channel="web", sender="AAA676Y clerk@meridian.example", received_at=START, state="pending", checks=[]
    )
    assert shape(journey.received_steps(intake, None, None, [])) == [
        ("Received", "done", "stored"),
        ("Signature", "current", "in the queue"),
        ("Syntax", "pending", ""),
        ("Decided", "pending", ""),
        ("Answered", "pending", ""),
        ("Delivered", "pending", ""),
        ("Confirmed", "pending", ""),
    ]


def test_parked_before_it_was_opened() -> None:
    refusal = {"code": "internal", "text": "the worker died five times on it", "fix": "", "rule": ""}
    intake = Intake(channel="mail", received_at=START, finished_at=START, state="parked", checks=[], refusal=refusal)
    step = journey.received_steps(intake, None, None, [])[1]
    assert (step.state, step.word, step.detail) == (StepState.FAILED, "parked", "the worker died five times on it")


def test_signed_but_not_edifact() -> None:
    checks = [
        {"name": "Signature", "passed": True, "detail": "", "rule": "E4"},
        {"name": "Syntax and guide", "passed": False, "detail": "the attachment holds no interchange", "rule": "E2"},
    ]
    refusal = {"code": "not-edifact", "text": "the attachment holds no interchange", "fix": "", "rule": "E2"}
    intake = Intake(
        channel="mail",
        site="AAA676Y",
        received_at=START,
        finished_at=START,
        state="refused",
        checks=checks,
        refusal=refusal,
    )
    steps = journey.received_steps(intake, None, None, [])
    assert shape(steps)[1:3] == [("Signature", "done", "proved"), ("Syntax", "failed", "not readable")]
    assert steps[2].detail == "the attachment holds no interchange"


@pytest.mark.parametrize(
    ("state", "error", "expected"),
    [
        ("waiting", "", [("current", "waiting"), ("current", "on its way"), ("pending", "")]),
        ("sealed", "", [("done", "sealed"), ("current", "on its way"), ("pending", "")]),
        ("sealed", "connection refused", [("done", "sealed"), ("current", "tried again soon"), ("pending", "")]),
        (
            "delivered",
            "",
            [("done", "sealed"), ("done", "taken by the mail server"), ("current", "waiting for the site")],
        ),
        ("confirmed", "", [("done", "sealed"), ("done", "taken by the mail server"), ("done", "by the site")]),
    ],
)
def test_an_answer_on_its_way(sample: Sample, state: str, error: str, expected: list[tuple[str, str]]) -> None:
    item: OutboxItem = sample.answer.interchange.outbox_item
    item.state, item.error = state, error
    item.sends = int(state in {"delivered", "confirmed"})
    steps = journey.sent_steps(sample.answer, item)
    assert [(step.state.value, step.word) for step in steps] == [("done", "recorded"), *expected]


def test_an_answer_that_could_not_be_sealed(sample: Sample) -> None:
    item: OutboxItem = sample.answer.interchange.outbox_item
    item.state, item.evidence, item.sends, item.error = "parked", None, 0, "the site has no valid certificate"
    steps = journey.sent_steps(sample.answer, item)
    assert [(step.state.value, step.detail) for step in steps[1:3]] == [
        ("failed", "the site has no valid certificate"),
        ("failed", "the site has no valid certificate"),
    ]


def test_an_answer_that_was_read_where_it_was_asked(sample: Sample) -> None:
    assert shape(journey.sent_steps(sample.answer, None)) == [
        ("Made", "done", "recorded"),
        ("Signed and encrypted", "skipped", "not by mail"),
        ("Delivered", "skipped", "not by mail"),
        ("Confirmed", "skipped", "not by mail"),
    ]
