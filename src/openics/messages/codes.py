"""Code lists of the messages, each code with its meaning.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from enum import StrEnum
from typing import Self


class CodeList(StrEnum):
    """A list of codes; each member has its `meaning`. `evidence` and `source` say how it is known."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        """Make the member for `code`."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    @classmethod
    def meanings(cls) -> dict[str, str]:
        """Code to meaning, in the order of the list."""
        return {member.value: member.meaning for member in cls}

    @classmethod
    def heading(cls) -> str:
        """What the list is, in one line."""
        return (cls.__doc__ or "").partition("\n")[0]


class Indicator(CodeList):
    """Yes or no."""

    YES = "Y", "yes"
    NO = "N", "no"


class MessageFunction(CodeList):
    """BGM 1225: what a message asks for or is (SDG "Message Function Types", D; 13 and 32 seen, S)."""

    CHANGE = "4", "change: amends an earlier document line by line"
    REPLACE = "5", "replace: the full data set again"
    STATUS = "8", "status: sent without being asked"
    ORIGINAL = "9", "original"
    RESPONSE = "11", "response"
    REQUEST = "13", "request"
    REPLACE_HEADING = "20", "replace heading: the header only, lines stay"
    APPROVAL = "32", "approval"
    WITHDRAW = "50", "withdraw"


