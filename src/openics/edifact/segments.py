"""Cutting text at the service characters: split first, then mend the places where a release character stood.

A release character takes the meaning from the character after it. In a run of release characters each pair is one
literal character, so a separator is released exactly if an odd number of release characters stands directly before it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

_Character = TypeVar("_Character", str, int)

LINE_ENDS = "\r\n"
LINE_END_BYTES = re.compile(rb"[\r\n]*")


def is_released(text: Sequence[_Character], at: int, release: _Character, start: int = 0) -> bool:
    """Whether the character at index `at` is released; `start` is where the segment begins at the earliest."""
    before = at
    while before > start and text[before - 1] == release:
        before -= 1
    return (at - before) % 2 == 1


def split_segments(text: str, separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """The segments of `text` without terminators, release characters in place, line ends between segments dropped.

    Text after the last terminator is a segment too, unless it is empty.
    """
    if "\n" in text:
        lines = _split_lines(text, separators)
        if lines:
            return lines
    segments = _split(text, separators.terminator, separators)
    if "\n" in text or "\r" in text:
        segments = [segment.lstrip(LINE_ENDS) for segment in segments]
    if not segments[-1]:
        segments.pop()
    return segments


def walk_segments(text: str, separators: Separators = DEFAULT_SEPARATORS) -> Iterator[tuple[int, str]]:
    """The same segments one at a time, each with the index at which it starts in `text`; nothing else is held."""
    start = 0
    while start < len(text):
        end = segment_end(text, start, separators)
        segment = text[start:end]
        stripped = segment.lstrip(LINE_ENDS)
        if stripped or end < len(text):
            yield start + len(segment) - len(stripped), stripped
        start = end + 1


def segment_end(text: str, start: int, separators: Separators = DEFAULT_SEPARATORS) -> int:
    """The index of the terminator of the segment that starts at `start`; `len(text)` if it has none."""
    end = text.find(separators.terminator, start)
    if end > 0 and text[end - 1] == separators.release and separators.releases:
        while end >= 0 and is_released(text, end, separators.release, start):
            end = text.find(separators.terminator, end + 1)
    return end if end >= 0 else len(text)


def split_elements(segment: str, separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """The tag and the data elements of a segment, release characters in place."""
    if separators.release in segment:
        return _split(segment, separators.element, separators)
    return segment.split(separators.element)


def split_components(element: str, separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """The component values of a data element, release characters removed."""
    if separators.release in element:
        return [unescape(part, separators) for part in _split(element, separators.component, separators)]
    return element.split(separators.component)


def split_raw_components(element: str, separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """The components of a data element, release characters in place."""
    return _split(element, separators.component, separators)


def unescape(text: str, separators: Separators = DEFAULT_SEPARATORS) -> str:
    """`text` without its release characters; a last one that releases nothing is dropped."""
    release = separators.release
    if release not in text or not separators.releases:
        return text
    return release.join(part.replace(release, "") for part in text.split(release * 2))


def _split_lines(text: str, separators: Separators) -> list[str] | None:
    """The segments of a text in which the same line end follows every terminator but the last; None for another text."""
    terminator = separators.terminator
    if separators.release in text or not text.endswith(terminator):
        return None
    segments = text.removesuffix(terminator).split(terminator + ("\r\n" if "\r" in text else "\n"))
    ends = len(segments) - 1
    regular = text.count(terminator) == ends + 1 and text.count("\n") == ends and text.count("\r") in {0, ends}
    return segments if regular else None


def _split(text: str, separator: str, separators: Separators) -> list[str]:
    parts = text.split(separator)
    if separators.release in text and separators.releases and separators.release + separator in text:
        return _rejoin(parts, separator, separators.release)
    return parts


def _rejoin(parts: list[str], separator: str, release: str) -> list[str]:
    whole: list[str] = []
    held: list[str] = []
    for part in parts:
        held.append(part)
        if part.endswith(release) and (len(part) - len(part.rstrip(release))) % 2:
            continue
        whole.append(separator.join(held))
        held = []
    if held:
        whole.append(separator.join(held))
    return whole
