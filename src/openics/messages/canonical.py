"""Readers for messages in canonical form: one function for each document class, written by this module.

A message is canonical when its segments stand in the order of the guide, it uses the default service characters and
nothing is wrong with it: what nearly all traffic is. Its text is matched by a few expressions, one for each stretch
between repeated records, and the values go straight into the document. Where anything differs the reader gives up
(None) and the matcher takes over, so these readers never decide that something is wrong.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from openics.edifact.guide import Group, Row, Use
from openics.edifact.segments import unescape
from openics.messages.binding import Binding, Scope, Slot, bind
from openics.messages.document import Document, once_per_class
from openics.messages.fields import Kind
from openics.messages.patterns import PLAIN, segment_pattern
from openics.messages.presence import Seen, is_start
from openics.messages.values import read_clock, read_date, read_stamp, read_time

Read = Callable[[str], Document | None]


@once_per_class
def canonical_reader(document: type[Document]) -> Read:
    """The reader of a document class: from UNH to the terminator of UNT, None when the text is not canonical."""
    plain = _Compiler(bind(document), escapes=False).compile()
    escaped = _Compiler(bind(document), escapes=True).compile()

    def read(text: str) -> Document | None:
        return escaped(text) if "?" in text else plain(text)

    return read


class _Compiler:
    """Writes the source of one reader and runs it into being."""

    def __init__(self, binding: Binding, *, escapes: bool) -> None:
        self.binding = binding
        self.escapes = escapes
        self.lines: list[str] = ["def read(text):", "    pos = 0"]
        self.names: dict[str, Any] = {
            "Decimal": Decimal,
            "read_date": read_date,
            "read_time": read_time,
            "read_clock": read_clock,
            "read_stamp": read_stamp,
            "unescape": unescape,
            "new": object.__new__,
        }

    def compile(self) -> Read:
        root = self.binding.scope
        self._record(root, "x0", "    ")
        self._stretches(root, 0, "    ")
        self._emit("    ", "return o0 if pos == len(text) else None")
        exec(compile("\n".join(self.lines), f"<reader of {root.part.__name__}>", "exec"), self.names)  # noqa: S102
        read: Read = self.names["read"]
        return read

    def _emit(self, indent: str, *lines: str) -> None:
        self.lines.extend(indent + line for line in lines)

    def _name(self, value: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def _record(self, scope: Scope, variable: str, indent: str) -> None:
        self._emit(indent, f"o{variable[1:]} = new({self._name(scope.part)})", f"{variable} = o{variable[1:]}.__dict__")

    def _stretches(self, scope: Scope, depth: int, indent: str) -> None:
        """Code for the parts of a scope in order: a match for each stretch of plain uses, a loop for each inner scope."""
        stretch: list[tuple[Row, Use]] = []
        seen = Seen(self.binding.matcher, scope, depth)
        for part in self._walk(scope, scope.group):
            if isinstance(part, Scope):
                self._stretch(scope, stretch, seen, indent)
                self._loop(part, seen, indent)
                stretch = []
            else:
                stretch.append(part)
        self._stretch(scope, stretch, seen, indent)
        self._emit(indent, *(f"if {wrong}: return None" for wrong in seen.wrongs))

    def _walk(self, scope: Scope, group: Group) -> Iterator[Scope | tuple[Row, Use]]:
        """The uses and inner scopes in order, without the segment that starts the record itself."""
        for part in group.parts:
            inner = [each for each in scope.scopes if each.use is None and each.group is part]
            if inner:
                yield inner[0]
            elif isinstance(part, Group):
                yield from self._walk(scope, part)
            elif not is_start(scope, part):
                for use in part.uses:
                    by_use = [each for each in scope.scopes if each.use is use]
                    yield by_use[0] if by_use else (part, use)

    def _loop(self, scope: Scope, outer: Seen, indent: str) -> None:
        """Code that reads the repetitions of a record into a tuple."""
        depth = outer.depth + 1
        items, inner, record = f"i{depth}", indent + "    ", f"x{depth}"
        self._emit(indent, f"{items} = []", "while True:")
        patterns = [self._pattern(scope, use) for use in ([scope.use] if scope.use else scope.group.trigger.uses)]
        slots = [slot for _, found in patterns for slot in found]
        self._match("|".join(text for text, _ in patterns), [self._variable(depth, slot) for slot in slots], inner)
        self._record(scope, record, inner)
        for slot in slots:
            self._keep(slot, self._variable(depth, slot), record, inner)
        if scope.use is None:
            self._stretches(scope, depth, inner)
        self._emit(inner, f"{items}.append(o{depth})")
        most = outer.most(scope.use) if scope.use else scope.group.repeat
        assert scope.field is not None  # noqa: S101 - an inner scope is the value of a field
        self._emit(indent, f"if {items}:", f"    if len({items}) > {most}: return None")
        self._emit(indent, f"    x{outer.depth}[{scope.field.name!r}] = tuple({items})")
        if outer.counts(scope.use or scope.group):
            self._emit(indent, f"{outer.mark(scope.use or scope.group)} = {items} or None")

    def _pattern(self, scope: Scope, use: Use) -> tuple[str, tuple[Slot, ...]]:
        found = segment_pattern(use, scope.slots_of(use), escapes=self.escapes)
        return found.text, found.slots

    def _variable(self, depth: int, slot: Slot) -> str:
        return f"v{depth}_{slot.field.name}"

    def _match(self, pattern: str, variables: list[str], indent: str) -> None:
        """Match at `pos`; in a loop no match ends it."""
        self._emit(indent, f"m = {self._name(re.compile(pattern).match)}(text, pos)", "if m is None: break")
        self._take(variables, indent)

    def _take(self, variables: list[str], indent: str) -> None:
        self._emit(indent, "pos = m.end()")
        if variables:
            self._emit(indent, f"{', '.join(variables)}, = m.groups()")

    def _stretch(self, scope: Scope, uses: list[tuple[Row, Use]], seen: Seen, indent: str) -> None:
        if not uses:
            return
        texts: list[str] = []
        variables: list[str] = []
        keep: list[tuple[Slot, str]] = []
        for _, use in uses:
            text, slots = self._optional(scope, use, seen)
            names = [self._variable(seen.depth, slot) for slot in slots]
            keep += zip(slots, names, strict=True)
            if seen.counts(use):
                names.append(seen.mark(use))
            texts.append(text)
            variables += names
        self._emit(indent, f"m = {self._name(re.compile(''.join(texts)).match)}(text, pos)")
        self._take(variables, indent)
        for slot, name in keep:
            self._keep(slot, name, f"x{seen.depth}", indent)

    def _optional(self, scope: Scope, use: Use, seen: Seen) -> tuple[str, tuple[Slot, ...]]:
        """The expression of a use that may be absent (or repeated), with a mark where it counts whether it was seen."""
        mark = "()" if seen.counts(use) else ""
        if use.tag in _SERVICE:
            header = ":".join(self.binding.document.guide.header)
            return f"(?:{_SERVICE[use.tag].replace('HEADER', header)}{mark})?", ()
        slots = scope.slots_of(use)
        if slots and slots[0].field.repeated:
            found = segment_pattern(use, slots, escapes=self.escapes, capture=False)
            return f"((?:{found.text}{mark}){{0,{seen.most(use)}}})", slots
        found = segment_pattern(use, slots, escapes=self.escapes)
        return f"(?:{found.text}{mark})?", found.slots

    def _keep(self, slot: Slot, variable: str, record: str, indent: str) -> None:
        """Code that converts a captured value and puts it into the record."""
        target = f"{record}[{slot.field.name!r}]"
        if slot.field.repeated:
            found = segment_pattern(slot.use, (slot,), escapes=self.escapes)
            function = self._name(_repeated(slot, re.compile(found.text).findall, self.escapes))
            self._emit(indent, f"if {variable}:", f"    {variable} = {function}({variable})")
            self._emit(indent, f"    if {variable} is None: return None", f"    if {variable}: {target} = {variable}")
            return
        self._emit(indent, f"if {variable} is not None:")
        for line in self._conversion(slot, variable, target):
            self._emit(indent, f"    {line}")

    def _conversion(self, slot: Slot, variable: str, target: str) -> Iterator[str]:
        kind = slot.field.kind
        if kind is Kind.TEXT and self.escapes:
            bounds = f"{slot.shortest} <= len({variable}) <= {slot.longest}"
            yield f"if '?' in {variable}:"
            yield f"    {variable} = unescape({variable})"
            yield f"    if not {bounds}: return None"
        if kind in _CONVERSIONS:
            yield f"{variable} = {_CONVERSIONS[kind]}({variable})"
        if kind in (Kind.DATE, Kind.TIME, Kind.CLOCK, Kind.STAMP):
            yield f"if {variable} is None: return None"
        guard = "" if slot.field.default is None else f"if {variable} != {slot.field.default!r}: "
        yield f"{guard}{target} = {variable}"


_SERVICE = {
    "UNH": rf"UNH\+{PLAIN}{{1,14}}\+HEADER'",
    "UNT": rf"UNT\+[0-9]{{1,6}}\+{PLAIN}{{1,14}}'",
}
_CONVERSIONS = {
    Kind.INTEGER: "int",
    Kind.DECIMAL: "Decimal",
    Kind.DATE: "read_date",
    Kind.TIME: "read_time",
    Kind.CLOCK: "read_clock",
    Kind.STAMP: "read_stamp",
}


def _repeated(slot: Slot, find: Callable[[str], list[str]], escapes: bool) -> Callable[[str], tuple[str, ...] | None]:
    """A function from a stretch of segments to their values; None if one of them is out of bounds."""
    shortest, longest = slot.shortest, slot.longest

    def plain(text: str) -> tuple[str, ...] | None:
        return tuple(filter(None, find(text)))

    def escaped(text: str) -> tuple[str, ...] | None:
        found = [unescape(value) for value in find(text) if value]
        return tuple(found) if all(shortest <= len(value) <= longest for value in found) else None

    return escaped if escapes else plain
