"""What the published material leaves open and we had to choose: replaceable data, in this one place.

Each entry names what it stands for, and why this value. When the real value becomes known, change it here: guides,
readers, writers and pages follow. All are evidence I (inferred) unless a line says otherwise.
"""

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

CLIENT_ACTIVITY_CENTRE: Final = "CAC"
"""RFF 1153 of the client activity centre of an ABN."""

CLIENT_KIND_LIST: Final = "ZZZ"
"""GIS 1131 of the kind of a client without an ABN: "mutually defined" in UN/EDIFACT."""

CUSTOMS_CLIENT: Final = "CCI"
"""FTX 4451 of a customs client identifier in a registration response: the code that CLNTDUP uses in DOC."""

INTENDED_EXPORT_DATE: Final = "129"
"""DTM 2005 of the intended export date in a status response: as in the declaration."""

DATA_ERROR: Final = "22"
"""ERC 9321 of an item that breaks the data dictionary: the only value seen (S, a single sample)."""
