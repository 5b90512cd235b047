"""The trailers UNT and UNZ: how many there are, and of what (ISO 9735 version 3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.places import place_in_segment
from openics.edifact.segments import split_components, split_elements
from openics.edifact.separators import Separators

_LONGEST_COUNT = 6


@dataclass(frozen=True, slots=True)
class Expected:
    """What a trailer has to say: its tag, how many of which things, and the reference of its header."""

    tag: str
    count: int
    things: str
    reference: str


def count_segments(data: bytes, start: int, end: int, ending: bytes, release: bytes) -> int:
    """The number of terminators, `ending`, in `data[start:end]` that are not released; an empty `release` releases none."""
    count = data.count(ending, start, end)
    if release and data.find(release, start, end) >= 0:
        count -= _count_released(data, start, end, release + ending)
    return count


def _count_released(data: bytes, start: int, end: int, released: bytes, window: int = 65_536) -> int:
    """Occurrences of `released` outside of pairs of release characters, window by window so that little is copied."""
    release, terminator = released[:1], released[1:]
    count = 0
    dangling = False
    for at in range(start, end, window):
        part = data[at : min(at + window, end)]
        if dangling:
            count += part.startswith(terminator)
            part = part[1:]
        count += part.replace(release * 2, b"").count(released)
        dangling = (len(part) - len(part.rstrip(release))) % 2 == 1
    return count


def trailer_faults(segment: str, expected: Expected, separators: Separators, offset: int) -> list[Fault]:
    """What is wrong with a trailer that stands at byte `offset`; neither message nor segment position is set."""
    elements = split_elements(segment, separators)
    values = [split_components(element, separators)[0] for element in [*elements[1:3], "", ""][:2]]
    faults = [*_count_faults(values[0], expected), *_reference_faults(values[1], expected)]
    if len(elements) > 3:
        text = f"{expected.tag} has {len(elements)} elements, its tag included; it has exactly 3"
        faults.append(_fault(expected, SyntaxCode.TOO_MANY_CONSTITUENTS, 4, text))
    places = [place_in_segment(segment, fault.element or 1, None, separators) for fault in faults]
    return [replace(fault, offset=offset + place) for fault, place in zip(faults, places, strict=True)]


def _count_faults(found: str, expected: Expected) -> Iterator[Fault]:
    told = f"{expected.tag} counts {found} {expected.things}; there are {expected.count}"
    if not found:
        text = f"{expected.tag} does not count the {expected.things}; there are {expected.count}"
        yield _fault(expected, SyntaxCode.MISSING, 2, text)
    elif not (found.isascii() and found.isdigit()):
        yield _fault(expected, SyntaxCode.INVALID_CHARACTER_TYPE, 2, f"{told}; write digits only", found)
    elif len(found) > _LONGEST_COUNT:
        text = f"{expected.tag} counts with {len(found)} digits; at most {_LONGEST_COUNT} are allowed"
        yield _fault(expected, SyntaxCode.TOO_LONG, 2, text, found)
    elif int(found) != expected.count:
        yield _fault(expected, SyntaxCode.CONTROL_COUNT_DOES_NOT_MATCH, 2, told, found, str(expected.count))


def _reference_faults(found: str, expected: Expected) -> Iterator[Fault]:
    header = "UNH" if expected.tag == "UNT" else "UNB"
    if not found:
        text = f"{expected.tag} has no reference; repeat that of {header}, {expected.reference}"
        yield _fault(expected, SyntaxCode.MISSING, 3, text)
    elif found != expected.reference:
        text = f"{expected.tag} has the reference {found}, {header} has {expected.reference}; write the same in both"
        yield _fault(expected, SyntaxCode.REFERENCES_DO_NOT_MATCH, 3, text, found, expected.reference)


def _fault(
    trailer: Expected, code: SyntaxCode, element: int, text: str, found: str | None = None, expected: str | None = None
) -> Fault:
    return Fault(
        code,
        text,
        0,
        tag=trailer.tag,
        element=element,
        found=found,
        expected=expected,
        rule=f"ISO 9735 version 3, {trailer.tag}",
    )
