"""Placing segments that are in order, one after the other, by the shapes of the uses that may come next.

What is said here in Python the compiled core says in C, where there is one: `place` works on expressions, its twin on tables.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, NamedTuple

from openics.edifact.contents import Item
from openics.edifact.guide import Group, Place, Row, Use
from openics.edifact.shapes import NEVER, Shape, expression, shape, told_apart


class Placed(NamedTuple):
    """A segment in its place: position in the message (UNH = 1), row, use, and its items in the order of their places."""

    position: int
    row: Row
    use: Use
    values: tuple[str | None, ...]


class Home(NamedTuple):
    """Where a row stands: the innermost scope, the one around it, whether the row starts it, how often it may, its groups."""

    scope: Group | None
    outer: Group | None
    starts: bool
    most: int
    inside: tuple[Group, ...]


class Step(NamedTuple):
    """A use that may come next, the scope that it stands in and the one that it starts, and what its items are checked for.

    `groups` hold the items in the glance's expression; `codes` says which of them must be one of some codes.
    """

    row: Row
    use: Use
    repeat: int
    scope: Group | None
    starts: Home | None
    groups: tuple[int, ...] = ()
    codes: tuple[tuple[int, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """Matches the steps by one tag; the last group that took part tells which step it is."""

    match: Callable[[str], re.Match[str] | None]
    steps: Mapping[int | None, Step]


Counts = dict[Group | None, dict[Use | Group, int]]
"""How often each use, and each scope inside, stands in the present repetition of a scope."""


class Glances(dict[Row, dict[str, Any]]):
    """What may come after each row and is in order, by tag; made when it is first asked for.

    It is a `Glance` or, for the compiled core, pairs of a shape and its step.
    """

    def __init__(
        self,
        candidates: Callable[[Row], Mapping[str, Sequence[tuple[Row, Use, bool]]]],
        homes: Mapping[Row, Home],
        items: Mapping[Use, Mapping[Place, Item]],
        core: ModuleType | None,
    ) -> None:
        super().__init__()
        self._candidates = candidates
        self._homes = homes
        self._items = items
        self._core = core
        self._shapes: dict[Use, Any] = {}
        self._made: dict[tuple[tuple[Row, Use], ...], Any] = {}

    def __missing__(self, row: Row) -> dict[str, Glance]:
        self[row] = {tag: self._glance(uses) for tag, uses in self._candidates(row).items()}
        return self[row]

    def place(
        self, segments: list[str], position: int, row: Row, counts: Counts, placed: list[Placed]
    ) -> tuple[int, Row]:
        """Place segments from the one after `position` on while each is in order; position and row of the last one placed.

        `counts` and `placed` grow; of a segment that is not placed nothing is counted.
        """
        if self._core:
            found: tuple[int, Row] = self._core.place(segments, position, row, self, counts, placed, Placed)
            return found
        return place(segments, position, row, self, counts, placed)

    def _glance(self, uses: Sequence[tuple[Row, Use, bool]]) -> Any:
        """A glance at uses, the first of which counts that fits; so it takes those only that none before them can be.

        With each use stands whether nothing is wrong when it comes next.
        """
        chosen = tuple(
            (row, use)
            for number, (row, use, right) in enumerate(uses)
            if right and all(told_apart(use, before) for _, before, _ in uses[:number])
        )
        if chosen not in self._made:
            self._made[chosen] = self._compiled(chosen) if self._core else self._expressed(chosen)
        return self._made[chosen]

    def _compiled(self, chosen: Sequence[tuple[Row, Use]]) -> tuple[tuple[Any, Step], ...]:
        assert self._core is not None  # noqa: S101 - asked before
        make = self._core.make
        return tuple((self._once(use, lambda found: make(*found)), self._step(row, use)) for row, use in chosen)

    def _expressed(self, chosen: Sequence[tuple[Row, Use]]) -> Glance:
        steps: dict[int | None, Step] = {}
        texts: list[str] = []
        last = 0
        for row, use in chosen:
            text, codes = self._once(use, lambda found: (expression(found), found.codes))
            groups = tuple(range(last + 1, last + 1 + len(codes)))
            checked = tuple((number, each) for number, each in enumerate(codes) if each is not None)
            last += len(groups) + 1
            steps[last] = self._step(row, use)._replace(groups=groups, codes=checked)
            texts.append(f"{text}()")
        return Glance(re.compile("|".join(texts) or NEVER).fullmatch, steps)

    def _step(self, row: Row, use: Use) -> Step:
        home = self._homes[row]
        return Step(row, use, use.repeat, home.scope, home if home.starts else None)

    def _once(self, use: Use, make: Callable[[Shape], Any]) -> Any:
        if use not in self._shapes:
            self._shapes[use] = make(shape(use, self._items[use]))
        return self._shapes[use]


_NOTHING: Final = Glance(lambda _: None, {})


def place(
    segments: Sequence[str], position: int, row: Row, glances: Glances, counts: Counts, placed: list[Placed]
) -> tuple[int, Row]:
    """As `Glances.place`, by expressions."""
    new = tuple.__new__
    following: dict[str, Glance] = glances[row]
    for at in range(position, len(segments)):
        text = segments[at]
        glance = following.get(text[:3], _NOTHING)
        found = glance.match(text)
        if found is None:
            return at, row
        to, use, repeat, scope, starts, groups, codes = glance.steps[found.lastindex]
        values = found.group(*groups) if len(groups) > 1 else (found[groups[0]],) if groups else ()
        for number, known in codes:
            if values[number] is not None and values[number] not in known:
                return at, row
        if starts and not _begins(starts, counts):
            return at, row
        here = counts.get(scope)
        if here is None:
            here = counts[scope] = {}
        count = here.get(use, 0)
        if count >= repeat:
            return at, row
        here[use] = count + 1
        placed.append(new(Placed, (at + 1, to, use, values)))
        if to is not row:
            row, following = to, glances[to]
    return len(segments), row


def _begins(home: Home, counts: Counts) -> bool:
    """Begin a repetition of a scope, the counts inside it anew; False, and nothing done, if it may not stand once more."""
    assert home.scope is not None  # noqa: S101 - what starts a scope stands in it
    outer = counts.setdefault(home.outer, {})
    count = outer.get(home.scope, 0)
    if count >= home.most:
        return False
    outer[home.scope] = count + 1
    for group in home.inside:
        counts.pop(group, None)
    return True
