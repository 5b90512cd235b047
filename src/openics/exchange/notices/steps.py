"""When which notice is due. Pure.

A subject (a certificate of the gateway or of a site, a planned outage) has steps, each at an instant. What counts is the
last step that has come: whoever was not told of it is told, and steps that passed before that are left out. So a system
that was down for a week does not send a week's notices at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from openics.exchange.canberra import days_before, start_of_day
from openics.pki.key_ring import Dated, signer

GATEWAY_REMINDERS: Final = (14, 3)
"""Days before the gateway signs with a new certificate at which the sites are told."""
DONE_FOR: Final = timedelta(days=14)
"""How long after the roll-over a site is still told that it is done."""
LAST_DAY, ENDED = "last-day", "ended"
START, THE_DAY, DONE, ROLLED_BACK = "start", "day", "done", "rolled-back"
MOVED, CALLED_OFF = "moved", "called-off"
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One notice on a subject, and when it is due."""

    name: str
    at: datetime


def days(count: int) -> str:
    """The name of the step so many days before."""
    return f"{count}-days"


def latest(steps: Iterable[Step], now: datetime) -> Step | None:
    """The last step that has come; of several at one instant it is the last one."""
    return max(reversed([step for step in steps if step.at <= now]), key=lambda step: step.at, default=None)


def following(steps: Iterable[Step], now: datetime) -> datetime | None:
    """When the next step comes."""
    return min((step.at for step in steps if step.at > now), default=None)


@dataclass(frozen=True, slots=True)
class RollOver:
    """A certificate of the gateway that takes over from another one; `begins` is when it does."""

    new: Dated
    old: Dated
    begins: datetime

    @property
    def dates(self) -> str:
        """What tells these dates from others of the same certificate."""
        return self.begins.astimezone(UTC).isoformat()

    @property
    def steps(self) -> list[Step]:
        """Its notices: when it may be encrypted to, 14 and 3 days before it signs, on that day, and afterwards."""
        start = Step(START, self.new.encrypt_from)
        others = [
            *(Step(days(count), days_before(self.begins, count)) for count in GATEWAY_REMINDERS),
            Step(THE_DAY, start_of_day(self.begins)),
            Step(DONE, self.begins),
        ]
        known = sorted([start, *(step for step in others if step.at != start.at or step.name == DONE)], key=_instant)
        return [step for step in known if step.at <= self.begins]

    @property
    def told_until(self) -> datetime:
        """From when on nobody is told of it any more."""
        return self.begins + DONE_FOR


def _instant(step: Step) -> tuple[datetime, bool]:
    return step.at, step.name == DONE


def roll_overs(keys: Sequence[Dated], now: datetime) -> list[RollOver]:
    """The roll-overs that are ahead or were lately, the first to begin first."""
    found = []
    for key in keys:
        if not key.dated or key.sign_from is None or signer(keys, key.sign_from) is not key:
            continue
        before = signer(keys, key.sign_from - _MOMENT)
        if before is not None and before is not key:
            found.append(RollOver(key, before, key.sign_from))
    return sorted((each for each in found if now < each.told_until), key=lambda each: each.begins)


def certificate_steps(ends: datetime, reminders: Sequence[int]) -> list[Step]:
    """The notices on a site's certificate: so many days before its end, on its last day in Canberra, and at its end."""
    before = [Step(days(count), days_before(ends, count)) for count in reminders]
    last = Step(LAST_DAY, start_of_day(ends))
    return [*(step for step in before if step.at < last.at), last, Step(ENDED, ends)]


def outage_steps(starts: datetime, notice_days: Sequence[int]) -> list[Step]:
    """The notices on a planned outage: so many days before its start."""
    return sorted((Step(days(count), days_before(starts, count)) for count in notice_days), key=lambda step: step.at)
