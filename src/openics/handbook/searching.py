"""Finding pages by words: names and titles count most, then items and codes, then the text."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from openics.handbook.markup import plain
from openics.handbook.pages import Hit, Page
from openics.handbook.shelf import all_pages

MOST: Final = 50
"""Hits of one search, unless more are asked for."""
_NAME, _NAME_BEGINS, _TITLE, _ITEM, _PHRASE, _ITEM_HOLDS, _TEXT = 1000, 400, 200, 100, 90, 40, 10
_KINDS: Final = {"message": 6, "error": 5, "code list": 4, "rules": 3, "help": 2, "index": 1}
"""What decides between pages that fit equally."""
_BEFORE, _LENGTH = 60, 200


@dataclass(frozen=True, slots=True)
class _Entry:
    page: Page
    names: tuple[str, ...]
    title: str
    items: tuple[str, ...]
    text: str
    folded: str


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(_entry(page) for page in all_pages())


def _entry(page: Page) -> _Entry:
    text = plain(page.text)
    names = tuple(name.casefold() for name in page.names)
    items = tuple(item.casefold() for item in page.items)
    folded = text.casefold()
    return _Entry(page, names, page.title.casefold(), items, text, folded if len(folded) == len(text) else text.lower())


def search(words: str, most: int = MOST) -> list[Hit]:
    """The pages that hold every word, the best first; none without a word."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    scored = [(_score(entry, wanted), entry) for entry in _entries()]
    found = [(score, entry) for score, entry in scored if score]
    found.sort(key=lambda each: (-each[0], -_KINDS[each[1].page.kind], each[1].page.path))
    return [_hit(entry, score, wanted) for score, entry in found[:most]]


def _score(entry: _Entry, wanted: list[str]) -> int:
    """The sum of what each word is worth, 0 unless all are found; a whole name or item asked for counts once more."""
    scores = [_worth(entry, word) for word in wanted]
    if not all(scores):
        return 0
    whole = " ".join(wanted)
    return sum(scores) + _whole(entry, whole)


def _whole(entry: _Entry, whole: str) -> int:
    if whole in entry.names or whole == entry.title:
        return _NAME
    if whole in entry.items:
        return _ITEM
    return _PHRASE if " " in whole and whole in entry.page.summary.casefold() else 0


def _worth(entry: _Entry, word: str) -> int:
    if word in entry.names:
        return _NAME
    if any(name.startswith(word) for name in entry.names):
        return _NAME_BEGINS
    if any(begins.startswith(word) for begins in entry.title.split()):
        return _TITLE
    if word in entry.items:
        return _ITEM
    if any(begins.startswith(word) for item in entry.items for begins in item.split()):
        return _ITEM_HOLDS
    return _TEXT if word in entry.folded else 0


def _hit(entry: _Entry, score: int, wanted: list[str]) -> Hit:
    page = entry.page
    return Hit(page.path, page.title, page.kind, _excerpt(entry, wanted), score)


def _excerpt(entry: _Entry, wanted: list[str]) -> str:
    """The summary when the page's own name was asked for, else the text around the first word."""
    if page_named(entry.page, wanted) and entry.page.summary:
        return entry.page.summary
    at = min((at for at in (entry.folded.find(word) for word in wanted) if at >= 0), default=0)
    start = entry.text.rfind(" ", 0, max(0, at - _BEFORE)) + 1
    cut = entry.text[start : start + _LENGTH]
    end = "…" if start + _LENGTH < len(entry.text) else ""
    return ("…" if start else "") + cut.rpartition(" ")[0] + end if end else ("…" if start else "") + cut


def page_named(page: Page, wanted: list[str]) -> bool:
    """Whether one of the words is a name of the page."""
    return any(name.casefold() in wanted for name in page.names)
