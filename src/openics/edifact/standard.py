"""The message structures of D.99B, and where a guide is not a legal restriction of its message.

Source: UN/EDIFACT directory D.99B (UNTDID); CONTRL from ISO 9735-4. The structures are in `d99b/messages.txt`, written
like the segment table of a guide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from openics.edifact.directory import segment
from openics.edifact.guide import Group, Guide, Row, Use, read_table
from openics.edifact.strictness import is_listed, misfit


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where a guide leaves its message of D.99B: a key that stays the same, and a sentence."""

    key: str
    text: str


@cache
def standard_message(name: str) -> Group:
    """The structure of a message, e.g. `CUSCAR`. Raises ValueError for one that the directory does not hold."""
    if name not in _tables():
        raise ValueError(f"the directory holds no message {name}")
    return read_table(_tables()[name])


@cache
def _tables() -> Mapping[str, str]:
    text = resources.files(__package__).joinpath("d99b", "messages.txt").read_text("utf-8")
    return {name: table for name, _, table in (block.partition(":\n") for block in text.split("\n\n"))}


def deviations(guide: Guide) -> list[Deviation]:
    """Where a guide allows what its message of D.99B forbids: places, order, repetitions, status, fixed values.

    The key of a deviation is the guide's name, the place and what is wrong there: `place`, `repeat`, `status`, `absent`,
    `format` or `code`.
    """
    found = [*_structure(guide.layout, standard_message(guide.type), "")]
    for place, use in _uses(guide.layout, ""):
        found += _values(use, place)
    return [Deviation(f"{guide.name} {each.key}", each.text) for each in found]


def _structure(group: Group, standard: Group, path: str) -> Iterator[Deviation]:
    """The deviations of the parts of a group, and of the groups inside it."""
    joined: dict[int, list[Row | Group]] = {}
    at = 0
    for part in group.parts:
        index = _place(part, standard, at, joined)
        if index is None:
            place = path + _name(part)
            yield Deviation(f"{place} place", f"{place} does not stand here in {standard.name or 'the message'}")
            continue
        at = index
        joined.setdefault(index, []).append(part)
        wanted = standard.parts[index]
        if isinstance(part, Group) and isinstance(wanted, Group):
            yield from _structure(part, wanted, f"{path}{part.name}/")
    for index, wanted in enumerate(standard.parts):
        yield from _extent(joined.get(index, []), wanted, path + _name(wanted))


def _place(part: Row | Group, standard: Group, at: int, joined: Mapping[int, list[Row | Group]]) -> int | None:
    """The index of a part in the standard from `at` on; one that is taken up already only when there is no later one."""
    places = [index for index, wanted in enumerate(standard.parts) if index >= at and _name(wanted) == _name(part)]
    places = [index for index in places if type(standard.parts[index]) is type(part)]
    free = [index for index in places if _extent_of([*joined.get(index, []), part]) <= standard.parts[index].repeat]
    return next(iter(free or places), None)


def _extent(parts: list[Row | Group], wanted: Row | Group, place: str) -> Iterator[Deviation]:
    """What is wrong with how often, and whether at all, the parts at one place of the standard stand."""
    if _extent_of(parts) > wanted.repeat:
        text = f"{place} may stand {_extent_of(parts)} times; the standard allows {wanted.repeat}"
        yield Deviation(f"{place} repeat", text)
    if wanted.mandatory and not parts:
        yield Deviation(f"{place} absent", f"{place} is left out; the standard has it mandatory")
    elif wanted.mandatory and not any(part.mandatory for part in parts):
        yield Deviation(f"{place} status", f"{place} is conditional; the standard has it mandatory")


def _extent_of(parts: list[Row | Group]) -> int:
    return sum(part.repeat for part in parts)


def _name(part: Row | Group) -> str:
    return part.name if isinstance(part, Group) else part.tag


def _uses(group: Group, path: str) -> Iterator[tuple[str, Use]]:
    for part in group.parts:
        if isinstance(part, Group):
            yield from _uses(part, f"{path}{part.name}/")
        else:
            yield from ((path + use.key, use) for use in part.uses)


def _values(use: Use, place: str) -> Iterator[Deviation]:
    """The deviations of the fixed values of a use."""
    layout = segment(use.tag)
    for value in layout.values:
        at = (value.element, value.component)
        for choice in use.fixed.get(at, ()):
            found = {**{each: choices[0] for each, choices in use.fixed.items()}, at: choice}
            wrong = misfit(choice, value.format)
            if wrong:
                yield Deviation(f"{place} {value.name}={choice} format", f"{place}: {value.name} {choice!r} {wrong}")
            elif not is_listed(layout, value, found):
                text = f"{place}: {choice!r} is no code of {value.number} in D.99B"
                yield Deviation(f"{place} {value.name}={choice} code", text)
