"""Code lists of the messages on import declarations, release and movement.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class DeclarationFunction(CodeList):
    """BGM 1225 values of import declarations (as on the cargo messages, I)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: amends an earlier declaration"
    WITHDRAW = "50", "withdraw"


class Nature(CodeList):
    """Natures of a tariff line (import clearance manual, D; seen on responses, S)."""

    HOME_CONSUMPTION = "N10", "straight into home consumption"
    WAREHOUSE_IN = "N20", "into a licensed warehouse (s79)"
    WAREHOUSE_OUT = "N30", "out of a warehouse into home consumption"


class DeclarationNature(CodeList):
    """Natures of a declaration as responses name them (N10 seen, S; N10/20 documented, its form on the wire inferred, I)."""

    HOME_CONSUMPTION = "N10", "straight into home consumption"
    WAREHOUSE_IN = "N20", "into a licensed warehouse (s79)"
    WAREHOUSE_OUT = "N30", "out of a warehouse into home consumption"
    MIXED = "N10/20", "some lines into home consumption, others into a warehouse"


class TransportMode(CodeList):
    """Modes of transport, TDT 8067 (S and A seen, S; P and O inferred, I)."""

    SEA = "S", "sea"
    AIR = "A", "air"
    POST = "P", "post"
    OTHER = "O", "other"


class TransportReferenceKind(CodeList):
    """What a transport reference is (seen on self-assessed clearances, S)."""

    OCEAN_BILL = "MB", "ocean bill of lading"
    MASTER_WAYBILL = "MWB", "master air waybill"
    HOUSE_BILL = "BH", "house bill of lading"
    HOUSE_WAYBILL = "HWB", "house air waybill"
    CONTAINER = "AAQ", "container number"
    CONSIGNMENT = "CNR", "consignment reference"


class DeclarationIndicator(CodeList):
    """Indicators of a declaration, list 109 (seen on self-assessed clearances, S)."""

    PAYMENT_APPROVED = "EPA", "payment by electronic transfer is approved"
    RECALCULATE = "EFD", "reckon again with the effective duty date"
    PRINT_RECEIPT = "POR", "print an official receipt"


class LineIndicator(CodeList):
    """Indicators of a tariff line, list 109 (WET seen, S; the others inferred, I)."""

    WINE_TAX_QUOTED = "WET", "wine equalisation tax quoted"
    LUXURY_CAR_TAX_QUOTED = "LCQ", "luxury car tax quoted"
    LUXURY_CAR_TAX_PAYABLE = "LCT", "luxury car tax to be paid"


class BankAccountOwner(CodeList):
    """Whose bank account it is (B seen, S; O inferred, I)."""

    BROKER = "B", "broker"
    OWNER = "O", "owner of the goods"


class InvoiceTerm(CodeList):
    """Invoice terms: the Incoterms until the official list is known (I)."""

    EX_WORKS = "EXW", "ex works"
    FREE_CARRIER = "FCA", "free carrier"
    FREE_ALONGSIDE_SHIP = "FAS", "free alongside ship"
    FREE_ON_BOARD = "FOB", "free on board"
    COST_AND_FREIGHT = "CFR", "cost and freight"
    COST_INSURANCE_FREIGHT = "CIF", "cost, insurance and freight"
    CARRIAGE_PAID = "CPT", "carriage paid to"
    CARRIAGE_INSURANCE_PAID = "CIP", "carriage and insurance paid to"
    DELIVERED_AT_PLACE = "DAP", "delivered at place"
    DELIVERED_DUTY_PAID = "DDP", "delivered duty paid"


class ValuationBasis(CodeList):
    """Valuation bases: the methods of the Customs Act 1901, ss 161 to 161G (methods D; codes inferred, I)."""

    TRANSACTION = "TV", "transaction value (s161)"
    IDENTICAL_GOODS = "IG", "value of identical goods (s161A)"
    SIMILAR_GOODS = "SG", "value of similar goods (s161B)"
    DEDUCTIVE = "DV", "deductive value (ss 161C to 161E)"
    COMPUTED = "CV", "computed value (s161F)"
    FALLBACK = "FB", "fall-back value (s161G)"


