"""Each check, as it should be and as it should not."""

from datetime import timedelta
from typing import Any

import pytest

from openics.sandbox.conformance.checks import CONFIRM_WITHIN, confirmed, repeated, throughout, versioned
from openics.sandbox.conformance.facts import Incoming, Outgoing, Repeated
from openics.sandbox.conformance.verdicts import State, Verdict
from sandbox.conformance.traffic import KEY, after, answer, contrl, declaration, mail, traffic

LATE = CONFIRM_WITHIN + timedelta(seconds=1)


def found(*incoming: Incoming, outgoing: tuple[Outgoing, ...] = ()) -> dict[str, Verdict]:
    """What holds throughout, by check; everything but what is asked about must hold."""
    return {verdict.check: verdict for verdict in throughout(traffic(*incoming, outgoing=outgoing))}


def only_broken(verdicts: dict[str, Verdict]) -> Verdict:
    """The one broken verdict among those that hold."""
    (one,) = [verdict for verdict in verdicts.values() if verdict.state is not State.HELD]
    assert one.state is State.BROKEN
    assert one.fix
    return one


SOUND = (mail(1, declaration(1)), mail(2, contrl(2, "C1")))


def test_sound_traffic_holds_throughout() -> None:
    verdicts = found(*SOUND, outgoing=(answer(1, 1),))
    assert {verdict.state for verdict in verdicts.values()} == {State.HELD}
    assert len(verdicts) == 8


@pytest.mark.parametrize(
    ("mails", "check", "text"),
    [
        pytest.param(
            (
                mail(
                    3,
                    refusal={"rule": "E9", "text": "The attachment is named X.", "fix": "Name it Y."},
                    state="refused",
                    control_reference="",
                ),
            ),
            "mail that the gateway takes",
            "intake 3 was refused (rule E9): The attachment is named X.",
            id="refused",
        ),
        pytest.param(
            (mail(3, declaration(3), gateway_key="cd" * 32),),
            "encrypted to the gateway's newest certificate",
            f"intake 3 was encrypted to certificate cdcdcdcdcdcdcdcd, not {KEY[:16]}",
            id="old-key",
        ),
        pytest.param(
            (mail(3, declaration(3), test=False),),
            "test indicator",
            "interchange R3 has it otherwise",
            id="environment",
        ),
        pytest.param(
            (mail(3, declaration(3, state="invalid")),),
            "syntax and layout",
            "interchange R3: EXD CHEESE version 1 does not follow its guide",
            id="layout",
        ),
        pytest.param(
            (mail(3, outcome="rejected", asks_for_contrl=True),),
            "syntax and layout",
            "interchange R3: the interchange as a whole does not follow its guide",
            id="syntax",
        ),
        pytest.param(
            (mail(3, outcome="duplicate", asks_for_contrl=True),),
            "control references",
            "control reference R3 was used before",
            id="duplicate",
        ),
        pytest.param(
            (mail(3, declaration(3), asks_for_contrl=False),),
            "asks for CONTRL",
            "interchange R3 does not ask for a CONTRL, so a lost one is not noticed",
            id="silent",
        ),
        pytest.param(
            (mail(3, contrl(3, "C1"), asks_for_contrl=True),),
            "no CONTRL on CONTRL",
            "interchange R3 holds only CONTRL and asks for one",
            id="asks-on-contrl",
        ),
        pytest.param(
            (mail(3, contrl(3, "C9")),),
            "no CONTRL on CONTRL",
            "intake 3 confirms C9, which holds only CONTRL",
            id="contrl-on-contrl",
        ),
        pytest.param(
            (mail(3, contrl(3, "C8")),),
            "CONTRL names what was sent",
            "intake 3 confirms control reference C8, which was not sent since the run began",
            id="unknown-reference",
        ),
    ],
)
def test_what_is_broken_throughout(mails: tuple[Incoming, ...], check: str, text: str) -> None:
    receipt = answer(9, 1, wants_confirmation=False, confirmed_at=None)
    one = only_broken(found(*SOUND, *mails, outgoing=(answer(1, 1), receipt)))
    assert (one.check, one.text) == (check, text)


@pytest.mark.parametrize(
    ("changes", "state", "text"),
    [
        pytest.param({}, State.HELD, "EXDR under control reference C1 was confirmed after 1.0 s", id="in-time"),
        pytest.param(
            {"delivered_at": after(5)},
            State.HELD,
            "EXDR under control reference C1 was confirmed, before it was sent a second time",
            id="sent-again-since",
        ),
        pytest.param(
            {"confirmed_at": after(1) + LATE},
            State.BROKEN,
            "EXDR under control reference C1 was confirmed after 0:05:01, later than 0:05:00",
            id="late",
        ),
        pytest.param(
            {"confirmed_at": None},
            State.OPEN,
            "EXDR under control reference C1 was delivered and is not confirmed yet",
            id="not-yet",
        ),
        pytest.param(
            {"confirmed_at": None, "delivered_at": None},
            State.OPEN,
            "EXDR under control reference C1 is on its way",
            id="on-its-way",
        ),
        pytest.param(
            {"confirmed_at": None, "delivered_at": after(60) - LATE},
            State.BROKEN,
            "EXDR under control reference C1 was not confirmed within 0:05:00",
            id="never",
        ),
        pytest.param(
            {"sends": 2}, State.BROKEN, "EXDR under control reference C1 had to be sent 2 times", id="sent-again"
        ),
        pytest.param(
            {"objection": "refused by the site's software: 12"},
            State.BROKEN,
            "your software confirmed EXDR under control reference C1 with an objection: refused by the site's software: 12",
            id="objection",
        ),
    ],
)
def test_confirmation_of_an_answer(changes: dict[str, Any], state: State, text: str) -> None:
    (verdict,) = confirmed(traffic(outgoing=(answer(1, 1, **changes),)), declaration(1))
    assert (verdict.state, verdict.text) == (state, text)
    assert bool(verdict.fix) is (state is State.BROKEN)


def test_an_answer_that_customs_owes_is_waited_for() -> None:
    receipt = answer(1, 1, wants_confirmation=False)
    (verdict,) = confirmed(traffic(outgoing=(receipt, answer(2, 7))), declaration(1))
    assert (verdict.state, verdict.text) == (State.OPEN, "customs has not answered EXD CHEESE version 1 yet")


def test_versions_count_up() -> None:
    first = declaration(1)
    (good,) = versioned(declaration(2, version=2), first)
    assert (good.state, good.text) == (State.HELD, "version 2 follows version 1")
    (bad,) = versioned(declaration(2, version=1), first)
    assert (bad.state, bad.text) == (State.BROKEN, "EXD CHEESE version 1 does not follow version 1")
    assert list(versioned(declaration(2, name="STREQ"), first)) == []
    assert list(versioned(declaration(2), None)) == []


def test_what_is_sent_again_is_confirmed_again() -> None:
    again = Repeated(1, "C1", after(30))
    before = mail(2, contrl(2, "C1"), at=after(29))
    late = mail(3, contrl(3, "C1"), at=after(32))
    assert repeated(traffic(before), again).state is State.OPEN
    held = repeated(traffic(before, late), again)
    assert (held.state, held.text) == (State.HELD, "control reference C1 was confirmed again after 2.0 s")
    never = repeated(traffic(before, now=after(30) + LATE), again)
    text = "control reference C1, sent a second time, was not confirmed within 0:05:00"
    assert (never.state, never.text) == (State.BROKEN, text)
