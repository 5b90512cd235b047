"""What the handbook is made of: pages, files, and what a search finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the handbook.

    `path` is where it lies (`messages/EXD.md`), and what links to it lead to; `index.md` is the first page. `kind` says what
    it is about: `message`, `code list`, `error`, `rules`, `index` or `help`. `text` is Markdown and begins with the heading.
    """

    path: str
    title: str
    kind: str
    text: str
    summary: str = ""
    """What it is about in one sentence, without markup."""
    names: tuple[str, ...] = ()
    """What it is known by: short name, error id, rule ids."""
    items: tuple[str, ...] = ()
    """The business items and codes that it explains."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that a search found; `excerpt` is a piece of plain text around the first word found."""

    path: str
    title: str
    kind: str
    excerpt: str
    score: int


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages link to: a schema, an example, a code list, the bundle of all."""

    path: str
    media_type: str
    content: bytes
