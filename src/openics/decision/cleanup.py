"""Clean-up of a document before anything is decided.

The published steps, in their order: leading and trailing blanks go, runs of blanks become one, illegal characters are
dropped, nulls become blanks. A step may leave work for an earlier one (a null at the end becomes a blank), so they are
repeated until nothing changes. Illegal are control characters and those outside the repertoire of UNOC (ISO 8859-1);
line ends and tabulators count as nulls do. Then letters are folded to upper case, as customs itself writes (inferred). A
text of which nothing is left counts as absent. Sources: ICS software developers guide, generic business rules of the
declarations (steps 1 to 4), of the cargo messages (the same) and of status requests (steps 1 and 2).
"""

from typing import Any, Final, TypeVar

from openics.messages.document import Document, Part
from openics.messages.fields import Field, Kind

AnyPart = TypeVar("AnyPart", bound=Part)

KEEP_CASE: Final = frozenset({"sender_reference", "value"})
"""Fields whose letters stay as they are: a reference returns as it was sent, a contact's value may be an address."""

BLANKS_ALONE: Final = frozenset({"STREQ"})
"""Messages for which steps 1 and 2 alone are published."""

_BLANKS: Final = {0x00: " ", 0x09: " ", 0x0A: " ", 0x0B: " ", 0x0C: " ", 0x0D: " ", 0x85: " ", 0xA0: " "}
_DROPPED: Final = [code for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD) if code not in _BLANKS]
_LEGAL: Final = {**_BLANKS, **dict.fromkeys(_DROPPED)}


def _upper(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 and ord(upper) < 0x100 else character


_FOLDED: Final = {code: _upper(chr(code)) for code in range(0x100)} | _LEGAL


def clean_text(text: str, *, fold: bool = True, blanks_alone: bool = False) -> str:
    """The text after clean-up; `fold` says whether letters become upper case, `blanks_alone` that steps 1 and 2 are all."""
    if blanks_alone:
        tidy = " ".join(filter(None, text.split(" ")))
        return "".join(map(_upper, tidy)) if fold else tidy
    legal = text.encode("latin-1", "ignore").decode("latin-1")
    return " ".join(legal.translate(_FOLDED if fold else _LEGAL).split())


def clean(part: AnyPart) -> AnyPart:
    """The document, or part of one, after clean-up; the very same object when there was nothing to do."""
    return _cleaned(part, fold=True, blanks_alone=isinstance(part, Document) and part.name in BLANKS_ALONE)


def legal(part: AnyPart) -> AnyPart:
    """The document with its letters as they are: only blanks and illegal characters are cleaned up."""
    return _cleaned(part, fold=False, blanks_alone=False)


def _cleaned(part: AnyPart, *, fold: bool, blanks_alone: bool) -> AnyPart:
    changes = {}
    for field, value in part.present():
        cleaned = _clean_field(field, value, fold=fold, blanks_alone=blanks_alone)
        if cleaned != value:
            changes[field.name] = cleaned
    return part.replace(**changes) if changes else part


def _clean_field(field: Field, value: Any, *, fold: bool, blanks_alone: bool) -> Any:
    if field.kind is Kind.TEXT:
        fold = fold and field.name not in KEEP_CASE
        if field.repeated:
            texts = (clean_text(each, fold=fold, blanks_alone=blanks_alone) for each in value)
            return tuple(text for text in texts if text)
        return clean_text(value, fold=fold, blanks_alone=blanks_alone) or None
    if field.kind is Kind.PART:
        return tuple(_cleaned(each, fold=fold, blanks_alone=blanks_alone) for each in value)
    return value
