"""Writing Markdown: tables, links, text that is taken literally; and the plain words of a page."""

import re
from collections.abc import Iterable, Sequence
from posixpath import dirname, relpath
from typing import Final

from openics.decision.rule import Rule
from openics.edifact.guide import Guide

EVIDENCE: Final = {"D": "documented", "S": "seen in traffic", "I": "inferred", "U": "unverified"}
USE: Final = {"M": "mandatory", "C": "conditional", "O": "optional"}
DIRECTIONS: Final = {"in": "from a trader to customs", "out": "from customs to a trader", "both": "either way"}
INDENT: Final = "&emsp;"

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~])")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_ADDRESS: Final = re.compile(r"https?://(?:[^\s(),;]|\([^\s()]*\)|[,;](?=\S))+")
_BRACES: Final = re.compile(r"\{\w+\.([\w.]+)[^}]*\}")


def literal(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text))


def code(text: str) -> str:
    """Text in a fixed width font, safe in a table too."""
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    bars = text.replace("|", "\\|")
    return f"{fence}{pad}{bars}{pad}{fence}"


def link(text: str, page: str, target: str) -> str:
    """A link from a page to another page or file, relative to it; `text` is literal."""
    return f"[{literal(text)}]({relpath(target, dirname(page) or '.')})"


def source(text: str) -> str:
    """A source in words; an address in it becomes a link."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [literal(text[at : found.start()]), f"<{found[0]}>"]
        at = found.end()
    return "".join([*parts, literal(text[at:])])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table and a blank line; the cells are Markdown."""
    lines = [_row(head), f"|{'---|' * len(head)}", *map(_row, rows)]
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"


def fenced(text: str, language: str = "text") -> list[str]:
    """A block of code and a blank line."""
    return [f"```{language}", text.rstrip("\n"), "```", ""]


def sentence(rule: Rule) -> str:
    """What the sender of a document reads, with the words that are filled in set in italics."""
    parts, at = [], 0
    for found in _BRACES.finditer(rule.sentence):
        parts += [literal(rule.sentence[at : found.start()]), f"*{re.sub('[._]', ' ', found[1])}*"]
        at = found.end()
    return "".join([*parts, literal(rule.sentence[at:])])


def plain_sentence(rule: Rule) -> str:
    """The same without markup, the words that are filled in in angle brackets."""
    return _BRACES.sub(lambda found: f"<{re.sub('[._]', ' ', found[1])}>", rule.sentence)


def words(name: str) -> str:
    """The name of a class in words: `CargoType` is `cargo type`, `ABNHolder` is `ABN holder`."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+", name)
    return " ".join(part if len(part) > 1 and part.isupper() else part.lower() for part in parts)


def capital(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def standing(guide: Guide) -> str:
    """The UN/EDIFACT message of a guide with its version: `CUSDEC D.99B`."""
    return f"{guide.type} {guide.header[1]}.{guide.header[2]}"


def plain(text: str) -> str:
    """The words of a page without markup, in one line."""
    text = re.sub(r"^\|[ |-]+\|$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\[((?:[^\]\\]|\\.)*)\]\([^)\s]*\)", r"\1", text.replace(INDENT, " "))
    text = re.sub(r"(?<!\\)[`*|#]+", " ", text)
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())
