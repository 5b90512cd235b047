"""The characters that an interchange may hold, by the syntax identifier of its UNB (ISO 9735 version 3, S001/0001)."""

from dataclasses import dataclass

_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = b"abcdefghijklmnopqrstuvwxyz"
_DIGITS = b"0123456789"
_MARKS = b" .,-()/='+:?!\"%&*;<>"


@dataclass(frozen=True, slots=True)
class Repertoire:
    """A named set of characters: its syntax identifier, the Python codec of its bytes, and the bytes themselves."""

    syntax_id: str
    codec: str
    characters: bytes


REPERTOIRES = {
    repertoire.syntax_id: repertoire
    for repertoire in (
        Repertoire("UNOA", "ascii", _CAPITALS + _DIGITS + _MARKS),
        Repertoire("UNOB", "ascii", _CAPITALS + _SMALL + _DIGITS + _MARKS),
        Repertoire("UNOC", "latin-1", bytes(range(0x20, 0x7F)) + bytes(range(0xA0, 0x100))),
    )
}
"""Level A and B of ISO 9735, and ISO 8859-1 without its control characters (level C)."""
