"""From a position in a message to the byte at which it starts; computed only when a fault is reported."""

from collections.abc import Iterator

from openics.edifact.raw import RawMessage
from openics.edifact.segments import is_released, split_elements, split_raw_components, walk_segments
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators


def offset_of(raw: RawMessage, segment: int, element: int | None = None, component: int | None = None) -> int:
    """The byte offset in the interchange of a segment, element or component of `raw`.

    Positions count as in UCS and UCD: UNH is segment 1, the segment tag is element 1. For something that is not there,
    the offset is where it would have to be added: the end of the element, segment or message.
    """
    text = raw.text or raw.separators.terminator.join([*raw.segments, ""])
    start, found = _segment_at(text, segment, raw.separators)
    return raw.offset + start + place_in_segment(found, element or 1, component, raw.separators)


def place_in_segment(
    segment: str, element: int, component: int | None = None, separators: Separators = DEFAULT_SEPARATORS
) -> int:
    """The index in a segment's text at which an element or a component starts; the end of what holds it if absent."""
    elements = split_elements(segment, separators)
    start = _start(elements, element)
    if component is None or len(elements) < element:
        return start
    return start + _start(split_raw_components(elements[element - 1], separators), component)


def walk_components(
    segment: str, separators: Separators = DEFAULT_SEPARATORS
) -> Iterator[tuple[int, int | None, int, str]]:
    """Element position, component position (None in an element of one component), index and raw text of each value."""
    start = 0
    for element, text in enumerate(split_elements(segment, separators), start=1):
        components = split_raw_components(text, separators)
        for component, value in enumerate(components, start=1):
            yield element, component if len(components) > 1 else None, start, value
            start += len(value) + 1


def _start(parts: list[str], position: int) -> int:
    if position > len(parts):
        return sum(map(len, parts)) + len(parts) - 1
    return sum(map(len, parts[: position - 1])) + position - 1


def _segment_at(text: str, position: int, separators: Separators) -> tuple[int, str]:
    start = _skip(text, position - 1, separators)
    return next(((start + at, segment) for at, segment in walk_segments(text[start:], separators)), (len(text), ""))


def _skip(text: str, segments: int, separators: Separators) -> int:
    """The index after the terminator of the last of so many segments."""
    if not separators.releases or separators.release + separators.terminator not in text:
        parts = text.split(separators.terminator, segments)
        return len(text) - len(parts[-1]) if len(parts) > segments else len(text)
    end = -1
    for _ in range(segments):
        end = text.find(separators.terminator, end + 1)
        while end >= 0 and is_released(text, end, separators.release):
            end = text.find(separators.terminator, end + 1)
        if end < 0:
            return len(text)
    return end + 1
