"""What makes looks at records worth a second look: thresholds, with the day from which on each set of them holds.

Inferred (I) from what is published: repeated looks at one record, attempts without an interest, and looks outside of
office hours are to be noticed, for officers as well as for trade; no numbers are published.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from openics.reference.facts import CANBERRA


class Alert(StrEnum):
    """What was noticed."""

    SAME_RECORD = "same record"
    """One record was looked at again and again within 24 hours."""
    REFUSALS = "refusals"
    """Records without an interest, or that are not there, were asked for again and again within 24 hours."""
    SCAN = "wide scan"
    """Many different records were looked at within an hour."""
    OUT_OF_HOURS = "out of hours"
    """An officer looked at records outside of office hours."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many looks on there is an alert, and the office hours in Canberra, Monday to Friday."""

    since: date
    same_record: int
    refusals: int
    scan: int
    opens: time
    closes: time

    def of(self, alert: Alert) -> int:
        """The number of looks that makes an alert."""
        numbers = {Alert.SAME_RECORD: self.same_record, Alert.REFUSALS: self.refusals, Alert.SCAN: self.scan}
        return numbers.get(alert, 1)


WINDOW: Final = {
    Alert.SAME_RECORD: timedelta(hours=24),
    Alert.REFUSALS: timedelta(hours=24),
    Alert.SCAN: timedelta(hours=1),
    Alert.OUT_OF_HOURS: timedelta(hours=24),
}
"""The time in which looks are counted together."""

THRESHOLDS: Final = (
    Thresholds(date(2005, 10, 12), same_record=20, refusals=10, scan=200, opens=time(7), closes=time(19)),
)
"""In the order of their days. A change is a new entry, so that an alert of the past can still be explained."""


def thresholds(at: datetime) -> Thresholds:
    """Those in force at an instant: by the legal day in Canberra."""
    day = at.astimezone(CANBERRA).date()
    return next((each for each in reversed(THRESHOLDS) if each.since <= day), THRESHOLDS[0])