class DeclarationFunction(CodeList):
    """BGM 1225 values of an export declaration (exports message table, D)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier declaration line by line"
    REPLACE = "5", "replace: the full data set again"
    REPLACE_HEADING = "20", "replace heading: the header only, lines stay"
    WITHDRAW = "50", "withdraw"


class RegistrationFunction(CodeList):
    """BGM 1225 value of a client registration: first registrations only (CLREG business rules, D)."""

    ORIGINAL = "9", "original"


class RequestFunction(CodeList):
    """BGM 1225 value of a status request (seen in the test script, S)."""

    REQUEST = "13", "request"


class GoodsType(CodeList):
    """Export goods types (SDG code list "Export goods types" v1.0, 17 January 2003, D)."""

    OTHER = "OT", "general consigned cargo"
    STORES = "ST", "stores for consumption on board"
    SPARES = "SP", "spare parts for the carrying vessel or aircraft"
    OWN_POWER = "OP", "vessel or aircraft leaving under its own power"
    BAGGAGE = "AB", "accompanied baggage"
    POSTAL = "PO", "postal"


class CargoType(CodeList):
    """Export cargo types (field guide to export declarations, D)."""

    CONTAINERISED = "C", "containerised"
    COMBINATION = "CO", "combination of containerised and non-containerised"
    NON_CONTAINERISED = "N", "non-containerised"
    BULK = "B", "bulk"


class ConfirmingExportType(CodeList):
    """Confirming export types (codes D, meanings of Y and C inferred, I)."""

    NOT_CONFIRMING = "N", "not a confirming export"
    CONFIRMING = "Y", "confirming export, details follow"
    CONFIRMATION = "C", "confirmation of the details"


class ReportingPartyType(CodeList):
    """Who reports (O seen, S; A inferred, I)."""

    OWNER = "O", "owner of the goods"
    AGENT = "A", "agent of the owner"


class TransportMode(CodeList):
    """UN/EDIFACT 8179 as used for the mode of transport (S)."""

    SEA = "11", "sea (ship)"
    AIR = "6", "air (aircraft)"


class LineAction(CodeList):
    """What becomes of a line (A and D documented; I seen on originals)."""

    INSERT = "I", "insert"
    AMEND = "A", "amend"
    DELETE = "D", "delete"


class GoodsOrigin(CodeList):
    """Goods origin codes (export declaration supplementary page B957a, D; not ISO 3166-2)."""

    NEW_SOUTH_WALES = "AU-NS", "New South Wales"
    VICTORIA = "AU-VI", "Victoria"
    QUEENSLAND = "AU-QL", "Queensland"
    SOUTH_AUSTRALIA = "AU-SA", "South Australia"
    WESTERN_AUSTRALIA = "AU-WA", "Western Australia"
    TASMANIA = "AU-TS", "Tasmania"
    NORTHERN_TERRITORY = "AU-NT", "Northern Territory"
    CAPITAL_TERRITORY = "AU-CT", "Australian Capital Territory"
    FOREIGN = "YY-FO", "foreign"


class Exemption(CodeList):
    """Exemption codes quoted instead of a number (Customs Regulation 2015, schedule 4, D; more may exist)."""

    PERSONAL = "EXPE", "personal or household effects of passengers and crew"
    LOW_VALUE = "EXLV", "consignment of low value without permit"
    MAIL = "EXML", "post or diplomatic bag"
    STORES = "EXSP", "ship's or aircraft's stores"
    TEMPORARY_IMPORT = "EXTI", "delivered under a temporary import permission (s162A)"
    DEFENCE = "EXDD", "Commonwealth military goods for use overseas by the Defence Force"
    CONTINGENCY = "EXCC", "entered by document during a declared outage (s126E)"


class Unit(CodeList):
    """Units of quantity (AHECC 2017 appendix, D)."""

    BASIC_CARTON = "BC", "basic carton"
    BALE = "BL", "bale"
    CUBIC_CENTIMETRE = "CC", "cubic centimetre"
    CENTIMETRE = "CM", "centimetre"
    CARTON = "CT", "carton"
    CUBIC_METRE = "CU", "cubic metre"
    DOZEN_PAIRS = "DP", "dozen pairs"
    DOZEN_ROLLS = "DR", "dozen rolls"
    DOZEN = "DZ", "dozen"
    GRAM = "G", "gram"
    GROSS_BOXES = "GB", "gross boxes"
    GROSS = "GS", "gross"
    INTERNATIONAL_UNIT = "IU", "international unit"
    KILOGRAM = "KG", "kilogram"
    KILOLITRE = "KL", "kilolitre"
    KILOMETRE = "KM", "kilometre"
    LITRE = "L", "litre"
    LITRE_OF_ALCOHOL = "LA", "litre of alcohol"
    METRE = "M", "metre"
    METRIC_CARAT = "MC", "metric carat"
    MILLIMETRE = "MM", "millimetre"
    MEGA_UNITS = "MU", "mega units"
    BUNDLES = "NB", "bundles"
    NUMBER = "NO", "number"
    NOT_RECORDED = "NR", "not recorded"
    DRUMS = "NU", "drums"
    DOZEN_PACKS = "PD", "dozen packs"
    PAIR = "PR", "pair"
    ROLLS = "RL", "rolls"
    REAM = "RM", "ream"
    SUPER_FEET = "SF", "super feet"
    SQUARE_METRE = "SM", "square metre"
    SET = "SR", "set"
    TONNE = "T", "tonne"
    THOUSAND = "TH", "thousand"
    DOZEN_PIECES = "ZP", "dozen pieces"


class ClientKind(CodeList):
    """What a client without an ABN is (vendor screens, D; codes inferred, I)."""

    ORGANISATION = "ORG", "organisation"
    INDIVIDUAL = "IND", "individual"


class ContactKind(CodeList):
    """Kinds of contact of a client (AP, BP and MO seen, S; EA and FA inferred, I)."""

    BUSINESS = "BP", "business telephone"
    AFTER_HOURS = "AP", "after-hours telephone"
    MOBILE = "MO", "mobile telephone"
    MAIL = "EA", "e-mail address"
    FAX = "FA", "fax"


class AddressKind(CodeList):
    """Kinds of address of a client (S)."""

    BUSINESS = "BA", "business address"


class ClientRole(CodeList):
    """Roles of a client (importer, exporter and supplier seen, S; the others as on a vendor's screen, D, spelling I)."""

    IMPORTER = "IMPORTER", "imports goods"
    EXPORTER = "EXPORTER", "exports goods"
    EXPORTER_AGENT = "EXPORTER AGENT", "acts for exporters"
    SUPPLIER = "SUPPLIER", "supplies goods from overseas"
    SAC_COMMUNICATOR = "SAC COMMUNICATOR", "communicates self-assessed clearance declarations"
    AIR_CARGO_REPORTER = "AIR CARGO REPORTER", "reports air cargo"
    SEA_CARGO_REPORTER = "SEA CARGO REPORTER", "reports sea cargo"


class EntrySeverity(CodeList):
    """How a response classes an entry (S)."""

    ERROR = "ERROR", "the message or the line cannot be accepted as it is"
    ADVICE = "ADVICE", "accepted, and the sender should know"
    GATEWAY = "CCFERROR", "the gateway's own check of the data dictionary failed"


class SyntaxAction(CodeList):
    """UN/EDIFACT 0083: what became of an interchange or a message (CONTRL guide, D; S)."""

    REJECTED = "4", "this level and all below it rejected"
    ACKNOWLEDGED = "7", "this level accepted, the next one too unless rejected expressly"
    RECEIVED = "8", "interchange received"


ALL: tuple[type[CodeList], ...] = tuple(CodeList.__subclasses__())
"""Every code list."""
