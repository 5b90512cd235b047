"""Code lists of exports; those that messages carry are in `openics.messages.codes`."""

from enum import StrEnum
from functools import cache
from typing import Final

from openics.messages.codes import CodeList, GoodsType


class Status(StrEnum):
    """How an export declaration stands (meanings documented by customs and vendors; exact strings partly inferred)."""

    CLEAR = "CLEAR"
    """Validated; the authority to export."""
    ERROR = "ERROR"
    """Incorrect or incomplete; no authority until it is amended."""
    REJECTED = "REJECTED"
    """Not accepted; an original gets no number."""
    IDLE = "IDLE"
    """10 days past the intended export date, and nobody reported the goods."""
    REVOKED = "REVOKED"
    """30 days past the intended export date; the authority is taken back."""
    EXPIRED = "EXPIRED"
    """The goods are exported; the authority is spent."""
    EXPIRED_ERROR = "EXPIRED_ERROR"
    """Amended after export, with an error."""
    WITHDRAWN = "WITHDRAWN"
    """Taken back by the reporting party."""
    HELD = "HELD"
    """Held by an officer (inferred)."""

    @property
    def description(self) -> str:
        """The meaning, as the sender reads it."""
        return _DESCRIPTIONS[self]


class ConditionName(StrEnum):
    """What the status of an export declaration is made of."""

    NOT_WITHDRAWN = "not withdrawn"
    """The reporting party stands by the declaration."""
    IN_ORDER = "declared without errors"
    """No rule finds an error in it, permits apart."""
    PERMITS = "permits quoted"
    """Every line whose AHECC code asks for a permit quotes one."""
    NOT_HELD = "not held by customs"
    """No officer holds it."""
    NOT_IDLE = "intended export date not long past"
    """The days after the intended export date, before it counts as idle."""
    NOT_REVOKED = "exported in time"
    """The days after the intended export date, before the authority is revoked."""
    EXPORTED = "goods reported as exported"
    """A manifest names it, or its goods are of a kind that no manifest names."""


SELF_EXPIRING: Final = frozenset(
    {GoodsType.STORES, GoodsType.SPARES, GoodsType.OWN_POWER, GoodsType.BAGGAGE, GoodsType.POSTAL}
)
"""Goods types that never appear on a manifest and so expire by themselves (documented)."""


@cache
def codes_of(code_list: type[CodeList]) -> frozenset[str]:
    """The codes of a list, for asking whether a text is one of them."""
    return frozenset(code_list.meanings())


_DESCRIPTIONS: Final = {
    Status.CLEAR: "VALIDATED, AUTHORITY TO EXPORT GIVEN",
    Status.ERROR: "DATA INCORRECT OR INCOMPLETE, NO AUTHORITY; AMEND OR WITHDRAW",
    Status.REJECTED: "NOT ACCEPTED, NO NUMBER ISSUED; CORRECT AND SEND ANOTHER ORIGINAL",
    Status.IDLE: "INTENDED EXPORT DATE LONG PAST, GOODS NOT REPORTED; AMEND OR WITHDRAW",
    Status.REVOKED: "AUTHORITY REVOKED, GOODS NOT EXPORTED IN TIME; AMEND OR WITHDRAW",
    Status.EXPIRED: "GOODS EXPORTED, AUTHORITY SPENT",
    Status.EXPIRED_ERROR: "GOODS EXPORTED, A LATER AMENDMENT CONTAINS AN ERROR",
    Status.WITHDRAWN: "WITHDRAWN BY THE REPORTING PARTY",
    Status.HELD: "HELD BY CUSTOMS",
}
