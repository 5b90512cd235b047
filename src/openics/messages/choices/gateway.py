"""What we chose for the messages of the gateway."""

from typing import Final

DATA_ERROR: Final = "22"
"""ERC 9321 of an item that breaks the data dictionary: the only value seen (S, a single sample)."""

TEXT_DOCUMENT: Final = "287"
"""BGM 1001 of a general text: "status report" in UN/EDIFACT."""

EVENT_TEXT: Final = "AID"
"""FTX 4451 of a text on an outage: "event" in UN/EDIFACT."""

EVENT_REFERENCE: Final = "AIV"
"""RFF 1153 of the number of an outage: "event reference number" in UN/EDIFACT."""
