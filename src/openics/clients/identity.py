"""Evidence of identity: the 100-point check of documents that an officer sights. Pure.

Source: Customs, evidence of identity for digital certificates (documented): 100 points, at least one primary document,
together photograph, signature, current residential address and date of birth; primary documents 70 points, current or
expired within two years. Kinds, points and what each shows stand in `DOCUMENTS`, each with its evidence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from openics.clients.register_rules import Problem

NEEDED: Final = 100
EXPIRED_SINCE: Final = timedelta(days=2 * 365)
"""For how long a primary document counts after its expiry."""
MOST_DOCUMENTS: Final = 6
_TAIL: Final = re.compile(r"[0-9A-Z]{2,4}")


class Shows(StrEnum):
    """What the documents must show together."""

    PHOTOGRAPH = "a photograph"
    """The face."""
    SIGNATURE = "a signature"
    """The hand."""
    ADDRESS = "the current residential address"
    """Where the person lives."""
    BIRTH = "the date of birth"
    """When the person was born."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its points, what it shows, whether it ends on a day, and where this is known from."""

    name: str
    points: int
    shows: frozenset[Shows]
    evidence: str
    primary: bool = False
    expires: bool = True


_ALL: Final = frozenset(Shows)
_PICTURE: Final = frozenset({Shows.PHOTOGRAPH, Shows.SIGNATURE})
DOCUMENTS: Final[Mapping[str, DocumentKind]] = {
    "PASSPORT": DocumentKind("Passport", 70, _PICTURE | {Shows.BIRTH}, "I", primary=True),
    "BIRTH": DocumentKind("Birth certificate", 70, frozenset({Shows.BIRTH}), "I", primary=True, expires=False),
    "CITIZENSHIP": DocumentKind(
        "Citizenship certificate", 70, frozenset({Shows.BIRTH}), "D", primary=True, expires=False
    ),
    "DRIVER": DocumentKind("Australian driver licence", 40, _ALL, "D"),
    "PUBLIC SERVICE": DocumentKind("Public-service identity card", 40, _PICTURE, "D"),
    "STUDENT": DocumentKind("Tertiary student card", 40, _PICTURE, "I"),
    "RATES": DocumentKind("Council rates notice", 35, frozenset({Shows.ADDRESS}), "I", expires=False),
    "HEALTH": DocumentKind("Health insurance card", 25, frozenset(), "I"),
    "BANK": DocumentKind("Bank card", 25, frozenset({Shows.SIGNATURE}), "I"),
    "UTILITY": DocumentKind("Electricity, gas or water bill", 25, frozenset({Shows.ADDRESS}), "I", expires=False),
}
"""By code. The public-service card's points and all that is marked I are inferred."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """A document as sighted: kind, the last two to four characters of its number, and its expiry."""

    kind: str
    tail: str
    expiry: date | None = None

    def to_json(self) -> dict[str, Any]:
        """As kept until it is erased."""
        return {"kind": self.kind, "tail": self.tail, "expiry": self.expiry.isoformat() if self.expiry else None}


def points(documents: Iterable[Sighted]) -> int:
    """Their sum; each kind counts once."""
    return sum(DOCUMENTS[kind].points for kind in {each.kind for each in documents} if kind in DOCUMENTS)


def problems(documents: Sequence[Sighted], today: date) -> list[Problem]:
    """What keeps the documents from proving an identity; the places are `document_N` and, for all of them, `document_0`."""
    found = [Problem(f"document_{place}", text) for place, each in enumerate(documents) for text in _wrong(each, today)]
    return found or [Problem("document_0", text) for text in _missing(documents)]


def _wrong(document: Sighted, today: date) -> list[str]:
    kind = DOCUMENTS.get(document.kind)
    if kind is None:
        return ["Select the kind of document"]
    found = [] if _TAIL.fullmatch(document.tail) else ["Enter the last two to four characters of its number, no more"]
    if kind.expires and document.expiry is None:
        found.append(f"Enter the day on which the document ({kind.name}) expires")
    last = document.expiry + (EXPIRED_SINCE if kind.primary else timedelta()) if document.expiry else None
    if last and last < today:
        grace = " more than two years ago" if kind.primary else ""
        found.append(f"The document ({kind.name}) expired{grace} and does not count")
    return found


def _missing(documents: Sequence[Sighted]) -> list[str]:
    kinds = {each.kind for each in documents}
    if len(kinds) < len(documents):
        return ["Each kind of document counts once; remove the second one"]
    known = [DOCUMENTS[kind] for kind in kinds]
    found = [] if any(kind.primary for kind in known) else ["At least one primary document is needed"]
    shown = frozenset[Shows]().union(*(kind.shows for kind in known))
    found += [f"No document shows {each}" for each in Shows if each not in shown]
    total = points(documents)
    return found + ([f"The documents make {total} points; {NEEDED} are needed"] if total < NEEDED else [])
