"""Links from a page to its terms: each where it first appears in running text, not in code, tables, headings or other links."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from markupsafe import Markup

from openics.channels.interactive.guidance.glossary import Term, terms

SHORTEST: Final = 3
"""Letters of the shortest acronym that is linked; shorter ones are ordinary words too often."""
NEVER: Final = frozenset(
    {"ADD", "BGM", "CAN", "COMPILE", "EXIT", "FTA", "FTX", "INS", "MARS", "STS", "UNB", "UNH", "UNT", "UNZ", "WET"}
    | {"Type 1", "3 certificate"}
)
"""Names that mean something else in most texts, that are two terms, that are in every table, or no name alone."""
_CLOSED: Final = frozenset(
    {"a", "button", "code", "dd", "dt", "h1", "h2", "h3", "h4", "label", "legend", "nav", "option", "pre", "script"}
    | {"summary", "table", "textarea", "title"}
)
"""Elements in which nothing is linked."""
_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


def link_terms(html: str, address: str) -> Markup:
    """The HTML of a page with its terms linked to the page of terms, which is at `address`."""
    return Markup("".join(_linked(str(html), address)))  # noqa: S704 - text of the given HTML, with links of ours


def _linked(html: str, address: str) -> Iterator[str]:
    closed: list[str] = []
    used: set[str] = set()
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            _follow(piece, closed)
            yield piece
        else:
            yield piece if closed else _with_links(piece, address, used)


def _follow(tag: str, closed: list[str]) -> None:
    """Note which elements without links the text after this tag is in."""
    found = _NAME.match(tag)
    name = found[1].lower() if found else ""
    if name not in _CLOSED or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        closed.append(name)
    elif closed and closed[-1] == name:
        closed.pop()


def _with_links(text: str, address: str, used: set[str]) -> str:
    def link(found: re.Match[str]) -> str:
        term = linkable()[found[0]]
        if term.name in used:
            return found[0]
        used.add(term.name)
        title = Markup.escape(term.expansion or term.meaning)
        return f'<a class="govuk-link ics-term" href="{address}#{term.anchor}" title="{title}">{found[0]}</a>'

    return _pattern().sub(link, text)


@cache
def linkable() -> Mapping[str, Term]:
    """Which words, as HTML writes them, are linked to which terms: acronyms, and names of several words."""
    found = ((name, term) for term in terms() for name in _names(term))
    return {str(Markup.escape(name)): term for name, term in found if _distinct(name) and name not in NEVER}


def _names(term: Term) -> Iterator[str]:
    """How a term is written in a text: `ETA / ETD` is two, and what stands in brackets is none."""
    for name in term.name.partition(" (")[0].split(" / "):
        yield name
        first, *others = name.split()
        if others and first[1:].islower() and not any(word.istitle() for word in others):
            yield name[0].lower() + name[1:]


def _distinct(name: str) -> bool:
    acronym = len(name) >= SHORTEST and sum(letter.isupper() or letter.isdigit() for letter in name) >= SHORTEST - 1
    return acronym or " " in name


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(map(re.escape, linkable()), key=len, reverse=True)
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(names)})(?![\w/]|[-.]\w)")
