"""Which code lists the rules on voyages look codes up in: the one place to switch a list on.

A kind of code without a list is not checked, so every code of it is accepted.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from openics.reference.codes import CodeList
from openics.reference.facts import ReferenceFacts
from openics.reference.load import Key


class Kind(StrEnum):
    """What a code of an arrival report names."""

    PORT = "port"
    """A port or airport by UN/LOCODE."""
    ESTABLISHMENT = "establishment"
    """A stevedore's terminal or a depot."""
    VESSEL = "vessel"
    """A ship by IMO number or customs' own code."""
    AIRLINE = "airline"
    """An airline by IATA code."""


LISTS: Final[dict[Kind, CodeList]] = {Kind.PORT: CodeList.PORT, Kind.ESTABLISHMENT: CodeList.ESTABLISHMENT}
"""The list of each kind of code."""


def is_known(reference: ReferenceFacts, kind: Kind, code: str | None, day: date) -> bool | None:
    """Whether the code is in force on the day; None without a code, or for a kind that has no list."""
    if not code or kind not in LISTS:
        return None
    return reference.at(LISTS[kind], code, day) is not None


def keys(codes: Iterable[tuple[Kind, str | None]]) -> Iterator[Key]:
    """What is to be loaded for these codes."""
    return ((LISTS[kind], code) for kind, code in codes if code and kind in LISTS)
