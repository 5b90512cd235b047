"""Code lists of voyages; those that messages carry are in `openics.messages.voyages.codes`."""

from enum import StrEnum


class Status(StrEnum):
    """How a voyage or flight stands, as its reports and the time make it (the words are inferred)."""

    EXPECTED = "EXPECTED"
    """Reported, and no port reached yet."""
    ARRIVED = "ARRIVED"
    """Arrived at one port at least; others are to come."""
    COMPLETED = "COMPLETED"
    """Arrived at every port reported."""
    OVERDUE = "OVERDUE"
    """The time for an actual arrival report has passed at one port at least."""
    WITHDRAWN = "WITHDRAWN"
    """The impending arrival report is taken back."""


class Phase(StrEnum):
    """How one port of call stands."""

    EXPECTED = "EXPECTED"
    """The estimated arrival is to come."""
    DUE = "DUE"
    """The estimated arrival has passed; the actual arrival report is due."""
    OVERDUE = "OVERDUE"
    """No actual arrival report within its time limit."""
    ARRIVED = "ARRIVED"
    """The actual arrival is reported."""


class ConditionName(StrEnum):
    """What the status of a voyage is made of, besides one condition for each port of call."""

    NOT_WITHDRAWN = "not withdrawn"
    """The reporting party stands by the report."""
    IN_TIME = "reported in time"
    """The original came no later than the time limit for its mode and length of voyage."""
