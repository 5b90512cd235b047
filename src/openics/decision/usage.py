"""Items that a document must have: those declared mandatory (use M) which the message structure itself does not ask for.

Sources: ICS software developers guide, business rules of the messages: an original and a replacement carry the full data
set, a replacement of the heading the header only, a change an action for each line (X09); which withdrawals repeat their
data (X10). That a change repeats the mandatory items of its header and of the lines it inserts or amends is inferred.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from openics.decision.findings import HEADER, Finding, Severity
from openics.messages.codes import LineAction
from openics.messages.codes import MessageFunction as Function
from openics.messages.document import Document, Part
from openics.messages.fields import Field, Kind
from openics.messages.outline import is_line


class Extent(Enum):
    """How much of a document its transaction type asks for."""

    WHOLE = "header and all lines"
    HEADER = "the header, without lines"
    LINES = "the lines, without header"
    CHANGES = "the header, and the lines that are inserted or amended"
    NOTHING = "no more than the structure asks for"


ITEM_RULE: Final = "ITEM"
"""The rule of every finding made here."""

ITEM_ERRORS: Final = {
    "voyages": "CG9000",
    "cargo": "CG9000",
    "imports": "ID9000",
    "revenue": "ID9000",
    "exports": "EX9000",
    "clients": "CL9000",
}
"""Error id of a missing item by room; only the families of two letters are published, the numbers are ours (inferred)."""

EXTENTS: Final[dict[str, Extent]] = {
    Function.CHANGE: Extent.CHANGES,
    Function.REPLACE_HEADING: Extent.HEADER,
    "21": Extent.LINES,
    Function.WITHDRAW: Extent.NOTHING,
}
"""What a transaction type (BGM 1225) asks for; every other one asks for the whole document."""

WITHDRAWALS: Final = {
    "DEPART": Extent.WHOLE,
    "DEPREL": Extent.WHOLE,
    "WARREL": Extent.HEADER,
    "WARRET": Extent.HEADER,
}
"""Messages whose withdrawal (50) repeats its data (X10; that of WARRET is inferred from WARREL)."""

OWN_RULES: Final = {
    "EXD": "its rules judge the declaration in force, which a change completes from what is stored",
    "STREQ": "rule STREQ-05 asks for its only item",
    "CLREG": "what a registration needs depends on whether it names an ABN; rules CLREG-05 to CLREG-10 ask for it",
}
"""Messages that are left out because rules of their own ask for their items, and why."""


def missing_items(document: Document) -> list[Finding]:
    """An error for every mandatory item that is absent, with the line that lacks it; none for what customs sends."""
    if document.name in OWN_RULES or document.guide.direction != "in":
        return []
    error = ITEM_ERRORS[room_of(type(document))]
    return [
        Finding(Severity.ERROR, error, f"{field.label.upper()} MUST BE SUPPLIED", line, ITEM_RULE)
        for field, line in missing_fields(document)
    ]


def room_of(document: type[Document]) -> str:
    """The room whose message this is, e.g. `cargo`."""
    return document.__module__.split(".")[2]


def extent_of(document: Document) -> Extent:
    """How much of this document must be there."""
    function = getattr(document, "function", None) or ""
    if function == Function.WITHDRAW and document.name in WITHDRAWALS:
        return WITHDRAWALS[document.name]
    return EXTENTS.get(function, Extent.WHOLE)


def missing_fields(document: Document) -> Iterator[tuple[Field, int]]:
    """The mandatory fields that are absent, each with its line (0: the header)."""
    extent = extent_of(document)
    if extent is not Extent.NOTHING:
        yield from _missing(document, extent, HEADER)


def _missing(part: Part, extent: Extent, line: int) -> Iterator[tuple[Field, int]]:
    for field in part.fields():
        if not _counts(field, extent, part):
            continue
        value = getattr(part, field.name)
        if value in (None, ()) and _is_asked(field, extent):
            yield field, line
        if field.kind is Kind.PART:
            for position, record in enumerate(value or (), start=1):
                if extent is not Extent.CHANGES or not _is_deleted(record):
                    yield from _missing(record, extent, line or _number(field, record, position))


def _counts(field: Field, extent: Extent, part: Part) -> bool:
    if not isinstance(part, Document) or extent in (Extent.WHOLE, Extent.CHANGES):
        return True
    return is_line(field) is (extent is Extent.LINES)


def _is_asked(field: Field, extent: Extent) -> bool:
    """Whether the field must be there; a change may leave out lines that stay as they are."""
    unchanged = extent is Extent.CHANGES and is_line(field)
    return field.use == "M" and not field.required and not unchanged


def _is_deleted(record: Any) -> bool:
    return getattr(record, "action", None) == LineAction.DELETE


def _number(field: Field, record: Any, position: int) -> int:
    """The reported line number of a record; of a line without one its position; 0 for a record of the header."""
    number = getattr(record, "number", None)
    if isinstance(number, int):
        return number
    return position if is_line(field) else HEADER
