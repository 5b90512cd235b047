"""What we chose for the messages of exports."""

from typing import Final

PRESCRIBED_GOODS_LIST: Final = "109"
"""GIS 1131 of the prescribed goods indicator: "customs indicator" in UN/EDIFACT."""

UNIQUE_CONSIGNMENT: Final = "UCN"
"""RFF 1153 of the unique consignment reference: the UN/EDIFACT qualifier of that name."""

CONSOLIDATION: Final = "AIZ"
"""RFF 1153 of the consolidation reference number: quoted so by client software when a sub-manifest is withdrawn."""

DECLARATION: Final = "ED"
"""RFF 1153 of the export declaration number: seen on warehouse notices."""

TEMPORARY_IMPORT: Final = "AGM"
"""RFF 1153 of the temporary import number: "number of temporary importation document" in UN/EDIFACT."""

BRANCH: Final = "VT"
"""NAD 3035 of the branch: seen for the broker's branch on import responses."""

TOTAL_CONTAINERS: Final = "16"
"""CNT 6069 of the total of containers: "total number of equipment" in UN/EDIFACT."""

INTENDED_EXPORT_DATE: Final = "129"
"""DTM 2005 of the intended export date in a status response: as in the declaration."""

NUMBER_REQUEST_DOCUMENT: Final = "810"
"""BGM 1001 of a request for accredited client numbers: "export licence, application for" in UN/EDIFACT."""

NUMBERS_REQUESTED: Final = "AAZ"
"""FTX 4451 of how many numbers are requested: "additional export information"; GENRAL has no place for quantities."""

AGENT: Final = "AG"
"""NAD 3035 of the agent of an accredited client: "agent/representative" in UN/EDIFACT."""

ACCREDITED_NUMBER: Final = "AID"
"""RFF 1153 of an accredited client export authority number: documented for periodic declarations (D)."""

PERIODIC_DOCUMENT: Final = "830"
"""BGM 1001 of a periodic declaration: "goods declaration for exportation", as the export declaration (seen there)."""

PERIODIC_DECLARATION: Final = "ABT"
"""RFF 1153 of the number of a periodic declaration: "customs declaration number" in UN/EDIFACT."""

SETTLEMENT_PERIOD: Final = "320"
"""DTM 2005 of the settlement period: "declaration reference period" in UN/EDIFACT, as year and month (610)."""

ASSAY: Final = "CH"
"""MEA 6311 of the concentration of an assay element: "chemistry" in UN/EDIFACT."""
