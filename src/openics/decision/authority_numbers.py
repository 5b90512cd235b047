"""Customs authority numbers (EDN and its family): nine symbols, the last of which is a check character.

The alphabet leaves out letters and digits that are mistaken for each other (source: ICS software developers guide,
check digit algorithms). The first eight symbols count in base 22, as consecutive numbers in real traffic show; the
published material does not give the check rule of the ninth. Ours, `check_character`, is the client identifier's rule
carried over to 22 symbols; it stands alone here so that the true rule can replace it. Only the issuer verifies it.
"""

from typing import Final

LETTERS: Final = "ACEFGHJKLMNPRTWXY"
"""The 17 letters; as values they count 1 to 17."""
DIGITS: Final = "34679"
"""The 5 digits."""
SYMBOLS: Final = LETTERS + DIGITS

_WEIGHTS: Final = (1, 3, 5, 7, 9, 13, 15, 17)
"""Odd and not 11, so prime to 22: every wrong symbol changes the check character."""
_LENGTH: Final = 9


def check_character(symbols: str) -> str:
    """The ninth symbol for the first eight."""
    total = sum((SYMBOLS.index(symbol) + 1) * weight for symbol, weight in zip(symbols, _WEIGHTS, strict=True))
    return SYMBOLS[total % len(SYMBOLS)]


def authority_number(number: int) -> str:
    """The authority number that is given out after `number` others."""
    if not 0 <= number < len(SYMBOLS) ** 8:
        raise ValueError(f"an authority number counts from 0 to 22**8 - 1, not {number}")
    rest, symbols = number, ""
    for _ in range(_LENGTH - 1):
        rest, digit = divmod(rest, len(SYMBOLS))
        symbols = SYMBOLS[digit] + symbols
    return symbols + check_character(symbols)


def is_authority_number(text: str) -> bool:
    """Whether the text has the form of an authority number and its check character is right."""
    if len(text) != _LENGTH or not set(text) <= set(SYMBOLS):
        return False
    return check_character(text[:-1]) == text[-1]
