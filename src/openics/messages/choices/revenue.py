"""What we chose for the messages on payments, refunds and drawback."""

from typing import Final

PAYMENT: Final = "481"
"""BGM 1001 of a payment approval: "remittance advice", which the UN/EDIFACT message is."""

DRAWBACK: Final = "929"
"""BGM 1001 of a drawback claim: as the other declarations that are CUSDEC messages."""

PAYMENT_DATE: Final = "138"
"""DTM 2005 of the day a payment is approved: seen on the payment receipt."""

PAYMENT_TOTAL: Final = "128"
"""MOA 5025 of the total that is paid: as on the payment receipt."""

PAYMENT_AMOUNTS: Final = "7|23|9|58|149|369|371|26|206|304"
"""MOA 5025 of what makes up a payment: the amounts of the payment receipt without the total (S)."""

PERIOD_START: Final = "155"
"""DTM 2005 of the first day of the week or period paid for: "accounting period start date"."""

PERIOD_END: Final = "156"
"""DTM 2005 of the last day of the week or period paid for: "accounting period end date"."""

CLAIM_METHOD_LIST: Final = "DBM"
"""GIS 1131 of the method of a drawback claim; customs keeps the list, its number is not published."""

IMPORT_LINE: Final = "AEI"
"""RFF 1153 of the import declaration, and its line in 1156, whose duty is claimed: "previous customs declaration"."""

EXPORT_LINE: Final = "ED"
"""RFF 1153 of the export declaration, and its line in 1156, that the goods left under: as on export messages."""

EXPORT_DATE: Final = "129"
"""DTM 2005 of the day of export: as on the export declaration."""

EXPORT_PRICE: Final = "63"
"""MOA 5025 of the export price: "FOB value"."""

DUTY_PAID: Final = "162"
"""MOA 5025 of the duty paid on import: "customs duty paid"."""

DUTY_CLAIMED: Final = "55"
"""MOA 5025 of the duty claimed: "duty amount"."""

CLAIM_TOTAL: Final = "128"
"""MOA 5025 of the whole claim: "total amount"."""
