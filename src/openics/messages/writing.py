"""From a document to the segments of its message: one function for each document class, written by this module.

What is written is canonical: segments in the order of the guide, nothing empty at the end of a segment or an element.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final, NoReturn

from openics.edifact.decimals import format_decimal
from openics.edifact.guide import Group, Place, Row, Use
from openics.edifact.segments import split_components, split_elements
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import UnwritableError, escape, segment
from openics.messages.binding import Binding, Scope, Slot, bind
from openics.messages.document import Document, once_per_class
from openics.messages.fields import Kind
from openics.messages.values import format_fixed, write_clock, write_date, write_stamp, write_time

__all__ = ["UnwritableError", "write_message"]

Write = Callable[[dict[str, Any], Callable[[str], None], list[str]], None]


def write_message(document: Document, reference: str, separators: Separators = DEFAULT_SEPARATORS) -> list[str]:
    """The segments UNH to UNT, without terminators; `reference` is UNH 0062.

    Raises UnwritableError, naming field and cause, when something required is absent, too long or there too often.
    """
    kind, escaped = type(document), escape(reference)
    segments = [f"UNH+{escaped}+{_header(kind)}"]
    _WRITERS[separators.decimal](kind)(document.__dict__, segments.append, segments)
    segments.append(f"UNT+{len(segments) + 1}+{escaped}")
    if separators == DEFAULT_SEPARATORS:
        return segments
    return [_converted(each, separators) for each in segments]


def _converted(text: str, separators: Separators) -> str:
    tag, *elements = split_elements(text)
    return segment(tag, *[split_components(element) for element in elements], separators=separators)


@once_per_class
def _header(document: type[Document]) -> str:
    return ":".join(document.guide.header)


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
            "format_fixed": format_fixed,
            "write_date": write_date,
            "write_time": write_time,
            "write_clock": write_clock,
            "write_stamp": write_stamp,
            "too_long": _too_long,
            "too_many": _too_many,
            "missing": _missing,
            "absent": _absent,
            "not_among": _not_among,
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

    def _group(self, scope: Scope, group: Group, depth: int, indent: str, outer: str = "") -> None:
        """Code for the parts of a group in order; `outer` is the variable that says since when the group is there."""
        for part in group.parts:
            inner = [each for each in scope.scopes if each.use is None and each.group is part]
            if isinstance(part, Row):
                self._row(scope, part, depth, indent, outer)
            elif inner:
                self._records(inner[0], scope, depth, indent, outer)
            elif _is_fixed(scope, part.trigger):
                self._fixed_group(scope, part, depth, indent, outer)
            else:
                self._plain_group(scope, part, depth, indent, outer)

    def _fixed_group(self, scope: Scope, group: Group, depth: int, indent: str, outer: str) -> None:
        """Code for a group that begins with a fixed segment; when nothing else is in it, it is taken back again."""
        begin, start = f"begin_{group.name}_{depth}", f"start_{group.name}_{depth}"
        self._emit(indent, f"{begin} = len(out)", f"put({_literal(group.trigger.uses[0])!r})", f"{start} = len(out)")
        self._group(scope, Group(group.name, True, 1, group.parts[1:]), depth, indent, start)
        if not group.mandatory:
            self._emit(indent, f"if len(out) == {start}: del out[{begin}:]")
        elif outer:
            self._emit(indent, f"if len(out) == {start} and {begin} == {outer}: del out[{begin}:]")

    def _plain_group(self, scope: Scope, group: Group, depth: int, indent: str, outer: str) -> None:
        """Code for a group that begins with a segment of fields; without it there must be nothing else in the group."""
        begin, start = f"begin_{group.name}_{depth}", f"start_{group.name}_{depth}"
        rest = Group(group.name, True, 1, group.parts[1:])
        self._emit(indent, f"{begin} = len(out)")
        self._row(scope, group.trigger, depth, indent, begin)
        self._emit(indent, f"{start} = len(out)")
        self._group(scope, rest, depth, indent, begin)
        if group.trigger.mandatory and rest.parts:
            text = f"items of {group.name}, but none of {group.trigger.tag}, with which {group.name} begins"
            self._emit(indent, f"if {begin} == {start} < len(out): absent({scope.part.__name__!r}, {text!r})")
        if group.mandatory:
            self._needed(scope, group.name, begin, indent, outer)

    def _records(self, records: Scope, scope: Scope, depth: int, indent: str, outer: str) -> None:
        """Code for the repetitions of a group that is a record; a mandatory one stands at least once."""
        begin = f"begin_{records.group.name}_{depth}"
        if records.group.mandatory:
            self._emit(indent, f"{begin} = len(out)")
        self._loop(records, depth, indent)
        if records.group.mandatory:
            self._needed(scope, records.group.name, begin, indent, outer)

    def _needed(self, scope: Scope, what: str, begin: str, indent: str, outer: str) -> None:
        """Code that refuses a document when nothing was written since `begin` although the group around is there."""
        given = f"{outer} < {begin}" if outer else begin
        text = f"nothing for {what}, which its message must have"
        self._emit(indent, f"if {given} == len(out): absent({scope.part.__name__!r}, {text!r})")

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

    def _row(self, scope: Scope, row: Row, depth: int, indent: str, outer: str) -> None:
        if row.tag in ("UNH", "UNT"):
            return
        filled = [use for use in row.uses if scope.slots_of(use)]
        empty = [use for use in row.uses if use not in filled and not any(each.use is use for each in scope.scopes)]
        slots = [slot for use in filled for slot in scope.slots_of(use)]
        if row.mandatory and empty:
            given = f"{outer} < len(out)" if outer else "True"
            absent = " and ".join([given, *(f"{slot.field.name!r} not in x{depth}" for slot in slots)])
            self._emit(indent, f"if {absent}: put({_literal(empty[0])!r})")
        uncertain = row.mandatory and not empty and not any(slot.field.required for slot in slots)
        if uncertain:
            self._emit(indent, f"row_{depth} = len(out)")
        for use in row.uses:
            by_use = [each for each in scope.scopes if each.use is use]
            if by_use:
                self._loop(by_use[0], depth, indent)
            elif use in filled:
                self._use(scope, use, depth, indent)
        if uncertain:
            self._needed(scope, row.tag, f"row_{depth}", indent, outer)

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
            partial = self._name(_Partial(use, slots, self.mark, self.names))
            self._emit(indent, f"elif {' or '.join(f'{name} is not None' for name in names)}:")
            absent = ", ".join(f"{name} is None" for name in names)
            self._emit(indent, f"    put({partial}[{absent}]({', '.join(names)}))")

    def _repeated(self, slot: Slot, depth: int, indent: str) -> None:
        name, most = slot.field.name, slot.use.repeat
        self._emit(indent, f"items = x{depth}.get({name!r}, ())", f"if len(items) > {most}: too_many({name!r}, {most})")
        self._emit(indent, "for v0 in items:")
        self._emit(indent + "    ", *_conversion(slot, "v0", self.mark))
        self._emit(indent, f"    put(f{_template(slot.use, {slot: 'v0'})!r})")


def _is_fixed(scope: Scope, row: Row) -> bool:
    records = {each.use for each in scope.scopes}
    return row.mandatory and not any(scope.slots_of(use) or use in records for use in row.uses)


def _literal(use: Use) -> str:
    return _template(use, {}).replace("{{", "{").replace("}}", "}")


def _template(use: Use, slots: dict[Slot, str], left_out: Collection[Place] = ()) -> str:
    """The segment as an f-string, the variables of the slots in braces. Service characters never stand in fixed values."""
    values = {place: choices[0] for place, choices in use.fixed.items() if place not in left_out}
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
    choices = () if slot.place in slot.use.lax else slot.use.fixed.get(slot.place, ())
    if choices:
        yield f"if {name} not in {choices!r}: not_among({slot.field.name!r}, {name}, {choices!r})"
    elif kind is Kind.TEXT:
        yield f"if len({name}) > {longest}: too_long({slot.field.name!r}, {longest})"
        yield f"if not {name}.isalnum(): {name} = escape({name})"
    elif kind is Kind.INTEGER:
        yield f"if not 0 <= {name} < 10**{longest}: too_long({slot.field.name!r}, {longest})"
        yield f"{name} = str({name})" + (f".zfill({slot.pad})" if slot.pad else "")
    elif kind is Kind.DECIMAL and slot.field.decimals is not None:
        yield f"{name} = format_fixed({slot.field.name!r}, {name}, {slot.field.decimals}, {mark!r}).zfill({slot.pad})"
        yield f"if len({name}) > {longest}: too_long({slot.field.name!r}, {longest})"
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


class _Partial(dict[tuple[bool, ...], Callable[..., str]]):
    """Functions that write a use with some of its fields, by which are absent; each is made when it is first needed."""

    def __init__(self, use: Use, slots: tuple[Slot, ...], mark: str, names: dict[str, Any]) -> None:
        self.use = use
        self.slots = slots
        self.mark = mark
        self.names = names

    def __missing__(self, absent: tuple[bool, ...]) -> Callable[..., str]:
        variables = [f"v{number}" for number in range(len(self.slots))]
        given = {slot: name for slot, name, gone in zip(self.slots, variables, absent, strict=True) if not gone}
        lines = [f"def partial({', '.join(variables)}):"]
        for slot, name in given.items():
            lines += [f"    {line}" for line in _conversion(slot, name, self.mark)]
        lines.append(f"    return f{_template(self.use, given, self._left_out(given))!r}")
        found = dict(self.names)
        exec(compile("\n".join(lines), f"<writer of {self.use.key}>", "exec"), found)  # noqa: S102
        self[absent] = found["partial"]
        return self[absent]

    def _left_out(self, given: Collection[Slot]) -> set[Place]:
        """Fixed values that only stand with fields of their composite, none of which is given."""
        elements, present = {slot.place[0] for slot in self.slots}, {slot.place[0] for slot in given}
        return {
            place for place in self.use.fixed if place[0] in elements - present and place not in self.use.qualifiers
        }


def _missing(part: str, name: str) -> NoReturn:
    raise UnwritableError(f"{part} has no {name}; its message must have one")


def _absent(part: str, what: str) -> NoReturn:
    raise UnwritableError(f"{part} has {what}")


def _not_among(name: str, value: str, choices: tuple[str, ...]) -> NoReturn:
    raise UnwritableError(f"{name} is {value!r}; its place holds {' or '.join(choices)}")


def _too_long(name: str, longest: int) -> NoReturn:
    raise UnwritableError(f"{name} does not fit its place, which holds {longest} characters; shorten it")


def _too_many(name: str, most: int) -> NoReturn:
    raise UnwritableError(f"there are too many {name}; the message holds {most}")
