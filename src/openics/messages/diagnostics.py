"""What is wrong with an interchange, for people: each fault with its segment in context and the exact place marked."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from openics.edifact.faults import Fault
from openics.edifact.places import walk_components
from openics.edifact.reader import Interchange, read_interchange
from openics.edifact.segments import walk_segments
from openics.messages.gateway.contrl import report
from openics.messages.reading import read_message
from openics.messages.writing import write_message


@dataclass(frozen=True, slots=True)
class Checked:
    """An interchange that was checked: `faults` are answered with CONTRL, `data_faults` with ERM."""

    data: bytes
    interchange: Interchange
    faults: tuple[Fault, ...]
    data_faults: tuple[Fault, ...]

    def contrl(self) -> list[str]:
        """The segments of the CONTRL that answers it; none when its header cannot be read."""
        found = report(self.interchange, self.faults)
        return write_message(found, "1") if found else []

    def to_json(self) -> dict[str, Any]:
        """All faults, with place, text, found and expected."""
        return {
            "faults": [_fault_form(fault) for fault in self.faults],
            "data_faults": [_fault_form(fault) for fault in self.data_faults],
        }

    def explain(self) -> Iterator[str]:
        """Lines of text: each fault, the segment with the ones around it, and a caret under the place."""
        segments = list(self._segments())
        for fault in (*self.faults, *self.data_faults):
            yield from _explained(fault, segments)
            yield ""

    def _segments(self) -> Iterator[tuple[int, str]]:
        text = self.data.decode(self.interchange.charset, "replace")
        start = 9 if self.interchange.una else 0
        if start:
            yield 0, text[:9]
        for at, segment in walk_segments(text[start:], self.interchange.separators):
            yield start + at, segment + self.interchange.separators.terminator


def check(data: bytes) -> Checked:
    """Read an interchange and every message in it against its guide."""
    interchange = read_interchange(data)
    readings = [read_message(raw) for raw in interchange.messages]
    faults = (*interchange.faults, *(fault for reading in readings for fault in reading.faults))
    return Checked(data, interchange, faults, tuple(fault for reading in readings for fault in reading.data_faults))


def _fault_form(fault: Fault) -> dict[str, Any]:
    form = {"place": fault.place, "meaning": fault.code.meaning} | asdict(fault) | {"code": int(fault.code)}
    return {name: value for name, value in form.items() if value is not None}


def _explained(fault: Fault, segments: list[tuple[int, str]]) -> Iterator[str]:
    yield f"{fault.place}: {fault.text}"
    number = max((number for number, (start, _) in enumerate(segments) if start <= fault.offset), default=None)
    if number is not None:
        start, text = segments[number]
        if number:
            yield f"    {_visible(segments[number - 1][1])}"
        column = min(fault.offset - start, len(text))
        first, width = max(0, column - 80), _width(text, column)
        yield f"    {_visible(text[first : first + 120])}"
        yield f"    {' ' * (column - first)}{'^' * min(width, 40)}"
        yield from (f"    {_visible(after)}" for _, after in segments[number + 1 : number + 2])
    yield f"  code {int(fault.code)}, {fault.code.meaning}" + (f"; rule: {fault.rule}" if fault.rule else "")
    if fault.expected:
        yield f"  expected: {fault.expected}"


def _visible(text: str) -> str:
    return "".join(character if character.isprintable() else "·" for character in text[:120])


def _width(segment: str, column: int) -> int:
    """How many characters the value at `column` has; 1 where there is none."""
    for _, _, start, value in walk_components(segment[:-1]):
        if start == column and value:
            return len(value)
    return 1
