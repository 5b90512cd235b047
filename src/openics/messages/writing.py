"""From a document to the segments of its message: one function for each document class, written by this module.

What is written is canonical: segments in the order of the guide, nothing empty at the end of a segment or an element.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn

from openics.edifact.decimals import format_decimal
from openics.edifact.directory import segment as layout_of
from openics.edifact.guide import Group, Row, Use
from openics.edifact.segments import split_components, split_elements
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import UnwritableError, escape, segment
from openics.messages.binding import Binding, Scope, Slot, bind
from openics.messages.document import Document, once_per_class
from openics.messages.fields import Kind
from openics.messages.values import format_value, write_clock, write_date, write_stamp, write_time

__all__ = ["UnwritableError", "write_message"]

Write = Callable[[dict[str, Any], Callable[[str], None], list[str]], None]


def write_message(document: Document, reference: str, separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """The segments UNH to UNT, without terminators; `reference` is UNH 0062.

    Raises UnwritableError, naming field and cause, when something required is absent, too long or there too often.
    """
    segments = [f"UNH+{escape(reference)}+{':'.join(document.guide.header)}"]
    _WRITERS[separators.decimal](type(document))(document.__dict__, segments.append, segments)
    segments.append(f"UNT+{len(segments) + 1}+{escape(reference)}")
    if separators == DEFAULT_SEPARATORS:
        return segments
    return [_converted(each, separators) for each in segments]


def _converted(text: str, separators: Separators) -> str:
    tag, *elements = split_elements(text)
    return segment(tag, *[split_components(element) for element in elements], separators=separators)


@once_per_class
def point_writer(document: type[Document]) -> Write:
    """The writer of a document class: takes the fields present, and puts segments between UNH and UNT."""
    return _Compiler(bind(document), ".").compile()


@once_per_class
def comma_writer(document: type[Document]) -> Write:
    """The writer of a document class for interchanges whose decimal mark is a comma."""
    return _Compiler(bind(document), ",").compile()


_WRITERS: Final = {".": point_writer, ",": comma_writer}


class _Compiler:
    """Writes the source of one writer and runs it into being."""

    def __init__(self, binding: Binding, mark: str) -> None:
        self.binding = binding
        self.mark = mark
        self.lines = ["def write(x0, put, out):"]
        self.names: dict[str, Any] = {
            "escape": escape,
            "format_decimal": format_decimal,
            "write_date": write_date,
            "write_time": write_time,
            "write_clock": write_clock,
            "write_stamp": write_stamp,
            "too_long": _too_long,
            "too_many": _too_many,
            "missing": _missing,
        }

    def compile(self) -> Write:
        root = self.binding.scope
        self._group(root, root.group, 0, "    ")
        exec(compile("\n".join(self.lines), f"<writer of {root.part.__name__}>", "exec"), self.names)  # noqa: S102
        write: Write = self.names["write"]
        return write

    def _emit(self, indent: str, *lines: str) -> None:
        self.lines.extend(indent + line for line in lines)

    def _name(self, value: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def _group(self, scope: Scope, group: Group, depth: int, indent: str) -> None:
        """Code for the parts of a group in order; a group of nothing but fixed segments is taken back again."""
        for part in group.parts:
            if isinstance(part, Row):
                self._row(scope, part, depth, indent)
                continue
            inner = [each for each in scope.scopes if each.use is None and each.group is part]
            if inner:
                self._loop(inner[0], depth, indent)
            elif _is_fixed(scope, part.trigger):
                name = f"{part.name}_{depth}"
                self._emit(indent, f"begin_{name} = len(out)", f"put({_literal(part.trigger.uses[0])!r})")
                self._emit(indent, f"fixed_{name} = len(out)")
                self._group(scope, Group(part.name, True, 1, part.parts[1:]), depth, indent)
                self._emit(indent, f"if len(out) == fixed_{name}: del out[begin_{name}:]")
            else:
                self._group(scope, part, depth, indent)

    def _loop(self, scope: Scope, depth: int, indent: str) -> None:
        assert scope.field is not None  # noqa: S101 - an inner scope is the value of a field
        name, inner = scope.field.name, indent + "    "
        most = scope.use.repeat if scope.use else scope.group.repeat
        self._emit(indent, f"items = x{depth}.get({name!r}, ())", f"if len(items) > {most}: too_many({name!r}, {most})")
        self._emit(indent, f"for item in x{depth}.get({name!r}, ()):", f"    x{depth + 1} = item.__dict__")
        if scope.use:
            self._use(scope, scope.use, depth + 1, inner)
        else:
            self._group(scope, scope.group, depth + 1, inner)

    def _row(self, scope: Scope, row: Row, depth: int, indent: str) -> None:
        if row.tag in ("UNH", "UNT"):
            return
        filled = [use for use in row.uses if scope.slots_of(use)]
        empty = [use for use in row.uses if use not in filled and not any(each.use is use for each in scope.scopes)]
        if row.mandatory and empty:
            names = [slot.field.name for use in filled for slot in scope.slots_of(use)]
            absent = " and ".join(f"{name!r} not in x{depth}" for name in names) or "True"
            self._emit(indent, f"if {absent}: put({_literal(empty[0])!r})")
        for use in row.uses:
            by_use = [each for each in scope.scopes if each.use is use]
            if by_use:
                self._loop(by_use[0], depth, indent)
            elif use in filled:
                self._use(scope, use, depth, indent)

    def _use(self, scope: Scope, use: Use, depth: int, indent: str) -> None:
        """Code for one use: a template when all its fields are there, else what is there between empty elements."""
        slots = scope.slots_of(use)
        if slots[0].field.repeated:
            self._repeated(slots[0], depth, indent)
            return
        names = [f"v{number}" for number in range(len(slots))]
        for name, slot in zip(names, slots, strict=True):
            self._emit(indent, f"{name} = x{depth}.get({slot.field.name!r})")
            if slot.field.required:
                self._emit(indent, f"if {name} is None: missing({scope.part.__name__!r}, {slot.field.name!r})")
        self._emit(indent, f"if {' and '.join(f'{name} is not None' for name in names)}:")
        for name, slot in zip(names, slots, strict=True):
            self._emit(indent + "    ", *_conversion(slot, name, self.mark))
        self._emit(indent, f"    put(f{_template(use, dict(zip(slots, names, strict=True)))!r})")
        if len(slots) > 1:
            partial = self._name(_partial(use, slots, self.mark))
            self._emit(indent, f"elif {' or '.join(f'{name} is not None' for name in names)}:")
            self._emit(indent, f"    put({partial}({', '.join(names)}))")

    def _repeated(self, slot: Slot, depth: int, indent: str) -> None:
        name, most = slot.field.name, slot.use.repeat
        self._emit(indent, f"items = x{depth}.get({name!r}, ())", f"if len(items) > {most}: too_many({name!r}, {most})")
        self._emit(indent, "for v0 in items:")
        self._emit(indent + "    ", *_conversion(slot, "v0", self.mark))
        self._emit(indent, f"    put(f{_template(slot.use, {slot: 'v0'})!r})")


def _is_fixed(scope: Scope, row: Row) -> bool:
    return row.mandatory and not any(scope.slots_of(use) for use in row.uses)


def _literal(use: Use) -> str:
    return _template(use, {}).replace("{{", "{").replace("}}", "}")


def _template(use: Use, slots: dict[Slot, str]) -> str:
    """The segment as an f-string, the variables of the slots in braces. Service characters never stand in fixed values."""
    values = {place: choices[0] for place, choices in use.fixed.items()}
    values |= {slot.place: f"{{{name}}}" for slot, name in slots.items()}
    size = max((place[0] for place in values), default=1)
    elements = [use.tag]
    for element in range(2, size + 1):
        width = max((place[1] for place in values if place[0] == element), default=0)
        elements.append(":".join(values.get((element, component), "") for component in range(1, width + 1)))
    return "+".join(elements)


def _conversion(slot: Slot, name: str, mark: str) -> Iterator[str]:
    """Code that turns a value into the text of its element."""
    kind, longest = slot.field.kind, slot.format.longest
    if kind is Kind.TEXT:
        yield f"if len({name}) > {longest}: too_long({slot.field.name!r}, {longest})"
        yield f"if not {name}.isalnum(): {name} = escape({name})"
    elif kind is Kind.INTEGER:
        yield f"if not 0 <= {name} < 10**{longest}: too_long({slot.field.name!r}, {longest})"
        yield f"{name} = str({name})" + (f".zfill({slot.pad})" if slot.pad else "")
    elif kind is Kind.DECIMAL:
        yield f"d, {name} = {name}, str({name})"
        written = f"{name}.isdigit()" if mark == "," else f"{name}.replace('.', '', 1).isdigit()"
        yield f"if not {written}: {name} = format_decimal(d, {mark!r})"
        yield f"if len({name}) > {longest}: too_long({slot.field.name!r}, {longest})"
    else:
        yield f"{name} = {_WRITTEN[kind]}({name})"


_WRITTEN: Final = {
    Kind.DATE: "write_date",
    Kind.TIME: "write_time",
    Kind.CLOCK: "write_clock",
    Kind.STAMP: "write_stamp",
}


def _partial(use: Use, slots: tuple[Slot, ...], mark: str) -> Callable[..., str]:
    """A function that writes the use with some of its fields; fixed values go with the fields of their composite."""
    alone = {place for place in use.fixed if place[0] not in {slot.place[0] for slot in slots}}

    def write(*values: Any) -> str:
        found = {
            slot.place: format_value(slot, value, mark)
            for slot, value in zip(slots, values, strict=True)
            if value is not None
        }
        present = {place[0] for place in found}
        for place, choices in use.fixed.items():
            if place in alone or place in use.qualifiers or place[0] in present:
                found.setdefault(place, choices[0])
        sizes = layout_of(use.tag).sizes
        elements = [
            [found.get((element, component)) for component in range(1, size + 1)]
            for element, size in enumerate(sizes, start=2)
        ]
        return segment(use.tag, *elements)

    return write


def _missing(part: str, name: str) -> NoReturn:
    raise UnwritableError(f"{part} has no {name}; its message must have one")


def _too_long(name: str, longest: int) -> NoReturn:
    raise UnwritableError(f"{name} does not fit its place, which holds {longest} characters; shorten it")


def _too_many(name: str, most: int) -> NoReturn:
    raise UnwritableError(f"there are too many {name}; the message holds {most}")
