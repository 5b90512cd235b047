"""Identifiers of cargo: waybills and containers.

Sources: ICS software developers guide, air waybill check digit routine; ISO 6346.
"""

from typing import Final

from stdnum import iso6346

_WAYBILL_DIGITS: Final = 11
_AIRLINE_DIGITS: Final = 3


def is_air_waybill(text: str) -> bool:
    """Whether a master waybill is eleven digits: the airline's three, a serial of seven and that modulo 7."""
    if len(text) != _WAYBILL_DIGITS or not (text.isascii() and text.isdigit()):
        return False
    return int(text[_AIRLINE_DIGITS:-1]) % 7 == int(text[-1])


def is_container(text: str) -> bool:
    """Whether a container number has four letters, six digits and the check digit of ISO 6346."""
    return bool(iso6346.is_valid(text)) and iso6346.compact(text) == text
