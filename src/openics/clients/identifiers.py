"""Identifiers of clients and sites: check and allocation.

Sources: ICS software developers guide, Customs Client ID calculation routines (CCID, documented); the site id's check
letter is inferred from real ids and follows the same routine; ABN as the Australian Business Register defines it.
"""

from typing import Final

from stdnum.au import abn

from openics.decision.authority_numbers import DIGITS, LETTERS

_CCID_LETTERS, _CCID_DIGITS = 3, 7
_SITE_LETTERS, _SITE_DIGITS = 3, 3
_MOST_CCIDS: Final = len(LETTERS) ** _CCID_LETTERS * len(DIGITS) ** _CCID_DIGITS
MOST_SITES: Final = len(LETTERS) ** _SITE_LETTERS * len(DIGITS) ** _SITE_DIGITS


def check_letter(symbols: str) -> str:
    """The letter that follows the symbols: their values, each times its place from 1, summed modulo 17.

    A letter's value is its place in the restricted alphabet from 1, a digit's value the digit itself.
    """
    total = sum(_value(symbol) * place for place, symbol in enumerate(symbols, start=1))
    return LETTERS[total % len(LETTERS)]


def ccid(number: int) -> str:
    """The client identifier that is given out after `number` others: digits roll before letters."""
    if not 0 <= number < _MOST_CCIDS:
        raise ValueError(f"a client identifier counts from 0 to {_MOST_CCIDS - 1}, not {number}")
    letters, digits = divmod(number, len(DIGITS) ** _CCID_DIGITS)
    symbols = _count(letters, LETTERS, _CCID_LETTERS) + _count(digits, DIGITS, _CCID_DIGITS)
    return symbols + check_letter(symbols)


def is_ccid(text: str) -> bool:
    """Whether the text is a client identifier: LLLNNNNNNNL with the right check letter."""
    return _is_checked(text, _CCID_LETTERS, _CCID_DIGITS)


def is_site_id(text: str) -> bool:
    """Whether the text is a site id: LLLNNNL with the right check letter."""
    return _is_checked(text, _SITE_LETTERS, _SITE_DIGITS)


def site_id(stem: str) -> str:
    """The site id for a stem LLLNNN."""
    if not _has_form(stem, _SITE_LETTERS, _SITE_DIGITS):
        raise ValueError(f"{stem!r} is not three of {LETTERS} and three of {DIGITS}")
    return stem + check_letter(stem)


def site_in_order(number: int) -> str:
    """The site id that is given out after `number` others: digits roll before letters, as with client identifiers."""
    if not 0 <= number < MOST_SITES:
        raise ValueError(f"a site id counts from 0 to {MOST_SITES - 1}, not {number}")
    letters, digits = divmod(number, len(DIGITS) ** _SITE_DIGITS)
    return site_id(_count(letters, LETTERS, _SITE_LETTERS) + _count(digits, DIGITS, _SITE_DIGITS))


def is_abn(text: str) -> bool:
    """Whether the text is an Australian Business Number: 11 digits, no blanks, checked modulo 89."""
    return len(text) == 11 and text.isascii() and text.isdigit() and bool(abn.is_valid(text))


def is_client_id(text: str) -> bool:
    """Whether the text is an ABN or a CCID."""
    return is_abn(text) or is_ccid(text)


def _value(symbol: str) -> int:
    return int(symbol) if symbol in DIGITS else LETTERS.index(symbol) + 1


def _count(number: int, symbols: str, length: int) -> str:
    text = ""
    for _ in range(length):
        number, digit = divmod(number, len(symbols))
        text = symbols[digit] + text
    return text


def _is_checked(text: str, letters: int, digits: int) -> bool:
    return _has_form(text[:-1], letters, digits) and check_letter(text[:-1]) == text[-1]


def _has_form(text: str, letters: int, digits: int) -> bool:
    return len(text) == letters + digits and set(text[:letters]) <= set(LETTERS) and set(text[letters:]) <= set(DIGITS)
