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
