"""Guides: how one message is laid out, written down as a table of segments.

A guide's text names each segment with M or C (mandatory, conditional) and how often it may stand, then its uses:

    BGM M1   BGM+~830:::EXD
    LOC C99  LOC+9+::6  LOC+18+::95
    SG35 C999 (
        RFF M1  RFF+HS  RFF+EP*99
    )

A use is a segment with its fixed values in their places. The values of the qualifier elements (`directory.QUALIFIERS`) tell
the uses apart and name them: `LOC+9`, `GIS+79`, `FTX+CAT+BA`; `A|B` allows either. Other fixed values, such as the agency
in `::6`, are written always and must, when present, be these; after `~` another value is accepted too; one after `=` tells
uses apart as well, and joins their name (`DTM+178::=401` is `DTM+178+401`). `*99` is how often the use may stand in its
scope (once, if nothing is said). A segment without uses has one that fixes nothing. A group may be written as several of
its name, one after the other, when only some of its repetitions are records; in a message they come in any order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from openics.edifact.directory import QUALIFIERS, segment

Place = tuple[int, int]
"""Element (segment tag = 1) and component (from 1)."""


class GuideError(ValueError):
    """A guide's table, or a path into it, is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One use of a segment: its `key` (`LOC+9`), fixed values by place, which of them qualify, how often it may stand."""

    key: str
    tag: str
    fixed: Mapping[Place, tuple[str, ...]]
    lax: frozenset[Place]
    qualifiers: tuple[Place, ...]
    repeat: int = 1

    def fits(self, values: Mapping[Place, str]) -> bool:
        """Whether a segment with these values is this use."""
        return all(values.get(place, "") in self.fixed.get(place, ("",)) for place in self.qualifiers)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One line of the segment table."""

    tag: str
    mandatory: bool
    repeat: int
    uses: tuple[Use, ...]

    @property
    def trigger(self) -> "Row":
        """The row itself (a group answers with its first)."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A segment group: its rows and groups in order, the first of them starting each repetition."""

    name: str
    mandatory: bool
    repeat: int
    parts: tuple["Row | Group", ...] = field(default=())

    @property
    def trigger(self) -> Row:
        """The row that starts a repetition."""
        return self.parts[0].trigger

    def rows(self) -> Iterator[Row]:
        """All rows, those of inner groups included, in order."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.rows()
            else:
                yield part

    def find(self, path: str) -> "tuple[Row, Use] | Group":
        """What `SG33/MOA+63` or `SG30` names, counted from this group; of groups with one name, the first that has it.

        Raises GuideError when there is no such thing.
        """
        head, _, tail = path.partition("/")
        missing = GuideError(f"the segment table has no {head}" + (f" in {self.name}" if self.name else ""))
        for part in self.parts:
            if isinstance(part, Group) and part.name == head:
                try:
                    return part.find(tail) if tail else part
                except GuideError as error:
                    missing = error
            elif isinstance(part, Row) and not tail:
                for use in part.uses:
                    if use.key == head:
                        return part, use
        raise missing


@dataclass(frozen=True, kw_only=True)
class Guide:
    """How one message is laid out, and what is known about it.

    `name` is the ICS short name, `type` the UN/EDIFACT message (UNH 0065). `direction` is `in` (to customs), `out` or `both`;
    `parties` says in words who sends it (an inbound one) or who gets it. `answer` names the messages that answer it.
    `evidence` is that of the segment table: D, S, I or U. `segments` is the table described above. `pads` gives fields that
    this message writes with leading zeros, and to which width.
    """

    name: str
    type: str
    title: str
    direction: str
    purpose: str
    source: str
    segments: str
    parties: str = ""
    evidence: str = "D"
    version: str = ""
    answer: str = ""
    pads: tuple[tuple[str, int], ...] = ()

    @cached_property
    def layout(self) -> Group:
        """The segment table, read."""
        return read_table(self.segments)

    @property
    def header(self) -> tuple[str, str, str, str]:
        """UNH S009: type, version, release, agency."""
        return (self.type, "D", "3" if self.type == "CONTRL" else "99B", "UN")


_OPEN: Final = "("
_CLOSE: Final = ")"


def read_table(text: str) -> Group:
    """The groups and rows of a segment table. Raises GuideError with the word that is wrong."""
    words = text.split()
    parts, rest = _parts(words, 0)
    if rest != len(words):
        raise GuideError(f"{words[rest]!r} closes a group that was not opened")
    return Group("", True, 1, parts)


def _parts(words: list[str], at: int) -> tuple[tuple[Row | Group, ...], int]:
    parts: list[Row | Group] = []
    while at < len(words) and words[at] != _CLOSE:
        name, status = words[at], words[at + 1] if at + 1 < len(words) else ""
        if status[:1] not in ("M", "C") or not status[1:].isdigit():
            raise GuideError(f"after {name!r} stands {status!r}; write M or C and a number, e.g. C99")
        mandatory, repeat = status[0] == "M", int(status[1:])
        if words[at + 2 : at + 3] == [_OPEN]:
            inner, at = _parts(words, at + 3)
            if words[at : at + 1] != [_CLOSE]:
                raise GuideError(f"group {name} is not closed")
            parts.append(Group(name, mandatory, repeat, inner))
            at += 1
        else:
            end = next((i for i in range(at + 2, len(words)) if not _is_template(words[i])), len(words))
            uses = tuple(read_use(word) for word in words[at + 2 : end] or [name])
            parts.append(Row(name, mandatory, repeat, uses))
            at = end
    return tuple(parts), at


def _is_template(word: str) -> bool:
    return "+" in word or "*" in word


def read_use(template: str) -> Use:
    """The use that a template such as `LOC+9+::6` or `RFF+EP*99` describes."""
    body, _, times = template.partition("*")
    tag, *elements = body.split("+")
    fixed: dict[Place, tuple[str, ...]] = {}
    marked: dict[str, list[Place]] = {"~": [], "=": []}
    for element, text in enumerate(elements, start=2):
        for component, value in enumerate(text.split(":"), start=1):
            if value[:1] in marked:
                marked[value[0]].append((element, component))
            if value:
                fixed[element, component] = tuple(value.lstrip("~=").split("|"))
    known = {(value.element, value.component) for value in segment(tag).values}
    if not fixed.keys() <= known:
        raise GuideError(f"{template} fixes a value where segment {tag} has none; count the + and : signs")
    qualifiers = _qualifiers(tag, fixed)
    qualifiers += tuple(place for place in marked["="] if place not in qualifiers)
    key = "+".join([tag, *("|".join(fixed[place]) for place in qualifiers if place in fixed)])
    return Use(key, tag, fixed, frozenset(marked["~"]), qualifiers, int(times or 1))


def _qualifiers(tag: str, fixed: Mapping[Place, tuple[str, ...]]) -> tuple[Place, ...]:
    """The first qualifier element always counts (a template may leave it empty); further ones when given."""
    values = [segment(tag).value_at(path) for path in QUALIFIERS.get(tag, ())]
    places = [(value.element, value.component) for value in values]
    return tuple(place for number, place in enumerate(places) if number == 0 or place in fixed)
