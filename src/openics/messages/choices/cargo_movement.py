"""What we chose for the messages on cargo lists, movements, discharge, outturn, status and enquiries."""

from typing import Final

CARGO_LIST: Final = "85"
"""BGM 1001 of a cargo list: "customs manifest" in UN/EDIFACT."""

UNDERBOND_REQUEST: Final = "31"
"""BGM 1001 of an underbond movement request: "underbond request" in UN/EDIFACT."""

DISCHARGE_REPORT: Final = "25"
"""BGM 1001 of a progressive discharge report: "container discharge list" in UN/EDIFACT."""

OUTTURN_REPORT: Final = "35"
"""BGM 1001 of an outturn report: "inventory report" in UN/EDIFACT."""

RESPONSIBLE_PARTY: Final = "UD|DT|MS|AE|TB|FR"
"""NAD 3035 of the responsible party: what the answers call the client concerned; the others are accepted in its place."""

LINE_ACTION_LIST: Final = "165"
"""GIS 1131 of the line action: "amendment code (Customs)" in UN/EDIFACT. The published tables do not show its place; the
GIS of a cargo line is the only coded one there. That of CARLST has none, and takes one for it here."""

INDICATOR_LIST: Final = "109"
"""GIS 1131 of the restow indicator and of the result of an air outturn: "customs indicator" in UN/EDIFACT."""

LINE_NUMBER: Final = "SG14/GID/1496"
"""Where the number of a line stands: the goods item number, in the only segment that is mandatory in every line."""

PARENT: Final = "C506.4000"
"""The element of the RFF of a line for the bill or waybill above its reference. A line has one RFF, so both stand in it."""

DISCHARGE_ESTABLISHMENT: Final = "11"
"""LOC 3227 of the establishment where cargo is discharged: "place/port of discharge" in UN/EDIFACT."""

WHARF: Final = "11|4|5|12|202"
"""LOC 3227 of the wharf of a discharge report: "place/port of discharge" in UN/EDIFACT; the others are accepted in its
place."""

ESTABLISHMENT: Final = "4|5|7|11|14|202"
"""LOC 3227 of the establishment that an outturn or an enquiry is about: seen on status advices; the others are accepted in
its place."""

NEXT_OVERSEAS_PORT: Final = "6"
"""LOC 3227 of the overseas port that transhipped goods go to next: seen on approvals; D.99B lists no such code."""

PORT_OF_LOADING: Final = "9"
"""LOC 3227 of the port where a line of a cargo list was loaded: "place/port of loading" in UN/EDIFACT."""

PORT_OF_DESTINATION: Final = "8"
"""LOC 3227 of the port where a line of a cargo list is to go: "place of destination" in UN/EDIFACT."""

FIRST_DISCHARGE: Final = "163|194"
"""DTM 2005 of the discharge of the first container: "processing start date/time" in UN/EDIFACT; the others are
accepted in its place."""

LAST_DISCHARGE: Final = "164|206"
"""DTM 2005 of the discharge of the last container: "processing end date/time" in UN/EDIFACT; the others are accepted
in its place."""

SCHEDULED_ARRIVAL: Final = "232|132|178"
"""DTM 2005 of the scheduled arrival of a flight: "arrival date/time, scheduled" in UN/EDIFACT; the others are accepted
in its place."""

RECEIPT: Final = "50|143|310"
"""DTM 2005 of the receipt of cargo, and of an air outturn: "goods receipt date/time" in UN/EDIFACT; the others are
accepted in its place."""

UNPACK: Final = "678"
"""DTM 2005 of the unpacking: "transport equipment stripping date and/or time" in UN/EDIFACT."""

SHORT: Final = "122"
"""QTY 6063 of packages that are missing: "short-landed goods" in UN/EDIFACT."""

SURPLUS: Final = "123"
"""QTY 6063 of packages that were not reported: "surplus goods" in UN/EDIFACT."""

DAMAGED: Final = "124"
"""QTY 6063 of packages that are damaged or pillaged: "damaged goods" in UN/EDIFACT."""

DAMAGE_TEXT: Final = "DAR|AAI|ABO|ACB"
"""FTX 4451 of what is said of damage or pillage: "damage remarks" in UN/EDIFACT; the others are accepted in its place."""

OUTTURN_TEXT: Final = "ABO|AAI|ACB|DAR"
"""FTX 4451 of what is said of an air outturn line: "discrepancy information" in UN/EDIFACT; the others are accepted in
its place."""

UNPACKED_FROM: Final = "ZZZ"
"""PCI 4233 with the container that a bill was unpacked from: "mutually defined" in UN/EDIFACT."""

CONTAINER_OPERATOR: Final = "CF|CA|CG|CN|CW|FW|TR|UD"
"""NAD 3035 of the party of a discharged container, whose meaning is not published: "container operator" in UN/EDIFACT;
the others are accepted in its place."""

CONSIGNEE: Final = "CN"
"""NAD 3035 of the first party of establishment information: the consignee."""

NOTIFY_PARTY: Final = "NI"
"""NAD 3035 of the second party of establishment information: the notify party."""
