"""The values of one segment, and what is wrong with them by the directory and the guide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from openics.edifact.decimals import parse_decimal
from openics.edifact.directory import Format, Value, segment
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.guide import Place, Use
from openics.edifact.segments import split_components, split_elements
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

_DIGITS: Final = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Item:
    """A business item in its place: its name, whether it must be there when its segment is, the codes it may be."""

    name: str
    required: bool = False
    codes: tuple[str, ...] = ()


class Contents:
    """A segment, split."""

    def __init__(self, text: str, separators: Separators = DEFAULT_SEPARATORS) -> None:
        elements = split_elements(text, separators)
        self.tag = split_components(elements[0], separators)[0]
        self.elements = [split_components(element, separators) for element in elements]
        self.mark = separators.decimal

    @cached_property
    def values(self) -> dict[Place, str]:
        """The values that are not empty, by place."""
        return {
            (element, component): value
            for element, components in enumerate(self.elements[1:], start=2)
            for component, value in enumerate(components, start=1)
            if value
        }

    def fault(self, code: SyntaxCode, place: tuple[int, int | None], text: str) -> Fault:
        """A fault at a place of this segment; its position in the message and its offset are for the caller to fill in."""
        element, component = place
        found = self.values.get((element, component or 1))
        if component is not None and not segment(self.tag).is_composite(element):
            component = None
        return Fault(code, text, 0, tag=self.tag, element=element, component=component, found=found)


def check_contents(contents: Contents, use: Use, items: Mapping[Place, Item]) -> Iterator[Fault]:
    """What is wrong with a segment in its use: too many parts, values out of place, formats, codes, missing values."""
    yield from _surplus(contents)
    layout = segment(contents.tag)
    for value in layout.values:
        place = (value.element, value.component)
        found = contents.values.get(place)
        if found:
            yield from _value_faults(contents, use, value, found, items.get(place))
        elif place in items and is_needed(use, items, place):
            name = items[place].name
            yield replace(contents.fault(SyntaxCode.MISSING, place, f"{name} is missing"), name=name)


def is_needed(use: Use, items: Mapping[Place, Item], place: Place) -> bool:
    """Whether an item must be there when its segment is: it says so, or the qualified segment exists for it alone."""
    return items[place].required or (len(items) == 1 and any(qualifier in use.fixed for qualifier in use.qualifiers))


def _surplus(contents: Contents) -> Iterator[Fault]:
    sizes = segment(contents.tag).sizes
    if len(contents.elements) - 1 > len(sizes):
        text = f"{contents.tag} has {len(contents.elements) - 1} elements; the directory knows {len(sizes)}"
        yield contents.fault(SyntaxCode.TOO_MANY_CONSTITUENTS, (len(sizes) + 2, None), text)
    for element, (components, size) in enumerate(zip(contents.elements[1:], sizes, strict=False), start=2):
        if len(components) > size:
            text = f"{contents.tag} has {len(components)} components here; the directory knows {size}"
            fault = contents.fault(SyntaxCode.TOO_MANY_CONSTITUENTS, (element, size + 1), text)
            yield fault


def _value_faults(contents: Contents, use: Use, value: Value, found: str, item: Item | None) -> Iterator[Fault]:
    place = (value.element, value.component)
    name = item.name if item else f"{contents.tag} {value.name}"
    wrong = check_format(found, value.format, contents.mark)
    if wrong:
        code, expected, text = wrong, str(value.format), f"{name} is {_shown(found)}: {wrong.meaning}"
    elif item and item.codes and found not in item.codes:
        code, expected, text = SyntaxCode.INVALID_VALUE, ", ".join(item.codes), f"{name} is {_shown(found)}"
    elif place in use.fixed and place not in use.lax and found not in use.fixed[place]:
        code, expected = SyntaxCode.INVALID_VALUE, " or ".join(use.fixed[place])
        text = f"{name} is {_shown(found)}"
    elif item is None and place not in use.fixed:
        code, expected, text = (
            SyntaxCode.NOT_SUPPORTED_HERE,
            "",
            f"{use.key} does not use {value.name} ({_shown(found)})",
        )
    else:
        return
    yield replace(contents.fault(code, place, text), name=item.name if item else None, expected=expected or None)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def check_format(text: str, wanted: Format, mark: str = ".") -> SyntaxCode | None:
    """What is wrong with a value by its format, if anything. Digits alone count in the length of a number."""
    length = len(text)
    if wanted.kind == "n":
        number = parse_decimal(text, mark)
        if isinstance(number, SyntaxCode):
            return number
        length -= text.count("-") + text.count(mark)
    elif wanted.kind == "a" and not _DIGITS.isdisjoint(text):
        return SyntaxCode.INVALID_CHARACTER_TYPE
    if length > wanted.longest:
        return SyntaxCode.TOO_LONG
    return SyntaxCode.TOO_SHORT if length < wanted.shortest else None
