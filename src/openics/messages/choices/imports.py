"""What we chose for the messages on import declarations, release and movement.

The segment table of the full import declaration is not published. Its layout here is that of the self-assessed clearance,
which is, with what the approved statement asks for beyond it, in the places that D.99B has for such items.

Transport lines. CUSDEC gives SG1 one reference and its packages (RFF, PAC). A transport line is therefore several
repetitions of SG1 that carry its number in RFF 1156; the packages stand under one of them. What has no number belongs to
every transport line, so a bill of lading over many containers is said once, and a declaration with a single line needs no
numbers at all: that is how the self-assessed clearance is seen to be written. SG1 stands twice in the table, once for these
references and once for those of owner and broker; both may come in any order, and are written in this one.
"""

from typing import Final

DECLARATION: Final = "929"
"""BGM 1001 of all import declarations: seen on the self-assessed clearance, "goods declaration for importation"."""

PERIODIC_DECLARATION: Final = "929"
"""BGM 1001 of the periodic declarations: as the others."""

RELEASE_REQUEST: Final = "99"
"""BGM 1001 of a request for cargo release: "cargo release notification" in UN/EDIFACT."""

CONSIGNMENT_REFERENCE: Final = "CNR"
"""RFF 1153 of the consignment reference: seen on the self-assessed clearance, though UN/EDIFACT does not list it (S)."""

TRANSPORT_REFERENCES: Final = f"MB|MWB|BH|HWB|AAQ|{CONSIGNMENT_REFERENCE}"
"""RFF 1153 of what a transport line is known by: as on the self-assessed clearance (S)."""

CHANGE_REASON: Final = "CHG"
"""FTX 4451 of the reason of a change: "change information" in UN/EDIFACT."""

AMBER_STATEMENT: Final = "CUS"
"""FTX 4451 of the statement about something the declarant is unsure of: "customs declaration information"."""

PROTEST_REASON: Final = "PMT"
"""FTX 4451 of the reason why duty is paid under protest: "payment information" in UN/EDIFACT."""

AMBER_REASON_LIST: Final = "AMB"
"""GIS 1131 of the amber reason type; customs keeps the list, its number is not published."""

VALUATION_BASIS_LIST: Final = "VBT"
"""GIS 1131 of the valuation basis type; customs keeps the list, its number is not published."""

LOADING_PORT: Final = "9"
"""LOC 3227 of the port of loading: as on the export declaration."""

FIRST_ARRIVAL_PORT: Final = "60"
"""LOC 3227 of the first port of arrival in Australia: "place of arrival" in UN/EDIFACT."""

WAREHOUSE: Final = "18"
"""LOC 3227 of a warehouse that goods go into: seen on the authority to deal."""

EXPORT_DATE: Final = "189|260"
"""DTM 2005 of the day of export, by which goods are valued: 189, or 260 as the self-assessed clearance has it."""

INVOICE_TERM: Final = "6|3"
"""TOD 4055 of the invoice term: "delivery condition" in UN/EDIFACT, or "price and despatch condition"."""

OVERSEAS_FREIGHT: Final = "144"
"""MOA 5025 of overseas freight: "transport charges (customs)"."""

OVERSEAS_INSURANCE: Final = "70"
"""MOA 5025 of overseas insurance: "insurance charges (customs)"."""

VALUATION_AMOUNTS: Final = "107|102|49|80|152|105|72|45|46"
"""MOA 5025 of what is added to the invoice total or taken off it: the UN/EDIFACT values for customs valuation."""

LINE_PRICE: Final = "40"
"""MOA 5025 of the price of a tariff line: seen on the self-assessed clearance (S)."""

RATE_NUMBER: Final = "AWA"
"""RFF 1153 of the rate number of a tariff class: "rate code number" in UN/EDIFACT."""

TREATMENT: Final = "AFD"
"""RFF 1153 of the treatment code, which stands for an item of schedule 4: "customs item number"."""

PREFERENCE_COUNTRY: Final = "39"
"""LOC 3227 of the country whose preference is claimed: "country of production"."""

PREFERENCE_SCHEME: Final = "AIP"
"""RFF 1153 of the preference scheme type: "customs preference inquiry number"."""

PREFERENCE_RULE: Final = "ANG"
"""RFF 1153 of the preference rule type: "technical regulation"."""

PERMIT: Final = "AHW"
"""RFF 1153 of a permit, prefix and number: "import permit number"."""

LUXURY_CAR_EXEMPTION: Final = "TL"
"""RFF 1153 of the exemption code for luxury car tax: "tax exemption licence number"."""

DUMPING_SPECIFICATION: Final = "ABC"
"""RFF 1153 of the dumping specification number: "anti-dumping case number"."""

DUMPING_EXEMPTION: Final = "AGM"
"""FTX 4451 of the dumping exemption type, which is a word: "exemption"."""

DUMPING_COUNTRY: Final = "35"
"""LOC 3227 of the dumping country of export: "country of exportation"."""

DUMPING_PRICE: Final = "290"
"""MOA 5025 of the dumping export price: "dumping export value"."""

DUMPING_QUANTITY: Final = "AAF"
"""MEA 6311 of the quantity by which dumping duty is reckoned: "customs line item measurement"."""

DUTY_FACTOR: Final = "ABX"
"""MEA 6311 of the other duty factor: "usable or consumable content"."""

PROTECTION_ANSWER: Final = "AIP"
"""FTX 4451 of an answer to a community protection question: "question". Laid out as the lodgement answers."""

QUARANTINE_COMMODITY: Final = "AHT"
"""RFF 1153 of an AQIS commodity code: "quarantine/treatment status reference number"."""

QUARANTINE_PROCESSING_LIST: Final = "AQP"
"""GIS 1131 of the AQIS processing type."""

QUARANTINE_CONCERN_LIST: Final = "AQC"
"""GIS 1131 of the AQIS concern type."""

QUARANTINE_DOCUMENT_LIST: Final = "AQD"
"""DOC 1131 of the AQIS document type."""

QUARANTINE_PREMISES: Final = "43"
"""LOC 3227 of the AQIS premises: "place of customs examination"."""

QUARANTINE_PRODUCER: Final = "GD"
"""NAD 3035 of the AQIS producer: "producer"."""

TREATMENT_INSTRUMENT_LIST: Final = "TRI"
"""DOC 1131 of the instrument that a treatment code rests on: type in 1000, number in 1004."""

CLASS_INSTRUMENT_LIST: Final = "TCI"
"""DOC 1131 of the instrument that applies to the tariff class: type in 1000, number in 1004."""

WAREHOUSE_SOURCE: Final = "AEI"
"""RFF 1153 of the warehouse declaration, and its line in 1156, that goods come from: "previous customs declaration"."""

SECURITY: Final = "ABL"
"""RFF 1153 of the security for temporary import: "customs guarantee number"."""

PERIOD_START: Final = "155"
"""DTM 2005 of the first day of a period: "accounting period start date"."""

PERIOD_END: Final = "156"
"""DTM 2005 of the last day of a period: "accounting period end date"."""

RELEASE_PACKAGES: Final = "1"
"""QTY 6063 of the packages to be released: "discrete quantity" in UN/EDIFACT."""

MOVEMENT_REASON_LIST: Final = "MVR"
"""GIS 1131 of the reason of a movement; its codes are not published."""

ORIGIN_ESTABLISHMENT: Final = "5"
"""LOC 3227 of the establishment that goods leave: seen on underbond approvals."""

DESTINATION_ESTABLISHMENT: Final = "4"
"""LOC 3227 of the establishment that goods go to: seen on underbond approvals."""