class ValuationAmountKind(CodeList):
    """What is added to an invoice total, or taken off it, for customs value (terms D; codes of UN/EDIFACT 5025, I)."""

    PACKING = "107", "added: packing"
    COMMISSION = "102", "added: commission, other than buying commission"
    ASSISTS = "49", "added: materials, tools and design that the buyer gave"
    ROYALTIES = "80", "added: royalties and licence fees"
    PROCEEDS = "152", "added: part of the proceeds of resale"
    OTHER_ADDED = "105", "added: other costs that belong to the price"
    INLAND = "72", "taken off: freight and insurance inside Australia"
    AFTER_IMPORT = "45", "taken off: work after import, such as assembly"
    OTHER_DEDUCTED = "46", "taken off: other deductible costs"


class GstExemption(CodeList):
    """GST exemption codes (SDG code list, D)."""

    DIPLOMATIC = "410", "item 10: foreign government, diplomatic"
    STATUS_OF_FORCES = "411", "item 11: status of forces"
    PASSENGERS = "415", "item 15: passengers, crew, defence"
    RETURNED = "417", "returned unaltered"
    WARRANTY = "418", "item 18: warranty return or recall"
    BEFORE_REPAIR = "419", "item 19: tariff concession order, s269Q, value before repair"
    REPAIR = "420", "item 20: repair or renovation"
    REPAIR_AND_EXPORT = "421", "item 21: repair and export"
    TRADEX = "421A", "TRADEX"
    CONTAINERS = "422", "containers"
    CHARITY = "423", "item 23A: charity"
    BEQUEST = "424", "bequest"
    MONEY = "G135", "money"
    FOOD = "FOOD", "GST-free food"
    MILK = "AB1", "milk beverages"
    MOSTLY_MILK = "AB2", "at least 95 per cent milk beverages"
    LACTOSE = "AB3", "lactose products"


class LuxuryCarExemption(CodeList):
    """Exemption codes for luxury car tax (SDG code list, D; meanings marked by item inferred, I)."""

    ALREADY_PAYABLE = "L710", "luxury car tax already payable"
    ITEM_4 = "404", "item 4 of schedule 4"
    ITEM_8 = "408", "item 8 of schedule 4"
    ITEM_15 = "415", "item 15 of schedule 4"
    ITEM_17 = "417", "item 17 of schedule 4"
    ITEM_18A = "418A", "item 18A of schedule 4"
    ITEM_18B = "418B", "item 18B of schedule 4"
    ITEM_18C = "418C", "item 18C of schedule 4"
    ITEM_21 = "421", "item 21 of schedule 4"
    BEQUEST = "424", "bequest"
    EXCLUDED = "L251", "excluded type of vehicle"
    ITEM_101 = "4101", "item 101"


class PreferenceScheme(CodeList):
    """Preference schemes (AANZ and the country groups of the tariff documented, D; the full list is not known)."""

    AANZ = "AANZ", "ASEAN, Australia and New Zealand free trade agreement"
    FORUM_ISLANDS = "FI", "forum island countries"
    LEAST_DEVELOPED = "LDC", "least developed countries"
    DEVELOPING = "DC", "developing countries"
    DEVELOPING_SPECIAL = "DCS", "developing countries, DCS group"
    DEVELOPING_TERRITORIES = "DCT", "developing countries and territories, DCT group"


class PreferenceRule(CodeList):
    """Preference rules (code change notice for AANZ, D; for other schemes inferred, I)."""

    WHOLLY_OBTAINED = "WO", "wholly obtained"
    ORIGINATING_MATERIALS = "PE", "made only of originating materials"
    PRODUCT_SPECIFIC = "PSR", "product specific rule"
    CHANGE_IN_CLASS = "CTC", "change in tariff classification (until 2021)"
    CHANGE_IN_HEADING = "CTH", "change in tariff heading (until 2021)"
    VALUE_CONTENT = "RVC", "regional value content (until 2021)"
    OTHER = "OTH", "other (until 2021)"


class Treatment(CodeList):
    """Treatment codes by item of schedule 4 of the tariff (D; more exist)."""

    ITEM_1 = "701", "item 1"
    ITEM_2 = "702", "item 2"
    ITEM_3 = "703", "item 3"
    ITEM_36 = "436", "item 36"
    ITEM_37 = "437", "item 37"
    ITEM_38 = "438", "item 38"
    ITEM_39A = "439", "item 39A"
    ITEM_39B = "539", "item 39B"
    ITEM_39C = "939", "item 39C"
    ITEM_40A = "680", "item 40A"
    ITEM_57A = "657", "item 57A"


