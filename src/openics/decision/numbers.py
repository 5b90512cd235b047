"""Numbers that are given out once: drawn from PostgreSQL sequences, one for each request that may need one.

A number that is not used in the end is lost, never given to another: gaps are harmless, doubles are not.
"""

from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

from openics.decision.room import Cursor

SEQUENCES: Final = ("submission_number", "edn_number", "ccid_number", "response_number")
"""The sequences of the database; each counts from 0."""

Key = TypeVar("Key", bound=Hashable)

_SYMBOLS: Final = "0123456789ABCDEFGHIJ"


def reserve(cursor: Cursor, sequence: str, keys: Sequence[Key]) -> dict[Key, int]:
    """Draw a number for every key (a request's number, say), in one query; they rise in the order of the keys."""
    if sequence not in SEQUENCES:
        raise ValueError(f"there is no sequence {sequence!r}; known are {', '.join(SEQUENCES)}")
    if not keys:
        return {}
    cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s) ORDER BY 1", (sequence, len(keys)))
    return dict(zip(keys, (number for (number,) in cursor.fetchall()), strict=True))


def response_reference(number: int) -> str:
    """The reference of a response: three groups of four symbols 0-9 A-J, as in `4085 EB93 FHAE` (seen)."""
    if not 0 <= number < len(_SYMBOLS) ** 12:
        raise ValueError(f"a response number lies between 0 and 20**12 - 1, not {number}")
    symbols = []
    for _ in range(12):
        number, digit = divmod(number, len(_SYMBOLS))
        symbols.append(_SYMBOLS[digit])
    text = "".join(reversed(symbols))
    return f"{text[:4]} {text[4:8]} {text[8:]}"
