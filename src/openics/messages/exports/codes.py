"""Code lists of the manifests, notices and periodic declarations of exports; those of the declaration are in `messages.codes`.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class NoticeFunction(CodeList):
    """BGM 1225 values of the notices of a terminal (business rules of CTOREC and CTOREM, D)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier notice line by line"
    REPLACE = "5", "replace: the full data set again"
    WITHDRAW = "50", "withdraw"


class ReleaseFunction(CodeList):
    """BGM 1225 values of the notices of depots and warehouses (WARREL and DEPREL, D; WARRET and DEPREC, I)."""

    ORIGINAL = "9", "original"
    REPLACE = "5", "replace: the full data set again"
    WITHDRAW = "50", "withdraw: all data of the latest version again"


class PeriodicFunction(CodeList):
    """BGM 1225 values of a periodic declaration, which cannot be withdrawn electronically (EXPED business rules, D)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier declaration line by line"
    REPLACE = "5", "replace: the full data set again"
    REPLACE_HEADING = "20", "replace heading: the header only, lines stay"


class NumberRequestFunction(CodeList):
    """BGM 1225 value of a request for accredited client numbers, which cannot be amended or withdrawn (RACEAN, I)."""

    ORIGINAL = "9", "original"


class CargoReportType(CodeList):
    """Kinds of sub-manifest (ESM business rules, D)."""

    CONSOLIDATION = "C", "consolidation sub-manifest of a forwarder"
    SLOT = "S", "slot sub-manifest of a slot charterer, by sea only"


class CargoIdType(CodeList):
    """UN/EDIFACT 1153 of what a line of a terminal's notice identifies (I)."""

    CONTAINER = "AAQ", "container number"
    NON_CONTAINERISED = "AKR", "non-containerised identifier: a break-bulk shipment"
    AIR_WAYBILL = "AWB", "air waybill"


class MovementStatus(CodeList):
    """What may be done with goods received at a terminal or a depot (meanings D, codes I)."""

    LOAD = "LOAD", "the goods may be loaded on the ship or aircraft"
    DO_NOT_LOAD = "DO NOT LOAD", "the goods must not be loaded"
    HOLD = "HOLD FOR CUSTOMS", "the goods are held for customs"
    CONSOLIDATE = "CONSOLIDATE", "the depot may consolidate the goods"


class MatchStatus(CodeList):
    """Whether the goods of a warehouse's notice are those of the export declaration (D, spelling I)."""

    MATCH = "MATCH", "the goods are on the declaration, which names this warehouse"
    NO_MATCH = "NO MATCH", "they are not, and must stay in the warehouse"


class NoticeStatus(CodeList):
    """How a manifest or notice stands (Clear, Withdrawn and Error D; capitals and Rejected I)."""

    CLEAR = "CLEAR", "accepted"
    ERROR = "ERROR", "accepted with an error in it, without authority"
    WITHDRAWN = "WITHDRAWN", "taken back by its sender"
    REJECTED = "REJECTED", "not accepted"


class AuthorityKind(CodeList):
    """Kinds of number that customs gives out for exports (D)."""

    DECLARATION = "EDN", "export declaration number"
    CONSOLIDATION = "CRN", "consolidation reference number, of a sub-manifest"
    ACCREDITED = "ACEAN", "accredited client export authority number"
    TRANSHIPMENT = "TSN", "transhipment number"
