"""Identifiers of ships.

Source: CEO Instrument of Approval No. 57 of 2005: the Lloyd's (IMO) number, or a code given out by customs where a ship has
none; check digit as the IMO ship identification number scheme defines it.
"""

from stdnum import imo

_IMO_DIGITS = 7


def looks_like_imo_number(text: str) -> bool:
    """Whether a vessel id has the form of an IMO number, and so is not a code of customs: seven digits."""
    return len(text) == _IMO_DIGITS and text.isascii() and text.isdigit()


def is_imo_number(text: str) -> bool:
    """Whether a vessel id is an IMO number with the right check digit."""
    return looks_like_imo_number(text) and bool(imo.is_valid(text))
