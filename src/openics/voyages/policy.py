"""What the published material leaves to choice, or may change: time limits and windows, in one place.

Each says how it is known: D documented, I inferred, U unverified.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

INTERACTIVE_CHANNEL: Final = "web"
"""Once this channel touched a report, no other may change it (rule G11, D)."""
FLIGHT_WINDOW: Final = timedelta(days=2)
"""How far the date of a report may lie from a flight's estimated arrivals and still mean that flight (I): flight
numbers return every day."""

_ALWAYS: Final = date(2000, 1, 1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit in force from a day on for voyages at least so long.

    Before the estimated arrival for an impending arrival report, after the actual arrival for the report of that.
    """

    report: str
    limit: timedelta
    evidence: str
    voyage_from: timedelta = timedelta(0)
    valid_from: date = _ALWAYS


TIME_LIMITS: Final[tuple[TimeLimit, ...]] = (
    TimeLimit("SEAIAR", 96 * _HOUR, "D", voyage_from=96 * _HOUR),
    TimeLimit("SEAIAR", 72 * _HOUR, "D", voyage_from=72 * _HOUR),
    TimeLimit("SEAIAR", 48 * _HOUR, "D", voyage_from=48 * _HOUR),
    TimeLimit("SEAIAR", 24 * _HOUR, "D", voyage_from=24 * _HOUR),
    TimeLimit("SEAIAR", 12 * _HOUR, "D"),
    TimeLimit("AIRIAR", 3 * _HOUR, "U", voyage_from=3 * _HOUR),
    TimeLimit("AIRIAR", 1 * _HOUR, "U"),
    TimeLimit("SEAAAR", 24 * _HOUR, "D"),
    TimeLimit("AIRAAR", 24 * _HOUR, "D"),
)
"""Customs Act 1901 s64 and ABF pages on arrival reports. A new limit is a new row with its first day."""

EARLIEST: Final = {"SEAIAR": timedelta(days=10)}
"""How long before the estimated arrival a report may come (s64(5), D)."""


def limit_of(report: str, day: date, voyage: timedelta = timedelta(0)) -> timedelta:
    """The time limit of a report in force on a day, for a voyage of this length."""
    fitting = [
        each
        for each in TIME_LIMITS
        if each.report == report and each.valid_from <= day and each.voyage_from <= max(voyage, timedelta(0))
    ]
    return max(fitting, key=lambda each: (each.voyage_from, each.valid_from)).limit
