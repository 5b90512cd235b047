"""What we chose for the messages of the register of clients."""

from typing import Final

CLIENT_ACTIVITY_CENTRE: Final = "CAC"
"""RFF 1153 of the client activity centre of an ABN."""

CLIENT_KIND_LIST: Final = "ZZZ"
"""GIS 1131 of the kind of a client without an ABN: "mutually defined" in UN/EDIFACT."""

CUSTOMS_CLIENT: Final = "CCI"
"""FTX 4451 of a customs client identifier in a registration response: the code that CLNTDUP uses in DOC."""
