"""Regular expressions for segments in canonical form, made from the guide and the fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openics.edifact.contents import is_needed
from openics.edifact.guide import Place, Use
from openics.messages.binding import Slot
from openics.messages.fields import Kind

PLAIN = "[^+:'?]"
"""One character of a value that has no meaning of its own in an interchange."""


@dataclass(frozen=True, slots=True)
class SegmentPattern:
    """The expression of one use with its terminator; `slots` in the order of its capture groups."""

    text: str
    slots: tuple[Slot, ...]


def segment_pattern(use: Use, slots: tuple[Slot, ...], *, escapes: bool, capture: bool = True) -> SegmentPattern:
    """The expression that accepts a segment of this use, as long as nothing is wrong with it.

    It may refuse what the matcher accepts, never the reverse. With `escapes`, texts may hold release characters; their
    lengths are then for the caller to check.
    """
    by_place = {slot.place: slot for slot in slots}
    values = {place: _fixed(use, place) for place in use.fixed}
    for place, slot in by_place.items():
        inner = "|".join(map(re.escape, use.fixed[place])) if place in use.fixed else value_pattern(slot, escapes)
        needed = place in use.qualifiers or is_needed(use, {each: by_place[each].item for each in by_place}, place)
        values[place] = (f"{'(' if capture else '(?:'}{inner}){'' if needed else '?'}", needed)
    return SegmentPattern(f"{use.tag}{_elements(values)}'", tuple(by_place[place] for place in sorted(by_place)))


def _fixed(use: Use, place: Place) -> tuple[str, bool]:
    if place in use.lax:
        return f"{PLAIN}{{0,3}}", False
    inner = "|".join(map(re.escape, use.fixed[place]))
    return (f"(?:{inner})", True) if place in use.qualifiers else (f"(?:{inner})?", False)


def _elements(values: Mapping[Place, tuple[str, bool]]) -> str:
    tail, tail_needed = "", False
    for element in range(max((place[0] for place in values), default=1), 1, -1):
        content, needed = _components({place[1]: value for place, value in values.items() if place[0] == element})
        tail_needed = tail_needed or needed
        tail = rf"\+{content}{tail}" if tail_needed else rf"(?:\+{content}{tail})?"
    return tail


def _components(values: Mapping[int, tuple[str, bool]]) -> tuple[str, bool]:
    tail, tail_needed = "", False
    for component in range(max(values, default=1), 0, -1):
        content, needed = values.get(component, ("", False))
        tail_needed = tail_needed or needed
        tail = f"{content}{tail}" if component == 1 else f":{content}{tail}"
        if component > 1 and not tail_needed:
            tail = f"(?:{tail})?"
    return tail, tail_needed


def value_pattern(slot: Slot, escapes: bool) -> str:
    """The expression of the values of a field."""
    if slot.field.codes and slot.field.closed:
        return "|".join(sorted(map(re.escape, slot.field.codes.meanings()), key=len, reverse=True))
    return _KIND_PATTERNS[slot.field.kind](slot, escapes)


def _text(slot: Slot, escapes: bool) -> str:
    kind = slot.wanted.kind if slot.wanted else slot.format.kind
    bounds = f"{{{slot.shortest},{slot.longest}}}"
    if kind == "n":
        return f"[0-9]{bounds}"
    character = "[^+:'?0-9]" if kind == "a" else PLAIN
    if escapes and kind == "an":
        return rf"{PLAIN}{bounds}(?=[+:'])|{PLAIN}*(?:\?(?s:.){PLAIN}*)+"
    return f"{character}{bounds}"


def _integer(slot: Slot, _: bool) -> str:
    return f"[0-9]{{{slot.shortest},{slot.longest}}}"


def _decimal(slot: Slot, _: bool) -> str:
    """Seven characters are kept for sign, mark and decimals, so that the whole never outgrows the element."""
    return rf"-?[0-9]{{1,{max(1, slot.longest - 7)}}}(?:\.[0-9]{{1,5}})?"


_KIND_PATTERNS = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: lambda *_: "[0-9]{8}",
    Kind.TIME: lambda *_: "[0-9]{14}",
    Kind.CLOCK: lambda *_: "[0-9]{4}",
    Kind.STAMP: lambda *_: "[0-9]{20}",
}
