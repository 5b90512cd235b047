"""Code lists of the messages on cargo lists, movements, discharge, outturn, status and enquiries.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class QueryFunction(CodeList):
    """BGM 1225 values of an establishment query (13 as in the status request of exports, S; 9 as in cargo reports, I)."""

    ORIGINAL = "9", "original"
    REQUEST = "13", "request"


class SeaReference(CodeList):
    """RFF 1153 of what a line of sea cargo is known by (seen on answers, S; its use on reports inferred, I)."""

    OCEAN_BILL = "MB", "ocean bill of lading"
    HOUSE_BILL = "BH", "house bill of lading"
    CONTAINER = "AAQ", "container"


class AirReference(CodeList):
    """RFF 1153 of what a line of air cargo is known by (seen on answers, S; its use on reports inferred, I)."""

    MASTER_WAYBILL = "MWB", "master air waybill"
    HOUSE_WAYBILL = "HWB", "house air waybill"


class CargoReference(CodeList):
    """RFF 1153 of what a line of an underbond request is known by (seen on approvals, S; on requests inferred, I)."""

    OCEAN_BILL = "MB", "ocean bill of lading"
    HOUSE_BILL = "BH", "house bill of lading"
    CONTAINER = "AAQ", "container"
    MASTER_WAYBILL = "MWB", "master air waybill"
    HOUSE_WAYBILL = "HWB", "house air waybill"


class OutturnResult(CodeList):
    """How the packages of an air waybill compare with those reported (that short and surplus are told, D; the codes, I)."""

    AS_REPORTED = "AR", "as reported"
    SHORT = "SH", "fewer packages than reported"
    SURPLUS = "SU", "more packages than reported, or no report"


class UnderbondNotice(CodeList):
    """Kinds of underbond notice, RFF+ANX (S)."""

    APPROVAL = "UNDERBOND APPROVAL", "the movement is approved"
    RESCISSION = "UNDERBOND APPROVAL RESCIND NOTICE", "an approval is taken back"


class StatusType(CodeList):
    """What an entry of a cargo status advice is about, FTX+AHN (S)."""

    CONSOLIDATED = "CONSOLIDATED STATUS", "the status of the consignment"
    SELF_ASSESSED = "CARGO REPORT SAC", "whether the cargo report holds a self-assessed clearance: YES or NO"
    IMPEDIMENT = "IMPEDIMENT DETAILS", "one impediment, in words"
