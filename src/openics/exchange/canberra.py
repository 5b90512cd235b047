"""Instants as people give and read them: in Canberra's time, unless they say otherwise."""

from datetime import UTC, datetime, time, timedelta

from openics.exchange.policy import CANBERRA


def read_instant(text: str) -> datetime:
    """An instant (UTC) from ISO 8601: with an offset or Z as it stands, without one in Canberra's time.

    Raises ValueError, in words, for what is no time, and for a time of day that Canberra's clocks show twice or never
    on that day.
    """
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        example = "2014-05-21T04:00, or 2014-05-20T18:00Z"
        raise ValueError(f"{text!r} is no time. Write it like {example}.") from error
    if given.tzinfo is not None:
        return given.astimezone(UTC)
    early, late = (given.replace(tzinfo=CANBERRA, fold=fold) for fold in (0, 1))
    if early.utcoffset() != late.utcoffset():
        often = "twice" if early.astimezone(UTC) < late.astimezone(UTC) else "never"
        raise ValueError(f"Canberra's clocks show {text} {often} on that day. Add the offset: {text}+10:00 or +11:00.")
    return early.astimezone(UTC)


def in_canberra(at: datetime) -> str:
    """An instant as `Wed 21 May 2014 04:00 AEST`."""
    return f"{at.astimezone(CANBERRA):%a %-d %b %Y %H:%M %Z}"


def days_before(at: datetime, days: int) -> datetime:
    """The instant (UTC) so many days before, when Canberra's clocks show the same time of day.

    Of a time of day that the clocks show twice on that day it is the first; for one that they never show, they are past
    it by the hour that is left out.
    """
    local = at.astimezone(CANBERRA)
    return (local - timedelta(days=days)).replace(fold=0).astimezone(UTC)


def start_of_day(at: datetime) -> datetime:
    """Midnight (UTC) at the beginning of the day in Canberra."""
    return datetime.combine(at.astimezone(CANBERRA).date(), time(), CANBERRA).astimezone(UTC)


def days_until(at: datetime, now: datetime) -> int:
    """How many midnights in Canberra lie between now and an instant."""
    return (at.astimezone(CANBERRA).date() - now.astimezone(CANBERRA).date()).days
