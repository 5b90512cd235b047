"""Code lists of the messages on voyages.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class ArrivalFunction(CodeList):
    """BGM 1225 values of arrival reports (business rules of the arrival reports, D)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier report"
    WITHDRAW = "50", "withdraw: the whole report, never single lines"


class DepartureFunction(CodeList):
    """BGM 1225 values of a departure report (DEPART business rules, D)."""

    ORIGINAL = "9", "original"
    REPLACE = "5", "replace: the full data set again"
    WITHDRAW = "50", "withdraw: all data of the latest version again"
