"""A strict check of messages against D.99B alone: structure, status, sizes, formats and codes.

It knows no guides and shares nothing with the matcher, so that each is a test of the other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from openics.edifact.directory import Format, Segment, Value, additions, codes, segment, table
from openics.edifact.guide import Group, Place, Row
from openics.edifact.segments import split_components, split_elements
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

UN_ECE: Final = "6"
"""3055 of the agency that keeps the lists of the directory."""

_LIST, _AGENCY = "1131", "3055"
"""The elements that name a list and its agency. Customs has lists of its own, so what they hold is free."""


def misfit(text: str, wanted: Format, mark: str = ".") -> str | None:
    """How a value breaks its format, in words; None when it does not. Sign and mark do not count in a number's length."""
    if wanted.kind == "n":
        if not re.fullmatch(rf"-?[0-9]+(?:{re.escape(mark)}[0-9]+)?", text):
            return "is not a number"
        text = re.sub("[^0-9]", "", text)
    elif wanted.kind == "a" and re.search("[0-9]", text):
        return "holds digits"
    if not wanted.shortest <= len(text) <= wanted.longest:
        return f"has {len(text)} characters; its format is {wanted}"
    return None


def is_listed(layout: Segment, value: Value, found: Mapping[Place, str]) -> bool:
    """Whether a value is a code of its list, or no list of the directory governs it; `found` are those of its segment."""
    known = codes(value.number)
    if not known or value.number in (_LIST, _AGENCY):
        return True
    beside = {
        other.number: found.get((other.element, other.component), "")
        for other in layout.values
        if other.element == value.element and 0 < other.component - value.component <= 2
    }
    if beside.get(_LIST) or beside.get(_AGENCY, "") not in ("", UN_ECE):
        return True
    code = found[value.element, value.component]
    return code in known or code in additions(value.number)


def check_message(standard: Group, segments: Sequence[str], separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """What is wrong with a message, UNH to UNT without terminators, by the directory; `standard` is its structure."""
    split = [[split_components(each, separators) for each in split_elements(text, separators)] for text in segments]
    found = [*_Walk([elements[0][0] for elements in split]).check(standard), *_trailer(split)]
    for number, elements in enumerate(split, start=1):
        found += [f"segment {number} ({elements[0][0]}): {text}" for text in _segment(elements, separators.decimal)]
    return found


class _Walk:
    """The tags of a message, taken up from the first to the last by the structure that they should follow."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tags
        self.at = 0

    def check(self, standard: Group) -> list[str]:
        missing = list(self._take(standard))
        if self.at == len(self.tags):
            return [text for _, text in missing]
        stray = f"segment {self.at + 1} ({self.tags[self.at]}) has no place here"
        return [*(text for at, text in missing if at < self.at), stray]

    def _take(self, group: Group) -> Iterator[tuple[int, str]]:
        """Take up one repetition of a group, each part as often as it stands next and may; yields what is missing where."""
        for part in group.parts:
            times = 0
            while times < part.repeat and self.tags[self.at : self.at + 1] == [part.trigger.tag]:
                times += 1
                if isinstance(part, Row):
                    self.at += 1
                else:
                    yield from self._take(part)
            if part.mandatory and not times:
                name = part.tag if isinstance(part, Row) else part.name
                yield self.at, f"{name} is missing before segment {self.at + 1}"


def _trailer(split: Sequence[Sequence[Sequence[str]]]) -> Iterator[str]:
    """Whether UNT tells the number of segments and the reference of UNH."""
    header, trailer = split[0], split[-1]
    if trailer[1:] != [[str(len(split))], header[1]]:
        yield f"UNT does not tell {len(split)} segments and the reference of UNH"


def _segment(elements: Sequence[Sequence[str]], mark: str) -> Iterator[str]:
    tag = elements[0][0]
    if tag not in table("segments"):
        yield "the directory does not have it"
        return
    layout = segment(tag)
    yield from _shape(layout, elements)
    found = {
        (element, component): text
        for element, components in enumerate(elements[1:], start=2)
        for component, text in enumerate(components, start=1)
        if text
    }
    for value in layout.values:
        yield from _value(layout, value, found, mark)


def _shape(layout: Segment, elements: Sequence[Sequence[str]]) -> Iterator[str]:
    """Sizes, separators that nothing follows, and mandatory elements that are empty."""
    if len(elements) - 1 > len(layout.sizes):
        yield f"{len(elements) - 1} elements; the directory has {len(layout.sizes)}"
    if len(elements) > 1 and not any(elements[-1]):
        yield "nothing follows its last element separator"
    for element, (components, size) in enumerate(zip(elements[1:], layout.sizes, strict=False), start=2):
        if len(components) > size:
            yield f"element {element} has {len(components)} components; the directory has {size}"
        if len(components) > 1 and not components[-1]:
            yield f"nothing follows the last component separator of element {element}"
    for element, (name, mandatory) in enumerate(table("segments")[layout.tag].cells, start=2):
        if mandatory and not any(elements[element - 1 : element] and elements[element - 1]):
            yield f"{name} is mandatory"


def _value(layout: Segment, value: Value, found: Mapping[Place, str], mark: str) -> Iterator[str]:
    text = found.get((value.element, value.component))
    if text is None:
        if value.composite and value.mandatory and any(element == value.element for element, _ in found):
            yield f"{value.name} is mandatory"
        return
    wrong = misfit(text, value.format, mark)
    if wrong:
        yield f"{value.name} {text!r} {wrong}"
    elif not is_listed(layout, value, found):
        yield f"{value.name} {text!r} is no code of {value.number}"
