"""Numbers as UN/EDIFACT writes them (ISO 9735 version 3, section "numeric representation")."""

import re
from decimal import Decimal

from openics.edifact.faults import SyntaxCode

_SHAPES = {mark: re.compile(rf"-?[0-9]+(?:{re.escape(mark)}[0-9]+)?") for mark in ".,"}
_BARE = {mark: re.compile(rf"-?{re.escape(mark)}[0-9]+") for mark in ".,"}
_LETTERLESS = re.compile(r"[-0-9.,]*")


def parse_decimal(text: str, mark: str = ".") -> Decimal | SyntaxCode:
    """The number that `text` is, or the code of what is wrong with it.

    `mark` is the decimal mark of the interchange. A minus sign goes before the digits, there is neither a plus sign nor
    a thousands separator nor an exponent, and the mark stands between digits. Codes: 37 a character that no number has,
    38 no digit in front of the mark, 19 anything else.
    """
    if text.isdigit() and text.isascii():
        return Decimal(text)
    if _SHAPES[mark].fullmatch(text):
        return Decimal(text.replace(mark, "."))
    if not text or not _LETTERLESS.fullmatch(text):
        return SyntaxCode.INVALID_CHARACTER_TYPE
    if _BARE[mark].fullmatch(text):
        return SyntaxCode.MISSING_DIGIT_BEFORE_DECIMAL
    return SyntaxCode.INVALID_DECIMAL_NOTATION


def format_decimal(number: Decimal, mark: str = ".") -> str:
    """`number` in the notation of the interchange, every digit kept, never with an exponent."""
    if not number.is_finite():
        raise ValueError(f"{number} cannot be written: a number in an interchange is finite")
    return format(number, "f").replace(".", mark)
