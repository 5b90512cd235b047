"""The parts of addresses, and the line that 100 % duplicates have in common. Pure."""

from collections.abc import Mapping
from typing import Final

ADDRESS_PARTS: Final = ("street", "street_2", "city", "postcode", "state", "country")


def match_key(name: str, address: Mapping[str, str]) -> str:
    """Name and parts of the address in one line of letters and digits; equal lines are a 100 % duplicate."""
    return "|".join(_normalised(part) for part in (name, *(address.get(part, "") for part in ADDRESS_PARTS)))


def _normalised(text: str) -> str:
    words = "".join(character if character.isalnum() else " " for character in text.upper())
    return " ".join(words.split())