class InstrumentType(CodeList):
    """Types of instrument (reference file of instruments, D; spelling of by-law inferred, I)."""

    CONCESSION_ORDER = "TCO", "tariff concession order"
    BY_LAW = "BYLAW", "by-law or determination"
    ANTI_DUMPING = "AD", "anti-dumping notice"
    COUNTERVAILING = "CV", "countervailing notice"


class DumpingExemption(CodeList):
    """What a dumping measure does not reach (written as words, D)."""

    GOODS = "GOODS", "the goods are not those of the measure"
    SUPPLIER = "SUPPLIER", "the supplier is exempt"
    COUNTRY = "COUNTRY", "the goods came from another country of export"


class RefundReason(CodeList):
    """Refund circumstances: items of schedule 6, Customs Regulation 2015 (items D; official codes are not known, I)."""

    BEFORE_CONTROL = "1", "lost, damaged or destroyed before customs control"
    DAMAGED = "2", "damaged or deteriorated under customs control"
    LOST = "3", "lost, stolen or destroyed under customs control"
    TREATED = "4", "lost value through biosecurity treatment"
    WITHDRAWN = "5", "declaration withdrawn or taken to be withdrawn"
    DECISION = "8", "decision of a review or tribunal"
    FAULTY = "11", "price reduced, or goods faulty"
    REDUCED = "12", "price reduced, further case"


class QuarantineCommodity(CodeList):
    """AQIS commodity codes that stand for no commodity (accepted words, D; in capitals, I)."""

    NOT_KNOWN = "NOT KNOWN", "not known"
    NONE = "NONE APPLICABLE", "none applicable"


class AmberReason(CodeList):
    """Amber reason types: what a declarant may be unsure of (the official list is not known, I)."""

    CLASSIFICATION = "TC", "tariff classification"
    VALUE = "VAL", "customs value"
    ORIGIN = "ORG", "origin"
    OTHER = "OTH", "anything else"


class Status(CodeList):
    """Statuses of declarations and transport lines (seen on responses, S; WITHDRAWN inferred, I)."""

    CLEAR = "CLEAR", "no impediment; money may still be owed"
    HELD = "HELD", "at least one impediment"
    FINALISED = "FINALISED", "released, nothing owed"
    WITHDRAWN = "WITHDRAWN", "withdrawn"


class LiabilityBlock(CodeList):
    """Which liabilities a response carries, list 109 (seen on responses, S)."""

    TOTAL = "TLB", "total liabilities of the declaration follow"
    LINE = "LLB", "liabilities of each line follow"


class ResponseLineIndicator(CodeList):
    """Indicators of a tariff line in a response, list 109 (seen, S; meaning inferred, I)."""

    QUARANTINE = "LAQ", "biosecurity concern about the line"


class AmountKind(CodeList):
    """MOA 5025 of amounts in responses (seen, their meanings by arithmetic, S; of 39, 7, 9, 58, 149, 371, 206, 304 I)."""

    INVOICE_TOTAL = "39", "invoice total, FOB, in AUD"
    CUSTOMS_VALUE = "40", "customs value"
    TRANSPORT_INSURANCE = "68", "transport and insurance"
    DUTY = "55", "duty"
    TAXABLE_IMPORTATION = "56", "value of the taxable importation"
    GST = "369", "goods and services tax"
    QUARANTINE_CHARGE = "26", "biosecurity entry charge"
    PROCESSING_CHARGE = "23", "import processing charge"
    TOTAL = "128", "total payable"
    RECEIVED_DUTY = "7", "on receipts: not known, taken as duty"
    RECEIVED_DUMPING_DUTY = "9", "on receipts: not known, taken as dumping and countervailing duty"
    RECEIVED_OTHER = "58", "on receipts: not known, taken as other charges"
    RECEIVED_WINE_TAX = "149", "on receipts: not known, taken as wine equalisation tax"
    RECEIVED_LUXURY_CAR_TAX = "371", "on receipts: not known, taken as luxury car tax"
    RECEIVED_INTEREST = "206", "on receipts: not known, taken as interest and penalty"
    RECEIVED_DEPOSITS = "304", "on receipts: not known, taken as deposits and securities"
