"""What we chose for the cargo reports."""

from typing import Final

CARGO_REPORT: Final = "933"
"""BGM 1001 of air and sea cargo reports, integrated ones too: "cargo declaration (arrival)" in UN/EDIFACT."""

PRINCIPAL_AGENT: Final = "CG|CA|AG|DQ"
"""NAD 3035 of the principal agent of a ship: "carrier's agent" in UN/EDIFACT; the others are accepted in its place."""

PARENT_BILL: Final = "BM"
"""RFF 1153 of the parent bill of a house bill: "bill of lading number" in UN/EDIFACT, neither master nor house."""

PARENT_WAYBILL: Final = "AWB"
"""RFF 1153 of the parent waybill of a house waybill: "air waybill number" in UN/EDIFACT, neither master nor house."""

SPECIAL_REPORTER: Final = "XA"
"""RFF 1153 of the special reporter number: "company/place registration number" in UN/EDIFACT."""

CONTACT: Final = "IC"
"""CTA 3139 of the contact of a party: "information contact" in UN/EDIFACT."""

DESTINATION_PORT: Final = "8|7|20"
"""LOC 3227 of the port of destination: "place of destination" in UN/EDIFACT, seen on departure reports; the others are
accepted in its place."""

FINAL_AUSTRALIAN_PORT: Final = "65"
"""LOC 3227 of the final Australian port of transit cargo: "final port or place of discharge" in UN/EDIFACT."""

ORIGINAL_LOADING_PORT: Final = "76|9|5"
"""LOC 3227 of the original port of loading: the UN/EDIFACT code of that name; the others are accepted in its place."""

BILL_ORIGIN: Final = "88"
"""LOC 3227 of the bill of lading origin: "place of receipt" in UN/EDIFACT."""

ROUTING_PORT: Final = "92"
"""LOC 3227 of an overseas routing port: "routing" in UN/EDIFACT."""

FREIGHT_FORWARDER_LIST: Final = "64"
"""GIS 1131 of the freight forwarder indicator: "freight forwarder" in UN/EDIFACT."""

PAYMENT_METHOD_LIST: Final = "153"
"""GIS 1131 of the method of payment: "methods of payment" in UN/EDIFACT."""

DOCUMENTS_LIST: Final = "161"
"""GIS 1131 of the indicator of reportable documents: "goods description" in UN/EDIFACT."""

PERSONAL_EFFECTS_LIST: Final = "121"
"""GIS 1131 of the indicator of personal effects: "shipment description" in UN/EDIFACT."""

DECLARED_VALUE: Final = "43"
"""MOA 5025 of the declared value: "declared total Customs value" in UN/EDIFACT."""

NO_DECLARED_VALUE: Final = "96"
"""MOA 5025 that NDV stands with, in the place of the currency: "no declared value for Customs" in UN/EDIFACT."""

NO_REFERENCE: Final = "1"
"""RFF 1153 that stands where cargo is in no container: seen in that place of a client registration, which needs no reference."""
