"""The segment table of a message's page, with fixed values in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openics.edifact.directory import additions, codes, segment, table
from openics.edifact.guide import Group, Row, Use
from openics.handbook.markup import INDENT, code, literal
from openics.messages.binding import bind
from openics.messages.document import Document

HEAD: Final = ("No.", "Segment", "M/C", "Times", "Use", "Fixed values", "Items")

AGENCIES: Final = {"5": "ISO", "6": "UN/ECE", "11": "Lloyd's Register of Shipping", "95": "Australian customs"}
"""Element 3055 in ICS messages: who keeps a code list."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row or the head of a group, how deep it stands, and its number in the message."""

    part: Row | Group
    depth: int
    number: int


def rows_of(layout: Group) -> list[TableRow]:
    """Rows and heads of groups in the order of the message; only rows are numbered."""
    found: list[TableRow] = []
    for part, depth in _walk(layout, 0):
        number = sum(isinstance(each.part, Row) for each in found) + 1
        found.append(TableRow(part, depth, number))
    return found


def _walk(group: Group, depth: int) -> Iterator[tuple[Row | Group, int]]:
    for part in group.parts:
        yield part, depth
        if isinstance(part, Group):
            yield from _walk(part, depth + 1)


def segment_rows(document: type[Document]) -> Iterator[tuple[str, ...]]:
    """The cells of the segment table: one row for each use, one for each group."""
    for row in rows_of(document.guide.layout):
        part = row.part
        status = ("M" if part.mandatory else "C", str(part.repeat))
        if isinstance(part, Group):
            yield ("", f"{INDENT * row.depth}**{part.name}**", *status, "", f"group of {part.trigger.tag}", "")
            continue
        for number, use in enumerate(part.uses):
            head = (str(row.number), f"{INDENT * row.depth}{part.tag} {segment_name(part.tag)}", *status)
            yield (*(head if number == 0 else ("", "", "", "")), *_use_cells(document, use))


def segment_name(tag: str) -> str:
    """What the directory calls a segment."""
    return table("segments")[tag].name


def _use_cells(document: type[Document], use: Use) -> tuple[str, str, str]:
    times = f", {use.repeat} times" if use.repeat > 1 else ""
    fixed = "; ".join(fixed_values(use))
    items = [literal(slot.field.label) for slot in bind(document).slots[use]]
    return code(use.key) + times, fixed, ", ".join(items)


def fixed_values(use: Use) -> Iterator[str]:
    """Each fixed value of a use in words: number of the element, codes with their meaning, whether others are taken too."""
    for value in segment(use.tag).values:
        place = (value.element, value.component)
        if place in use.fixed:
            choices = " or ".join(_choice(value.number, choice, use) for choice in use.fixed[place])
            others = " (others are accepted)" if place in use.lax else ""
            yield f"{value.number} {choices}{others}"


def _choice(number: str, choice: str, use: Use) -> str:
    """A code with its meaning, else after the name of its element."""
    own_list = number == "1131" and any("95" in choices for choices in use.fixed.values())
    meaning = "" if own_list else meaning_of(number, choice)
    return f"{code(choice)} {literal(meaning)}" if meaning else f"{table('elements')[number].name} {code(choice)}"


def meaning_of(number: str, choice: str) -> str:
    """What the directory says that a code of an element means; empty where it does not say it."""
    if number == "3055" and choice in AGENCIES:
        return AGENCIES[choice]
    return codes(number).get(choice) or ("used by ICS messages, not in D.99B" if choice in additions(number) else "")
