"""What we chose for the manifests and notices of exports."""

from typing import Final

AUTHORITY_NUMBER: Final = "TN"
"""RFF 1153 of a customs authority number (CAN) on manifests and notices: as on a status request (seen there)."""

QUOTED_NUMBER: Final = f"{AUTHORITY_NUMBER}|ED|AIZ|AID"
"""RFF 1153 of a customs authority number that a sender quotes; those of the kinds of number (ED seen for an EDN and AIZ for a
CRN, AID documented for an ACEAN) are accepted in its place."""

EXEMPTION: Final = "TL"
"""RFF 1153 of an exemption code: seen on sub-manifests."""

MAIN_MANIFEST: Final = "AFB"
"""RFF 1153 of the main manifest number: "cargo manifest number" in UN/EDIFACT."""

MAIN_MANIFEST_DOCUMENT: Final = "833"
"""BGM 1001 of a main manifest: "cargo declaration (departure)" in UN/EDIFACT."""

NIL_CARGO_LIST: Final = "109"
"""GIS 1131 of the nil cargo report indicator: "customs indicator" in UN/EDIFACT."""

CONTAINERS: Final = "16"
"""CNT 6069 of the number of containers of a manifest or of its line: "total number of equipment" in UN/EDIFACT."""

EMPTY_CONTAINERS: Final = "30"
"""CNT 6069 of the number of empty containers: "total number of empty containers" in UN/EDIFACT."""

REPORTED_TERMINAL: Final = "202|4|5|9|14"
"""LOC 3227 of the terminal that sends a notice: "terminal" in UN/EDIFACT; the others are accepted in its place."""

REPORTED_PLACE: Final = "5|7|8|9|11|12|20|35|36|60|61|80|88|125|153"
"""LOC 3227 of a place in the header of a sub-manifest. The published table has up to nine, not what they are (U)."""

RECEIVAL_DOCUMENT: Final = "109"
"""BGM 1001 of a terminal's receival notice: "transport movement gate in report" in UN/EDIFACT."""

REMOVAL_DOCUMENT: Final = "111"
"""BGM 1001 of a terminal's removal notice: "transport movement gate out report" in UN/EDIFACT."""

TERMINAL: Final = "202"
"""LOC 3227 of the terminal that a notice is about: "terminal" in UN/EDIFACT."""

PREVIOUS_TERMINAL: Final = "80|4|5"
"""LOC 3227 of the terminal that goods came from: "place of despatch" in UN/EDIFACT; the others are accepted in its
place."""

OFFLOAD_LIST: Final = "109"
"""GIS 1131 of the offload indicator: "customs indicator" in UN/EDIFACT."""

RECEIVED: Final = "50"
"""DTM 2005 of the receival of goods: "goods receipt date/time" in UN/EDIFACT."""

RETURN_DOCUMENT: Final = "101"
"""BGM 1001 of a warehouse's return notice: as its release notice (seen there), whose layout it has."""

DEPOT_RECEIVAL_DOCUMENT: Final = "632"
"""BGM 1001 of a depot's receival notice: "goods receipt" in UN/EDIFACT."""

DEPOT_RELEASE_DOCUMENT: Final = "99"
"""BGM 1001 of a depot's release notice: "cargo release notification" in UN/EDIFACT."""

AUTHORITY_DOCUMENT: Final = "811"
"""DOC 1001 of an entry about one authority number: "export licence" in UN/EDIFACT."""

MATCH_TEXT: Final = "AAP"
"""FTX 4451 of the result of comparing a notice with the declaration: "response (free text)" in UN/EDIFACT."""

IDLE_DOCUMENT: Final = "133"
"""BGM 1001 of the advice on idle numbers: "customs documents expiration notice" in UN/EDIFACT."""

MOVEMENT_DOCUMENT: Final = "34"
"""BGM 1001 of the advice to a carrier on cargo at a terminal: "cargo status", as on cargo status advices (seen there)."""
