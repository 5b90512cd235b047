"""What holds for delegations: a client lets another act for it in one application, up to a level, from day to day (pure)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from openics.clients.access_codes import Application
from openics.clients.access_levels import Grant
from openics.clients.access_rules import check_may_have
from openics.clients.register_errors import RegisterError

LONGEST: Final = timedelta(days=5 * 366)
"""The longest time that one delegation covers (I); it can be given again."""


@dataclass(frozen=True, slots=True)
class Party:
    """A client as one side of a delegation."""

    client: str
    roles: frozenset[str]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Delegation:
    """What `principal` lets `delegate` do; the days are legal days in Canberra, the last one included."""

    principal: str
    delegate: str
    grant: Grant
    first_day: date
    last_day: date
    ended_at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a legal day."""
        return self.ended_at is None and self.first_day <= day <= self.last_day

    def is_over(self, day: date) -> bool:
        """Whether it will not be in force again."""
        return self.ended_at is not None or day > self.last_day

    def overlaps(self, other: "Delegation") -> bool:
        """Whether both would let the same client do the same thing on the same day."""
        same = (self.principal, self.delegate, self.grant) == (other.principal, other.delegate, other.grant)
        return same and other.ended_at is None and self.first_day <= other.last_day and other.first_day <= self.last_day


def given(
    principal: Party,
    delegate: Party | None,
    grant: Grant,
    first_day: date,
    last_day: date,
    today: date,
    others: tuple[Delegation, ...] = (),
) -> Delegation:
    """A new delegation. Raises RegisterError where it may not be given."""
    place = f"client {principal.client}"
    if delegate is None or not delegate.active:
        fix = "Give the ABN or CCID of a client that is registered and not cancelled."
        raise RegisterError("unknown-delegate", place, "There is no such client to delegate to.", fix)
    if delegate.client == principal.client:
        fix = "Grant it to the person instead."
        raise RegisterError("own-delegate", place, "An organisation's own people need no delegation.", fix)
    if grant[0] in {Application.REGISTER, Application.SITES}:
        text = "The client register and EDI sites are looked after by the client's own people."
        raise RegisterError("not-delegable", place, text, "Delegate declarations or cargo reports.")
    for party in (principal, delegate):
        check_may_have(party.client, party.roles, grant)
    wanted = Delegation(principal.client, delegate.client, grant, first_day, last_day)
    _check_days(wanted, place, today)
    if any(wanted.overlaps(each) for each in others):
        text = f"{delegate.client} has this delegation for some of these days already."
        raise RegisterError("delegated-already", place, text, "End that one first, or choose days outside of it.")
    return wanted


def _check_days(wanted: Delegation, place: str, today: date) -> None:
    if wanted.last_day < wanted.first_day:
        raise RegisterError(
            "days-swapped", place, "The last day is before the first.", "Give the later day as the last."
        )
    if wanted.first_day < today:
        raise RegisterError("day-past", place, "The first day has passed.", "Begin today or later.")
    if wanted.last_day - wanted.first_day > LONGEST:
        text = f"It would be in force for more than {LONGEST.days} days."
        raise RegisterError("too-long", place, text, "Choose an earlier last day, and give it again then.")


def ended(delegation: Delegation, now: datetime, today: date) -> Delegation | None:
    """The delegation, in force no more; None when it is over already."""
    return None if delegation.is_over(today) else replace(delegation, ended_at=now)
