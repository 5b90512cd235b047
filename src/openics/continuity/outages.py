"""Planned outages: what may be announced and changed, how one stands, and what it holds up. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from openics.clients.register_errors import RegisterError, checked_reason
from openics.continuity.codes import Concern, Phase

NOTICE_DAYS: Final = (7, 1)
"""Days before an outage at which the sites are written to, unless said otherwise."""
MOST_NOTICE_DAYS: Final = 90
LONGEST: Final = timedelta(days=7)
"""A planned outage is not longer: what was lodged on its first day would wait for its end."""
LONGEST_WORDS: Final = 500
CHANNELS: Final[dict[Concern, tuple[str, ...]]] = {
    Concern.GATEWAY: ("mail",),
    Concern.WEB: ("web",),
    Concern.API: ("api",),
    Concern.EVERYTHING: ("mail", "web", "api", "file"),
}
"""Channels whose items are kept, and not handled, while the outage lasts."""
_NAMES: Final = {
    Concern.GATEWAY: "the mail gateway",
    Concern.WEB: "these web pages",
    Concern.API: "the HTTPS interface",
    Concern.EVERYTHING: "the whole system",
}
_FIX_TIMES: Final = "Give its start and its end, the end after the start and after now, at most seven days apart."


@dataclass(frozen=True, slots=True)
class Outage:
    """A planned outage; `sequence` counts how often it was changed."""

    number: int
    starts_at: datetime
    ends_at: datetime
    concerns: tuple[Concern, ...]
    words: str
    notice_days: tuple[int, ...]
    announced_at: datetime
    sequence: int = 0
    cancelled_at: datetime | None = None
    cancel_reason: str = ""

    def phase(self, now: datetime) -> Phase:
        """How it stands at an instant."""
        if self.cancelled_at is not None:
            return Phase.CALLED_OFF
        if now < self.starts_at:
            return Phase.AHEAD
        return Phase.UNDER_WAY if now < self.ends_at else Phase.OVER

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that it holds up."""
        return tuple(dict.fromkeys(channel for concern in self.concerns for channel in CHANNELS[concern]))

    @property
    def name(self) -> str:
        """What it is of, in words."""
        return concerned(self.concerns)

    @property
    def meaning(self) -> str:
        """What it means for who lodges."""
        return (
            "What you lodge meanwhile is stored and not lost. It is handled and answered when the outage is over. "
            "Do not send the same again."
        )


def concerned(concerns: Sequence[Concern]) -> str:
    """What an outage is of: `the mail gateway and the HTTPS interface`."""
    names = [_NAMES[Concern.EVERYTHING]] if Concern.EVERYTHING in concerns else [_NAMES[each] for each in concerns]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def place(number: int) -> str:
    """How a refusal names an outage."""
    return f"outage {number}" if number else "outage"


def checked(wanted: Outage, now: datetime) -> Outage:
    """The outage, if it may be announced at `now`; its words without blanks around them."""
    if not wanted.starts_at < wanted.ends_at or wanted.ends_at <= now or wanted.ends_at - wanted.starts_at > LONGEST:
        raise RegisterError("bad-times", place(wanted.number), "It would not end as it should.", _FIX_TIMES)
    words = " ".join(wanted.words.split())
    if not 0 < len(words) <= LONGEST_WORDS or not words.isprintable():
        fix = f"Say in at most {LONGEST_WORDS} printable characters what is done and what it means."
        raise RegisterError("bad-words", place(wanted.number), "Its words cannot be shown.", fix)
    if not wanted.concerns:
        raise RegisterError("no-concern", place(wanted.number), "It is of nothing.", "Say what it concerns.")
    days = checked_days(wanted.notice_days, wanted.number)
    return replace(wanted, words=words, notice_days=days, concerns=tuple(dict.fromkeys(wanted.concerns)))


def checked_days(given: Iterable[int], number: int = 0) -> tuple[int, ...]:
    """The days before it at which sites are told, the first first."""
    found = tuple(sorted(set(given), reverse=True))
    if not found or not all(0 <= each <= MOST_NOTICE_DAYS for each in found):
        fix = f"Give one or more numbers of days from 0 to {MOST_NOTICE_DAYS}."
        raise RegisterError("bad-days", place(number), "The sites would not be told in time.", fix)
    return found


def changed(
    outage: Outage,
    now: datetime,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    words: str = "",
) -> Outage | None:
    """The outage with other times or words; None when they are what they were. The start of one under way is past."""
    if outage.phase(now) in {Phase.OVER, Phase.CALLED_OFF}:
        raise _past(outage, now)
    if starts_at not in {None, outage.starts_at} and outage.phase(now) is Phase.UNDER_WAY:
        fix = "Change its end, or end it now by calling it off."
        raise RegisterError("begun", place(outage.number), "It has begun; its start cannot be changed.", fix)
    new = replace(
        outage, starts_at=starts_at or outage.starts_at, ends_at=ends_at or outage.ends_at, words=words or outage.words
    )
    new = checked(new, now)
    return None if new == outage else replace(new, sequence=outage.sequence + 1)


def cancelled(outage: Outage, reason: str, now: datetime) -> Outage | None:
    """The outage called off, or ended at once where it is under way; None when it is called off already."""
    said = checked_reason(place(outage.number), reason)
    if outage.phase(now) is Phase.CALLED_OFF:
        return None
    if outage.phase(now) is Phase.OVER:
        raise _past(outage, now)
    return replace(outage, cancelled_at=now, cancel_reason=said, sequence=outage.sequence + 1)


def _past(outage: Outage, now: datetime) -> RegisterError:
    fix = "Announce another one."
    return RegisterError("past", place(outage.number), f"It is {outage.phase(now).value} and stays as it is.", fix)
