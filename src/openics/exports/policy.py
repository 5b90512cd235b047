"""What the published material leaves to choice, or may change: days, limits and effects, in one place.

Each says how it is known: D documented, I inferred, U unverified.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from openics.decision.findings import Finding
from openics.messages.codes import GoodsOrigin, Unit

MOST_LINES: Final = 999
"""Rule E01 (D)."""
MOST_AMENDMENTS: Final = 998
"""Rule X04 (D for notices, I here)."""
MOST_DAYS_AHEAD: Final = 180
"""Rule E03: from lodgement to the intended export date (D)."""
IDLE_DAYS: Final = 10
"""After the intended export date, when the goods were not reported (D)."""
REVOKE_DAYS: Final = 30
"""After the intended export date, when the goods were not exported (D, s116)."""
SELF_EXPIRY_DAYS: Final = 1
"""After the intended export date, for goods that no manifest names (U)."""
MENDING_DAYS: Final = 7
"""In which the owner of a revoked declaration must amend or withdraw it (D)."""

FOREIGN_ORIGIN: Final = GoodsOrigin.FOREIGN.value
"""Origin code of foreign goods (D)."""
NO_QUANTITY: Final = Unit.NOT_RECORDED.value
"""Unit of AHECC codes for which no quantity is wanted (D)."""
TEMPORARY_IMPORT_CODES: Final = ("99022", "99023")
"""How AHECC codes for the re-export of temporary imports begin (I)."""
WEIGHT_UNITS: Final = frozenset({"KG", "T", "G"})
"""Units of the gross weight (I)."""
PERSONAL_GOODS: Final = frozenset({"AB"})
"""Goods types of personal exports (I)."""
OFTEN_CONFUSED: Final = {"KP": "KR", "KR": "KP"}
"""Country codes that are often mistaken for each other (D)."""
DOUBTFUL_COUNTRY: Final = "KP"
"""Which of the two is asked about: trade with it is rare (I)."""

STALE: Final[dict[str, Callable[[int, int], bool]]] = {
    "EXD": lambda version, stored: version <= stored,
}
"""When a version counts as stale, by message (rule X06; I for EXD): the guides word it differently for each."""

INTERACTIVE_CHANNEL: Final = "web"
"""Once this channel touched a declaration, no other may change it (rule X14, D)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which errors reject, and which leave a number in error status."""

    tolerated: frozenset[str]
    """Rules whose errors alone do not reject: the declaration is stored in error, without authority (E06, E07)."""
    advised: frozenset[str] = frozenset()
    """Rules whose errors are told as advices."""
    further: tuple[Finding, ...] = ()
    """Findings besides those of the rules."""
    held: str = ""
    """Why what is accepted is held, if it is."""


POLICY: Final = Policy(tolerated=frozenset({"E07"}))
"""Every error rejects (E05, D) except a missing permit: an authority that depends on one waits for it (s114C(3), I)."""
