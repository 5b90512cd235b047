"""Error ids of the client register that no published material names; replace them here when it does (all inferred)."""

from typing import Final

NOT_AN_ORIGINAL: Final = "CL9001"
SENDER_REFERENCE_USED: Final = "CL9002"
NEITHER_ABN_NOR_NAME: Final = "CL9003"
ABN_AND_NAME: Final = "CL9004"
ABN_NOT_VALID: Final = "CL9005"
ABN_REGISTERED: Final = "CL9006"
CLIENT_KIND_MISSING: Final = "CL9007"
ADDRESS_MISSING: Final = "CL9008"
COUNTRY_NOT_KNOWN: Final = "CL9009"
ROLE_NOT_KNOWN: Final = "CL9010"
DUPLICATE: Final = "CL9011"
SENDER_REFERENCE_MISSING: Final = "CL9012"
VERSION_TOO_LOW: Final = "CL9013"
TWO_ADDRESSES: Final = "CL9014"
