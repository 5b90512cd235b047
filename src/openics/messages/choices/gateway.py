"""What we chose for the messages of the gateway."""

from typing import Final

DATA_ERROR: Final = "22"
"""ERC 9321 of an item that breaks the data dictionary: the only value seen (S, a single sample)."""
