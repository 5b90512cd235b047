"""What the messages declare, gathered: parts, items, code lists and who uses them, rooms, answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from openics.messages.codes import CodeList
from openics.messages.document import Document, Part
from openics.messages.fields import Field, Kind
from openics.messages.page_names import codes_page
from openics.messages.registry import ALL, by_name

ROOMS: Final = {
    "voyages": "Ships and flights",
    "cargo": "Import cargo",
    "imports": "Import declarations",
    "revenue": "Duty, tax and payments",
    "exports": "Exports",
    "clients": "Clients",
    "gateway": "Gateway",
}
"""The rooms of messages in the order of the registry, each with its heading."""


@dataclass(frozen=True, slots=True)
class Usage:
    """An item of a message that holds codes of a list; `part` is the class it is declared in."""

    document: type[Document]
    part: type[Part]
    field: Field


def room_of(document: type[Document]) -> str:
    """The room of a message, `exports`."""
    return document.__module__.split(".")[2]


def parts_of(part: type[Part]) -> list[type[Part]]:
    """A document and every kind of record in it, each once, in the order of the message."""
    found = [part]
    for field in part.fields():
        if field.kind is Kind.PART:
            found += [inner for inner in parts_of(field.part) if inner not in found]
    return found


def items_of(document: type[Document]) -> Iterator[tuple[type[Part], Field]]:
    """Every item that holds a value, with the record it belongs to."""
    for part in parts_of(document):
        for field in part.fields():
            if field.kind is not Kind.PART:
                yield part, field


def answers(document: type[Document]) -> list[type[Document]]:
    """The messages that answer a message, as its guide names them."""
    found = [by_name(name) for name in re.findall(r"[A-Z][A-Z0-9]+", document.guide.answer)]
    return [each for each in found if each]


def answered(document: type[Document]) -> list[type[Document]]:
    """The messages that a message answers."""
    return [each for each in ALL if document in answers(each)]


@cache
def code_lists() -> dict[str, type[CodeList]]:
    """Every code list of the messages by the name of its page, in alphabetical order."""
    return dict(sorted((name_of_list(each), each) for each in _lists(CodeList)))


def _lists(base: type[CodeList]) -> Iterator[type[CodeList]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("openics.messages.") and len(each):
            yield each
        yield from _lists(each)


def name_of_list(codes: type[CodeList]) -> str:
    """The name of a code list's page."""
    return codes_page(codes).rpartition("/")[2]


@cache
def usages() -> dict[type[CodeList], tuple[Usage, ...]]:
    """The items that hold codes of each list, in the order of the registry."""
    found: dict[type[CodeList], list[Usage]] = {}
    for document in ALL:
        for part, field in items_of(document):
            if field.codes:
                found.setdefault(field.codes, []).append(Usage(document, part, field))
    return {codes: tuple(each) for codes, each in found.items()}
