"""Code lists of the client register; those that messages carry are in `openics.messages.codes`."""

from enum import StrEnum
from typing import Final

from openics.messages.codes import ContactKind


class ClientKind(StrEnum):
    """What a client is known by."""

    ABN = "ABN"
    """A holder of an Australian Business Number."""
    ORGANISATION = "ORG"
    """An organisation without an ABN, known by a CCID."""
    INDIVIDUAL = "IND"
    """A person without an ABN, known by a CCID."""


WITH_PREFIX: Final = frozenset({ContactKind.AFTER_HOURS, ContactKind.FAX, ContactKind.BUSINESS})
"""Contacts that may carry a prefix (CL0467)."""
