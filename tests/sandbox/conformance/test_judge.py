"""The run as a whole: which message shows which step, what is sent again and when, and what the report says."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.sandbox.conformance.facts import Incoming, Lodged, Outgoing, Repeated, Traffic
from openics.sandbox.conformance.judge import judge, to_repeat
from openics.sandbox.conformance.report import as_bytes, report
from openics.sandbox.conformance.script import EXPORTER, SCRIPTS
from openics.sandbox.conformance.verdicts import State
from sandbox.conformance.traffic import EDN, after, answer, contrl, declaration, mail, traffic

LODGED = declaration(1)
REFUSED = declaration(2, "BUTTER", state="rejected", subject="")
CORRECTED = declaration(3, "BUTTER", subject="AAAAAAAE7")
CHANGED = declaration(4, function="4", version=2)
ASKED = Lodged(5, "STREQ", "STATUS", 1, "13", "accepted", EDN)
WITHDRAWN = declaration(6, function="50", version=3)
STORY = (LODGED, REFUSED, CORRECTED, CHANGED, ASKED, WITHDRAWN)
AGAIN = Repeated(1, "C1", after(7))
SECOND = mail(20, contrl(20, "C1"), at=after(8))


def told(*messages: Lodged, repeated: Sequence[Repeated] = (), extra: Sequence[Incoming] = ()) -> Traffic:
    """Traffic in which each message came alone, was answered, and the answer confirmed."""
    mails = [mail(message.id, message) for message in messages]
    answers = tuple(answer(message.id, message.id) for message in messages)
    return traffic(*mails, *extra, outgoing=answers, repeated=tuple(repeated))


def states(found: Traffic) -> dict[str, str]:
    return {result.step: result.state.value for result in judge(EXPORTER, found).results}


ALL_HELD = {"X1": "not shown", **{f"X{number}": "held" for number in range(2, 9)}, "ALL": "held"}


def test_the_whole_story_conforms() -> None:
    judgement = judge(EXPORTER, told(*STORY, repeated=[AGAIN], extra=[SECOND]))
    assert {result.step: result.state.value for result in judgement.results} == ALL_HELD
    assert (judgement.conforms, judgement.finished, judgement.current) == (True, True, None)


def test_nothing_came() -> None:
    judgement = judge(EXPORTER, traffic())
    assert {result.step: result.state for result in judgement.steps} == {
        "X1": State.NOT_SHOWN,
        **{f"X{number}": State.OPEN for number in range(2, 9)},
    }
    assert judgement.conforms is False
    assert judgement.current is not None
    assert judgement.current.step == "X2"


@pytest.mark.parametrize("missing", range(6))
def test_a_step_that_is_missing_keeps_it_from_conforming(missing: int) -> None:
    rest = [message for number, message in enumerate(STORY) if number != missing]
    assert judge(EXPORTER, told(*rest, repeated=[AGAIN], extra=[SECOND])).conforms is False


def test_what_builds_on_another_document_does_not_count() -> None:
    other = {"subject": "AAAAAAAE7"}
    foreign = [declaration(4, function="4", version=2, **other), declaration(6, function="50", version=3, **other)]
    found = states(told(LODGED, REFUSED, CORRECTED, *foreign))
    assert (found["X5"], found["X8"]) == ("open", "open")


def test_a_correction_under_another_reference_does_not_count() -> None:
    assert states(told(LODGED, REFUSED, declaration(3, "CREAM")))["X4"] == "open"


def test_a_correction_comes_after_what_it_corrects() -> None:
    early = declaration(1, "BUTTER")
    assert states(told(early, REFUSED))["X4"] == "open"


def test_a_registration_is_welcome_but_not_asked_for() -> None:
    registered = Lodged(9, "CLREG", "SUPPLIER", None, "9", "accepted", "")
    assert states(told(registered))["X1"] == "held"


def test_when_customs_sends_again() -> None:
    steps_before = told(LODGED, REFUSED, CORRECTED, CHANGED, ASKED)
    assert to_repeat(EXPORTER, steps_before) == 1
    assert to_repeat(EXPORTER, told(LODGED, REFUSED, CORRECTED, CHANGED)) is None
    repeated = told(LODGED, REFUSED, CORRECTED, CHANGED, ASKED, repeated=[AGAIN])
    assert to_repeat(EXPORTER, repeated) is None
    assert to_repeat(EXPORTER, told(*STORY, repeated=[AGAIN], extra=[SECOND])) is None


def test_a_broken_step_stops_nothing() -> None:
    """What is broken is told, and the next step is asked for."""
    late = (answer(1, 1, sends=3),)
    judgement = judge(EXPORTER, traffic(mail(1, LODGED), outgoing=late))
    assert judgement.steps[1].state is State.BROKEN
    assert judgement.current is not None
    assert judgement.current.step == "X3"


messages = st.builds(
    Lodged,
    st.integers(1, 60),
    st.sampled_from(["EXD", "STREQ", "CLREG", "CONTRL"]),
    st.sampled_from(["CHEESE", "BUTTER"]),
    st.none() | st.integers(1, 3),
    st.sampled_from(["9", "4", "50", ""]),
    st.sampled_from(["accepted", "rejected", "invalid"]),
    st.sampled_from([EDN, "AAAAAAAE7", ""]),
    about=st.sampled_from(["", "C1", "C2"]),
)
whatever = st.builds(
    lambda sent, answered: traffic(
        *[mail(number, message) for number, message in enumerate(sent, 1)],
        outgoing=tuple(Outgoing(n, f"C{n}", ("EXDR",), frozenset({n}), True, None, None) for n in answered),
    ),
    st.lists(messages, max_size=12),
    st.lists(st.integers(1, 12), unique=True, max_size=6),
)


@given(whatever)
def test_whatever_comes_is_judged(found: Traffic) -> None:
    """Nothing that a site sends breaks the judge; a run without every step shown never conforms."""
    judgement = judge(EXPORTER, found)
    assert [result.step for result in judgement.results] == [step.id for step in EXPORTER] + ["ALL"]
    assert judgement.conforms is False  # nobody confirmed anything
    assert json.loads(as_bytes(report("exporter", "", found, judgement)))["conforms"] is False


def test_the_report() -> None:
    found = told(*STORY, repeated=[AGAIN], extra=[SECOND])
    written = report("exporter", "EXAMPLE 1.0", found, judge(EXPORTER, found))
    assert {name: value for name, value in written.items() if name != "steps"} == {
        "form": "openics-conformance-1",
        "site": "AAA676Y",
        "environment": "industry test",
        "software": "EXAMPLE 1.0",
        "script": "exporter",
        "began": "2026-11-23T04:00:00+00:00",
        "ended": "2026-11-23T04:01:00+00:00",
        "judged_by": "OpenICS 0.1.0",
        "conforms": True,
    }
    assert written["steps"][1] == {
        "step": "X2",
        "title": "Lodge an export declaration",
        "state": "held",
        "checks": [
            {"check": "shown", "state": "held", "found": "by EXD CHEESE version 1, which was accepted"},
            {
                "check": "confirmed with CONTRL",
                "state": "held",
                "found": "EXDR under control reference C1 was confirmed after 1.0 s",
            },
        ],
        "evidence": [f"{1:064x}"],
    }
    assert written["steps"][6]["evidence"] == [f"{20:064x}"]


def test_scripts_are_told_apart() -> None:
    """Step ids are unique, and what a step builds on or repeats comes before it."""
    for script in SCRIPTS.values():
        ids = [step.id for step in script]
        assert len(set(ids)) == len(ids)
        for position, step in enumerate(script):
            assert {step.builds_on, step.repeats} - {""} <= set(ids[:position])
