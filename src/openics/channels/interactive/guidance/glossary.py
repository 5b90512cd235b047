"""The terms and acronyms of the trade: a data file, searched and linked to."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

KNOWN: Final[Mapping[str, str]] = {
    "listed": "In the ICS list of terms",
    "public": "Used in public pages on customs or in its laws",
    "usage": "General usage of the trade, not checked against a page on the ICS",
}
"""How the meaning of a term is known."""
_FILE: Final = "glossary.csv"
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One term; `expansion` is empty for what is no abbreviation, `see` names other terms."""

    name: str
    expansion: str
    meaning: str
    topic: str
    known: str
    see: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Its place in the page of terms."""
        return anchor(self.name)

    @property
    def letter(self) -> str:
        """The letter that it is listed under."""
        return self.name[0].upper()


def anchor(name: str) -> str:
    """A name as the name of a place in a page: `Sub-manifest (CRN)` is `sub-manifest-crn`."""
    return _NOT_A_LETTER.sub("-", name.casefold()).strip("-")


@cache
def terms() -> tuple[Term, ...]:
    """All terms in alphabetical order."""
    text = files(__package__).joinpath(_FILE).read_text("utf-8")
    return tuple(_term(row) for row in csv.DictReader(text.splitlines()))


def _term(row: Mapping[str, str]) -> Term:
    see = tuple(each for each in row["see"].split(";") if each)
    return Term(row["term"], row["expansion"], row["meaning"], row["topic"], row["known"], see)


def find(words: str) -> Sequence[Term]:
    """The terms that hold all of the words anywhere; those whose own name begins with them come first."""
    wanted = words.casefold().split()
    found = [each for each in terms() if _holds(each, wanted)]
    return sorted(found, key=lambda term: _rank(term, " ".join(wanted)))


def _holds(term: Term, wanted: Sequence[str]) -> bool:
    text = f"{term.name} {term.expansion} {term.meaning} {term.topic}".casefold()
    return all(word in text for word in wanted)


def _rank(term: Term, wanted: str) -> int:
    name, expansion = term.name.casefold(), term.expansion.casefold()
    names = re.split(r" / | \(", name)
    return 0 if wanted in names else 1 if name.startswith(wanted) else 2 if wanted in f"{name} {expansion}" else 3


def by_letter(found: Sequence[Term]) -> Sequence[tuple[str, Sequence[Term]]]:
    """The terms in groups of one first letter each, in alphabetical order."""
    letters = sorted({each.letter for each in found})
    return [(letter, [each for each in found if each.letter == letter]) for letter in letters]
