"""Code lists that the messages on arriving cargo share.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class ReportFunction(CodeList):
    """BGM 1225 values of arrival reports, cargo reports and outturns (business rules of the cargo messages, D)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier report"
    WITHDRAW = "50", "withdraw: the whole report, never single lines"


class RequestFunction(CodeList):
    """BGM 1225 values of an underbond movement request (UBMREQ business rules, D)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier request"
    REPLACE = "5", "replace: the full data set again"
    WITHDRAW = "50", "withdraw: the whole request, never single lines"


class IntegratedFunction(CodeList):
    """BGM 1225 value of an integrated report: later changes go through its two parts (AIRINT business rules, D)."""

    ORIGINAL = "9", "original"


class ImportCargoType(CodeList):
    """Import cargo types, list 67 (FCL seen, S; FCX and LCL documented, D; the codes of the others inferred, I)."""

    FULL_CONTAINER = "FCL", "full container: one consignor, one consignee, one consignment"
    FULL_CONTAINER_MULTIPLE = "FCX", "full container of two or more consignments for one consignee"
    LESS_THAN_CONTAINER = "LCL", "shares a container with consignments for other consignees"
    BREAK_BULK = "BB", "break bulk: not in a container"
    BULK = "BLK", "bulk: loose in the hold, without packaging"
    EMPTY = "EMP", "empty container, on cargo lists only"


class PackageType(CodeList):
    """Package types, list 185: UN/ECE Recommendation 21, of which these are common (PK, CT, YC and BX seen, S)."""

    BAG = "BG", "bag"
    BALE = "BL", "bale, compressed"
    BOX = "BX", "box"
    BUNDLE = "BE", "bundle"
    CARTON = "CT", "carton"
    CASE = "CS", "case"
    CRATE = "CR", "crate"
    DRUM = "DR", "drum"
    PACKAGE = "PK", "package"
    PALLET = "PX", "pallet"
    PIECE = "PP", "piece"
    ROLL = "RO", "roll"
    UNPACKED = "NE", "unpacked or unpackaged"
    YC = "YC", "seen on underbond approvals; its meaning is not published"


class UnderbondReason(CodeList):
    """Reasons of an underbond movement request (UBMREQ business rules, D)."""

    DELIVERY = "DEL", "delivery to the final destination"
    DECONSOLIDATE = "DCL", "deconsolidation at the destination"
    MOVE = "MOV", "other movement"
    TIME_UP = "TUW", "time-up, to a warehouse under section 79"
    TRANSHIPMENT = "TSH", "transhipment"
    QUARANTINE = "AQS", "quarantine"


class MovementMode(CodeList):
    """Modes of an underbond movement (ROA seen, S; the others exist, D, their codes inferred, I)."""

    ROAD = "ROA", "road"
    RAIL = "RAI", "rail"
    AIR = "AIR", "air"
    INTERNATIONAL_VESSEL = "SIV", "sea, international vessel"
    DOMESTIC_VESSEL = "SDV", "sea, domestic vessel"


class DeclaredValue(CodeList):
    """What stands for a declared value when there is none (AIRCR business rules, D)."""

    NONE = "NDV", "no declared value"


class PaymentMethod(CodeList):
    """Methods of payment of the freight (format an..3 documented, D; the codes, those of UN/EDIFACT 4215, inferred, I)."""

    PREPAID = "PP", "prepaid"
    COLLECT = "CC", "collect"
    ACCOUNT = "A", "account"


class PartyRole(CodeList):
    """UN/EDIFACT 3035 of the parties of a consignment (I)."""

    CONSIGNEE = "CN", "consignee"
    CONSIGNOR = "CZ", "consignor"
    NOTIFY = "NI", "notify party"


class WeightUnit(CodeList):
    """Units of weight (KG seen on export declarations, S; T as in the unit list of exports, I)."""

    KILOGRAM = "KG", "kilogram"
    TONNE = "T", "tonne"


class VolumeUnit(CodeList):
    """Units of volume (as in the unit list of exports, I)."""

    CUBIC_METRE = "CU", "cubic metre"
    LITRE = "L", "litre"


class CargoStatus(CodeList):
    """Consolidated status of a consignment (CLEAR seen, S; TRANSHIP and WITHDRAWN documented, D; HELD inferred, I)."""

    CLEAR = "CLEAR", "may be released from the control of customs and quarantine"
    HELD = "HELD", "a condition is not met, or there is an impediment"
    TRANSHIP = "TRANSHIP", "transhipment cargo; its number is given"
    WITHDRAWN = "WITHDRAWN", "the report is withdrawn"
