"""Puts a run together: which steps were shown, by what, and how it all stands (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openics.sandbox.conformance import checks
from openics.sandbox.conformance.facts import Incoming, Lodged, Traffic
from openics.sandbox.conformance.script import Shown, Step
from openics.sandbox.conformance.verdicts import Result, State, Verdict, held, waiting

THROUGHOUT = "ALL"
"""The id of what holds of everything that came."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a run stands: a result for each step, and one for what holds throughout."""

    steps: tuple[Result, ...]
    throughout: Result

    @property
    def results(self) -> tuple[Result, ...]:
        """All of them, the steps first."""
        return (*self.steps, self.throughout)

    @property
    def current(self) -> Result | None:
        """The first step that is still to be decided."""
        return next((result for result in self.steps if result.state is State.OPEN), None)

    @property
    def finished(self) -> bool:
        """Whether every step is decided."""
        return self.current is None

    @property
    def conforms(self) -> bool:
        """Whether everything that must be shown was shown and held."""
        return all(result.state in {State.HELD, State.NOT_SHOWN} for result in self.results)


def judge(script: Sequence[Step], traffic: Traffic) -> Judgement:
    """How the run stands by what is known now."""
    shown: dict[str, tuple[Incoming, Lodged]] = {}
    results = []
    for step in script:
        if (found := step.find(traffic, shown)) is not None:
            shown[step.id] = found
        results.append(_repeat(step, traffic) if step.repeats else _result(step, traffic, shown))
    evidence = tuple(mail.digest for mail in traffic.incoming)
    return Judgement(
        tuple(results),
        Result(THROUGHOUT, "Throughout the run", "", checks.throughout(traffic), evidence),
    )


def to_repeat(script: Sequence[Step], traffic: Traffic) -> int | None:
    """The outbox item that customs should send a second time now, if a step asks for it and everything before is decided."""
    judgement = judge(script, traffic)
    for step, result in zip(script, judgement.steps, strict=True):
        if result.state is not State.OPEN:
            continue
        if not step.repeats or traffic.repeated:
            return None
        return _answer_of(script, traffic, step.repeats)
    return None


def _answer_of(script: Sequence[Step], traffic: Traffic, shown_by: str) -> int | None:
    step = next(each for each in script if each.id == shown_by)
    found = step.find(traffic, {})
    answers = traffic.answers_to(found[1]) if found else ()
    return next((item.item for item in answers if item.confirmed_at is not None), None)


def _repeat(step: Step, traffic: Traffic) -> Result:
    verdicts = tuple(checks.repeated(traffic, each) for each in traffic.repeated)
    open_yet = (waiting("sent again", "customs sends it again when the steps before are done"),)
    evidence = _confirming(traffic) if traffic.repeated else ()
    return Result(step.id, step.title, step.task, verdicts or open_yet, evidence)


def _confirming(traffic: Traffic) -> tuple[str, ...]:
    again = {each.control_reference: each.at for each in traffic.repeated}
    return tuple(
        mail.digest
        for mail, contrl in traffic.confirmations()
        if contrl.about in again and mail.at > again[contrl.about]
    )


def _result(step: Step, traffic: Traffic, shown: Shown) -> Result:
    if step.id not in shown:
        verdicts: tuple[Verdict, ...] = (waiting("shown", "nothing that came shows it yet"),)
        return Result(step.id, step.title, step.task, verdicts, optional=step.optional)
    mail, message = shown[step.id]
    return Result(
        step.id,
        step.title,
        step.task,
        tuple(_verdicts(step, traffic, message, shown)),
        (mail.digest,),
        step.optional,
    )


def _verdicts(step: Step, traffic: Traffic, message: Lodged, shown: Shown) -> Iterator[Verdict]:
    yield held("shown", f"by {message.words}, which was {message.state}")
    before = shown.get(step.builds_on)
    if before is not None and before[1].state == "accepted":
        yield from checks.versioned(message, before[1])
    yield from checks.confirmed(traffic, message)
