"""Telling at a glance that a segment is in order: what may stand in each place of a use, made from guide and directory.

A shape accepts a segment of one use in which nothing is wrong, written with the default service characters and without
release characters. It may refuse what `contents` finds no fault with, never the reverse; what it refuses is looked at value
by value. It takes two forms: an expression, and a table for the compiled core.
"""

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from openics.edifact.contents import Item, check_format, is_needed
from openics.edifact.directory import Value, segment
from openics.edifact.guide import Place, Use
from openics.edifact.separators import DEFAULT_SEPARATORS

NEVER: Final = "(?!)"
"""The expression of what cannot be."""

_PLAIN: Final = (
    "[^" + re.escape(DEFAULT_SEPARATORS.element + DEFAULT_SEPARATORS.component + DEFAULT_SEPARATORS.release) + "]"
)


class Form(IntEnum):
    """What a value is made of; the compiled core knows these numbers."""

    EMPTY = 0
    ANYTHING = 1
    LETTERS = 2
    NUMBER = 3


_FORMS: Final = {"an": Form.ANYTHING, "a": Form.LETTERS, "n": Form.NUMBER}


class Wanted(NamedTuple):
    """What may stand in one place; the compiled core reads this tuple.

    `least` and `most` are characters (digits of a number). `item` is the number of the item that the place holds, -1 for
    none. A value must be one of `allowed` and one of `codes`, where they are given.
    """

    form: Form
    least: int
    most: int
    needed: bool
    item: int
    allowed: tuple[str, ...] | None = None
    codes: frozenset[str] | None = None


class Shape(NamedTuple):
    """A use: its tag, the number of components of each element, and what may stand in each place."""

    tag: str
    sizes: tuple[int, ...]
    values: tuple[Wanted, ...]

    @property
    def codes(self) -> tuple[frozenset[str] | None, ...]:
        """For each item the codes of which it must be one, if any."""
        return tuple(value.codes for value in sorted(self.values, key=lambda value: value.item) if value.item >= 0)


def shape(use: Use, items: Mapping[Place, Item]) -> Shape:
    """The shape of a use that holds these items."""
    layout = segment(use.tag)
    return Shape(use.tag, layout.sizes, tuple(_wanted(use, items, value) for value in layout.values))


def _wanted(use: Use, items: Mapping[Place, Item], value: Value) -> Wanted:
    place, least, most = (value.element, value.component), value.format.shortest, value.format.longest
    item, form = items.get(place), _FORMS[value.format.kind]
    needed = item is not None and is_needed(use, items, place)
    number = sorted(items).index(place) if item else -1
    codes = frozenset(item.codes) if item and item.codes else None
    if place in use.fixed and (place in use.qualifiers or place not in use.lax):
        allowed = tuple(each for each in use.fixed[place] if not check_format(each, value.format))
        return Wanted(form, least, most, needed or place in use.qualifiers, number, allowed, codes)
    if place in use.qualifiers or (item is None and place not in use.fixed):
        form = Form.EMPTY
    return Wanted(form, least, most, needed, number, None, codes)


def told_apart(one: Use, other: Use) -> bool:
    """Whether no segment can be both uses."""
    return any(
        set(one.fixed.get(place, ("",))).isdisjoint(other.fixed.get(place, ("",)))
        for place in one.qualifiers
        if place in other.qualifiers
    )


def expression(wanted: Shape) -> str:
    """The expression of a shape; its groups are the items in their order, whose codes it leaves for the caller to check."""
    values = list(wanted.values)
    tail, needed, gaps = "", False, 0
    for size in reversed(wanted.sizes):
        own = values[-size:]
        del values[-size:]
        if not tail and all(_is_gap(value) for value in own):
            gaps += 1
            continue
        tail = tail or _empty(r"\+", gaps)
        needed = needed or any(value.needed for value in own)
        tail = rf"\+{_composite(own)}{tail}" if needed else rf"(?:\+{_composite(own)}{tail})?"
    return wanted.tag + (tail or _empty(r"\+", gaps))


def _is_gap(value: Wanted) -> bool:
    return value.form is Form.EMPTY and value.item < 0


def _composite(values: Sequence[Wanted]) -> str:
    used = max((number for number, value in enumerate(values) if not _is_gap(value)), default=0)
    tail, needed = _empty(":", len(values) - 1 - used), False
    for number in range(used, -1, -1):
        needed = needed or values[number].needed
        content = f"{_value(values[number])}{tail}"
        tail = content if not number else f":{content}" if needed else f"(?::{content})?"
    return tail


def _empty(mark: str, most: int) -> str:
    """Separators that nothing stands between."""
    return f"{mark}{{0,{most}}}" if most else ""


def _value(value: Wanted) -> str:
    """The expression of one value, which takes part without one that may be absent."""
    if _is_gap(value):
        return ""
    if value.allowed is not None:
        text = "|".join(map(re.escape, value.allowed)) or NEVER
    else:
        text = NEVER if value.form is Form.EMPTY else _form(value)
    group = f"({text})" if value.item >= 0 else text if len(text) == 1 else f"(?:{text})"
    return group if value.needed else f"{group}?"


def _form(value: Wanted) -> str:
    """The expression of the values of a form; sign and decimal mark do not count in the length of a number."""
    least, most = value.least, value.most
    if value.form is Form.NUMBER:
        fraction = rf"(?=[0-9.]{{{least + 1},{most + 1}}}(?![0-9.]))[0-9]+\.[0-9]+"
        return f"-?(?:[0-9]{{{least},{most}}}(?![0-9.])|{fraction})"
    character = _PLAIN if value.form is Form.ANYTHING else f"{_PLAIN[:-1]}0-9]"
    return f"{character}{{{least},{most}}}"
