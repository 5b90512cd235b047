"""A message segment by segment: where each stands in the guide, and which items it holds. Works with faults too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from openics.edifact.contents import Contents
from openics.edifact.directory import segment as layout_of
from openics.edifact.glance import Placed
from openics.edifact.guide import Group, Place, Use
from openics.edifact.places import place_in_segment
from openics.edifact.raw import RawMessage
from openics.edifact.segments import walk_segments
from openics.messages.binding import Binding, Scope, Slot, bind
from openics.messages.document import Document
from openics.messages.fields import Field, Kind
from openics.messages.reading import message_name
from openics.messages.registry import by_wire

Record = tuple[tuple[str, int], ...]
"""The records around something, the outermost first: name of the field and number of the record, from 1."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment: position (UNH = 1), text, and when its place is known its use, record and items with their text."""

    position: int
    tag: str
    text: str
    use: Use | None = None
    record: Record = ()
    items: tuple[tuple[Slot, str], ...] = ()


class Outline:
    """The segments of a message in order; `document` is None when the message is not known."""

    def __init__(self, raw: RawMessage) -> None:
        self.raw = raw
        self.document: type[Document] | None = by_wire(raw.type, message_name(raw) or "") if raw.segments else None

    @property
    def binding(self) -> Binding | None:
        """The document class joined to its guide."""
        return bind(self.document) if self.document else None

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every segment of the message, those without a place in the guide too."""
        placed = dict(self._placed())
        return tuple(
            placed.get(position) or Entry(position, self._tag(text), text)
            for position, text in enumerate(self.raw.segments, start=1)
        )

    def entry(self, position: int | None) -> Entry | None:
        """The segment at a position, if there is one."""
        return self.entries[position - 1] if position and position <= len(self.entries) else None

    def offset(self, entry: Entry, slot: Slot | None = None) -> int:
        """The byte offset of a segment in the interchange, or of an item in it."""
        start = self.raw.offset + self._starts[entry.position - 1]
        return start + place_in_segment(entry.text, *slot.place, self.raw.separators) if slot else start

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        text = self.raw.text or self.raw.separators.terminator.join([*self.raw.segments, ""])
        return tuple(at for at, _ in walk_segments(text, self.raw.separators))

    @cached_property
    def lines(self) -> dict[int, tuple[Entry, ...]]:
        """The segments that have a place in the guide, by the line of the document that they belong to (0: the header)."""
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.use:
                found.setdefault(self.line(entry), []).append(entry)
        return {line: tuple(entries) for line, entries in found.items()}

    @cached_property
    def labels(self) -> dict[tuple[str, ...], str]:
        """What the records are called, by the names of the fields around them and their own."""
        return dict(_labels(self.binding.scope, ())) if self.binding else {}

    def line(self, entry: Entry) -> int:
        """The line of the document that a segment belongs to: its reported number; 0 for the header."""
        if not entry.record or self.document is None:
            return 0
        name, position = entry.record[0]
        field = next(each for each in self.document.fields() if each.name == name)
        return self._numbers.get(entry.record[:1], position if is_line(field) else 0)

    @cached_property
    def _numbers(self) -> dict[Record, int]:
        """The number that each of the outermost records reports."""
        return {
            entry.record: int(text)
            for entry in self.entries
            for slot, text in entry.items
            if len(entry.record) == 1 and _is_line_number(slot.field) and text.isascii() and text.isdigit()
        }

    def slot(self, position: int | None, element: int | None, component: int | None) -> Slot | None:
        """The item whose place in a segment this is."""
        entry = self.entry(position)
        if entry is None or entry.use is None or self.binding is None or element is None:
            return None
        slots = self.binding.slots.get(entry.use, ())
        return next((slot for slot in slots if slot.place == (element, component or 1)), None)

    def path(self, position: int | None, tag: str | None, element: int | None, component: int | None) -> str:
        """Groups, segment and element: `SG8 / MOA+39 / C516.5004`; the segment alone when no element is given."""
        entry = self.entry(position)
        use = entry.use if entry and entry.tag == tag else None
        steps = [*self._groups(use, tag), use.key if use else tag or ""]
        if element and element > 1 and tag:
            steps.append(element_name(tag, (element, component or 1)))
        return " / ".join(filter(None, steps))

    def path_of(self, slot: Slot) -> str:
        """The same for an item, whether the message has it or not."""
        return " / ".join([*self._groups(slot.use, None), slot.use.key, element_name(slot.use.tag, slot.place)])

    def _groups(self, use: Use | None, tag: str | None) -> tuple[str, ...]:
        """The groups around a use; of a segment without one, those of the only row with its tag."""
        if self.document is None:
            return ()
        paths = list(_rows(self.document.guide.layout, ()))
        found = [groups for groups, known, uses in paths if (use in uses if use else known == tag)]
        return found[0] if len(found) == 1 else ()

    def _placed(self) -> Iterator[tuple[int, Entry]]:
        binding = self.binding
        if binding is None:
            return
        counts: dict[Scope, Record] = {binding.scope: ()}
        for placed in binding.matcher.match(self.raw).placed:
            scope = binding.homes[placed.use]
            if scope.use or (scope.field and placed.row is scope.group.trigger):
                _begin(counts, binding.scope, scope)
            yield placed.position, self._entry(binding, placed, counts.get(scope, ()))

    def _entry(self, binding: Binding, placed: Placed, record: Record) -> Entry:
        text = self.raw.segments[placed.position - 1]
        items = _items(binding.slots[placed.use], Contents(text, self.raw.separators).values)
        return Entry(placed.position, placed.use.tag, text, placed.use, record, items)

    def _tag(self, text: str) -> str:
        return Contents(text, self.raw.separators).tag


def is_line(field: Field) -> bool:
    """Whether a field holds the lines of a document: the main records, or others that say what becomes of them."""
    return field.kind is Kind.PART and (field.name == "lines" or "action" in field.part.field_names)


def _is_line_number(field: Field) -> bool:
    return field.name == "number" and field.kind is Kind.INTEGER


def element_name(tag: str, place: Place) -> str:
    """What the directory calls a place, `C516.5004`, `C108.4440#3`; its position when the directory has none there."""
    try:
        values = layout_of(tag).values
    except ValueError:
        values = ()
    found = [value for value in values if (value.element, value.component) == place]
    if not found:
        return f"element {place[0]}"
    alike = [value for value in values if value.name == found[0].name]
    return found[0].name + (f"#{alike.index(found[0]) + 1}" if len(alike) > 1 else "")


def _items(slots: tuple[Slot, ...], values: Mapping[Place, str]) -> tuple[tuple[Slot, str], ...]:
    return tuple((slot, values[slot.place]) for slot in slots if slot.place in values)


def _labels(scope: Scope, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for inner in scope.scopes:
        if inner.field:
            names = (*above, inner.field.name)
            yield names, inner.field.single
            yield from _labels(inner, names)


def _rows(group: Group, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, tuple[Use, ...]]]:
    for part in group.parts:
        if isinstance(part, Group):
            yield from _rows(part, (*above, part.name))
        else:
            yield above, part.tag, part.uses


def _begin(counts: dict[Scope, Record], root: Scope, scope: Scope) -> None:
    """Count the next record of a scope inside the record around it."""
    outer = next(each for each in root.all_scopes() if scope in each.scopes)
    name = scope.field.name if scope.field else ""
    before = counts.get(scope, ())
    around = counts.get(outer, ())
    number = before[-1][1] + 1 if before and before[:-1] == around else 1
    counts[scope] = (*around, (name, number))
