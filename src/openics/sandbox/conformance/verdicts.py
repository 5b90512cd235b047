"""What a check found, and what a step came to (pure)."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check or a step stands."""

    HELD = "held"
    """It is as it should be."""
    OPEN = "open"
    """It cannot be said yet."""
    BROKEN = "broken"
    """It is not as it should be."""
    NOT_SHOWN = "not shown"
    """An optional step that was not taken."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check: what was looked at, how it stands, what was found, and how to mend it where it is broken."""

    check: str
    state: State
    text: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One step, or what holds throughout: its verdicts, and the evidence (SHA-256, hexadecimal) that they rest on."""

    step: str
    title: str
    task: str
    verdicts: tuple[Verdict, ...]
    evidence: tuple[str, ...] = ()
    optional: bool = False

    @property
    def state(self) -> State:
        """Broken as soon as one check is; held when all are."""
        states = {verdict.state for verdict in self.verdicts}
        if State.BROKEN in states:
            return State.BROKEN
        if State.OPEN in states or not states:
            return State.NOT_SHOWN if self.optional and not self.evidence else State.OPEN
        return State.HELD


def held(check: str, text: str) -> Verdict:
    """A check that is as it should be."""
    return Verdict(check, State.HELD, text)


def waiting(check: str, text: str) -> Verdict:
    """A check that cannot be decided yet."""
    return Verdict(check, State.OPEN, text)


def broken(check: str, text: str, fix: str) -> Verdict:
    """A check that is not as it should be."""
    return Verdict(check, State.BROKEN, text, fix)
