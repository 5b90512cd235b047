"""A document class joined to its guide: which place of which segment holds which field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from openics.edifact.contents import Item
from openics.edifact.directory import Format, parse_format, segment
from openics.edifact.guide import Group, GuideError, Place, Use
from openics.edifact.matcher import Matcher
from openics.messages.document import Document, Part, once_per_class
from openics.messages.fields import Field, Kind


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A field that holds one value (or one at each occurrence of its use), and its place.

    `format` is the EDIFACT element's, `wanted` the data dictionary's; `pad` the width of leading zeros when written.
    """

    field: Field
    use: Use
    place: Place
    format: Format
    wanted: Format | None
    pad: int

    @property
    def item(self) -> Item:
        """What the matcher has to know of it."""
        codes = tuple(self.field.codes.meanings()) if self.field.codes and self.field.closed else ()
        return Item(self.field.label, self.field.required, codes)

    @property
    def longest(self) -> int:
        """The most characters that both the element and the dictionary allow."""
        return min(self.format.longest, self.wanted.longest) if self.wanted else self.format.longest

    @property
    def shortest(self) -> int:
        """The least characters that both ask for."""
        return max(self.format.shortest, self.wanted.shortest) if self.wanted else self.format.shortest


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """A record and where it comes from: the whole message, each repetition of a group, or each segment of a use."""

    part: type[Part]
    field: Field | None
    group: Group
    use: Use | None
    slots: tuple[Slot, ...]
    scopes: tuple["Scope", ...]

    def slots_of(self, use: Use) -> tuple[Slot, ...]:
        """The fields in one use, in the order of their places."""
        return tuple(sorted((slot for slot in self.slots if slot.use is use), key=lambda slot: slot.place))

    def all_scopes(self) -> Iterator["Scope"]:
        """This record and those inside it."""
        yield self
        for inner in self.scopes:
            yield from inner.all_scopes()


@dataclass(frozen=True)
class Binding:
    """Everything that reading and writing need to know of a document class."""

    document: type[Document]
    scope: Scope

    @cached_property
    def homes(self) -> dict[Use, Scope]:
        """The record that each use fills."""
        homes: dict[Use, Scope] = {}
        for scope in self.scope.all_scopes():
            uses = [scope.use] if scope.use else [use for row in scope.group.rows() for use in row.uses]
            homes.update(dict.fromkeys(uses, scope))
        return homes

    @cached_property
    def slots(self) -> dict[Use, tuple[Slot, ...]]:
        """The fields in each use."""
        return {use: scope.slots_of(use) for use, scope in self.homes.items()}

    @cached_property
    def items(self) -> dict[Use, Mapping[Place, Item]]:
        """What the matcher has to know of each use."""
        return {use: {slot.place: slot.item for slot in slots} for use, slots in self.slots.items()}

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher of the message."""
        groups = frozenset(scope.group for scope in self.scope.all_scopes() if scope.use is None and scope.field)
        return Matcher(self.document.guide, groups, self.items)


@once_per_class
def bind(document: type[Document]) -> Binding:
    """Join a document class to its guide. Raises GuideError when a path of a field leads nowhere."""
    pads = dict(document.guide.pads)
    return Binding(document, _scope(document, None, document.guide.layout, None, pads))


def _scope(part: type[Part], field: Field | None, group: Group, use: Use | None, pads: Mapping[str, int]) -> Scope:
    slots = [_slot(each, group, use, pads) for each in part.fields() if each.kind is not Kind.PART]
    scopes = [_inner(each, group) for each in part.fields() if each.kind is Kind.PART]
    return Scope(part, field, group, use, tuple(slots), tuple(scopes))


def _inner(field: Field, group: Group) -> Scope:
    found = group.find(field.path)
    if isinstance(found, Group):
        return _scope(field.part, field, found, None, {})
    return _scope(field.part, field, group, found[1], {})


def _slot(field: Field, group: Group, use: Use | None, pads: Mapping[str, int]) -> Slot:
    if use is None:
        path, _, name = field.path.rpartition("/")
        found = group.find(path)
        if isinstance(found, Group):
            raise GuideError(f"{field.name}: {path} is a group; name a segment")
        use = found[1]
    else:
        name = field.path
    value = segment(use.tag).value_at(name)
    wanted = parse_format(field.length) if field.length else None
    return Slot(field, use, (value.element, value.component), value.format, wanted, pads.get(field.name, field.pad))
