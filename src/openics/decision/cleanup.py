"""Clean-up of a document before anything is decided.

Leading and trailing blanks go, runs of blanks become one, nulls and line ends become blanks, characters outside the
repertoire of UNOC (ISO 8859-1) and control characters are dropped, letters are folded to upper case. A text of which
nothing is left counts as absent. Source: ICS software developers guide, generic business rules of the declarations and
status request rules; folding to upper case follows what customs itself writes (inferred).
"""

from typing import Any, Final, TypeVar

from openics.messages.document import Part
from openics.messages.fields import Field, Kind

AnyPart = TypeVar("AnyPart", bound=Part)

KEEP_CASE: Final = frozenset({"sender_reference", "value"})
"""Fields whose letters stay as they are: a reference returns as it was sent, a contact's value may be an address."""

_BLANKS: Final = {0x00: " ", 0x09: " ", 0x0A: " ", 0x0B: " ", 0x0C: " ", 0x0D: " ", 0x85: " ", 0xA0: " "}
_DROPPED: Final = [code for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD) if code not in _BLANKS]
_LEGAL: Final = {**_BLANKS, **dict.fromkeys(_DROPPED)}


def _upper(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 and ord(upper) < 0x100 else character


_FOLDED: Final = {code: _upper(chr(code)) for code in range(0x100)} | _LEGAL


def clean_text(text: str, *, fold: bool = True) -> str:
    """The text after clean-up; `fold` says whether its letters become upper case."""
    legal = text.encode("latin-1", "ignore").decode("latin-1")
    return " ".join(legal.translate(_FOLDED if fold else _LEGAL).split())


def clean(part: AnyPart) -> AnyPart:
    """The document, or part of one, after clean-up; the very same object when there was nothing to do."""
    return _cleaned(part, fold=True)


def legal(part: AnyPart) -> AnyPart:
    """The document with its letters as they are: only blanks and illegal characters are cleaned up."""
    return _cleaned(part, fold=False)


def _cleaned(part: AnyPart, *, fold: bool) -> AnyPart:
    changes = {}
    for field, value in part.present():
        cleaned = _clean_field(field, value, fold=fold)
        if cleaned != value:
            changes[field.name] = cleaned
    return part.replace(**changes) if changes else part


def _clean_field(field: Field, value: Any, *, fold: bool) -> Any:
    if field.kind is Kind.TEXT:
        fold = fold and field.name not in KEEP_CASE
        if field.repeated:
            return tuple(text for text in (clean_text(each, fold=fold) for each in value) if text)
        return clean_text(value, fold=fold) or None
    if field.kind is Kind.PART:
        return tuple(_cleaned(each, fold=fold) for each in value) if field.repeated else _cleaned(value, fold=fold)
    return value
