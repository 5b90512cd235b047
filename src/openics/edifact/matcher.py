"""Finding the place of each segment of a message in its guide.

The matcher is deterministic: for each row of a guide it is computed once which rows may follow, by tag. Reading looks the
tag up, so the work grows with the number of segments and nothing else.

A segment in order is told at a glance by the shapes of the uses that may stand there; only one that fits none of them is
split and looked at value by value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Final

from openics.edifact.contents import Contents, Item, check_contents
from openics.edifact.core import CORE
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.glance import Counts, Glances, Home, Placed
from openics.edifact.guide import Group, Guide, Place, Row, Use
from openics.edifact.places import offset_of
from openics.edifact.raw import RawMessage
from openics.edifact.separators import DEFAULT_SEPARATORS

MOST_FAULTS: Final = 50
"""No more faults of a message are reported (the guides' own limit for errors)."""


@dataclass(frozen=True, slots=True)
class Move:
    """A row that may come next, and the mandatory rows that would be missing if it did."""

    row: Row
    missing: tuple[Row, ...]


@dataclass(slots=True)
class Match:
    """The segments that found a place, and what is wrong; no more faults than were asked for."""

    placed: list[Placed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Matcher:
    """Matches messages against one guide.

    `scopes` are the groups whose repetitions are records of their own; within one, each use may stand as often as it says.
    `items` names what may stand in each use. Both come from the document class. `core` is the compiled core, if it is to work.
    """

    def __init__(
        self,
        guide: Guide,
        scopes: frozenset[Group],
        items: Mapping[Use, Mapping[Place, Item]],
        core: ModuleType | None = CORE,
    ) -> None:
        self.guide = guide
        self.items = items
        self.core = core
        layout = guide.layout
        self._first = next(layout.rows())
        self._last_tag = list(layout.rows())[-1].tag
        self._moves = {row: _moves(chain) for row, chain in _chains(layout, ())}
        self._homes = {row: _home(row, chain, scopes) for row, chain in _chains(layout, ())}
        self._places = {use: tuple(sorted(places)) for use, places in items.items()}
        self.glances = Glances(self._candidates, self._homes, items, core)

    def match(self, raw: RawMessage, most: int = MOST_FAULTS) -> Match:
        """Place the segments of a message, up to so many faults; never raises on what it holds."""
        return _Run(self, raw).match(most)

    def moves(self, row: Row, tag: str) -> tuple[Move, ...]:
        """The rows with this tag that may follow `row`, the likeliest first."""
        return self._moves[row].get(tag, ())

    def _candidates(self, row: Row) -> dict[str, list[tuple[Row, Use, bool]]]:
        return {
            tag: [(move.row, use, not move.missing) for move in moves for use in move.row.uses]
            for tag, moves in self._moves[row].items()
            if tag != self._last_tag
        }

    def home(self, row: Row) -> Home:
        """Where a row stands."""
        return self._homes[row]

    def places(self, use: Use) -> tuple[Place, ...]:
        """The places of the items in a use."""
        return self._places[use]

    @property
    def first(self) -> Row:
        """The row of UNH."""
        return self._first

    @property
    def last_tag(self) -> str:
        """The tag of the last row, `UNT`."""
        return self._last_tag


Chain = tuple[tuple[Group, int], ...]
"""The groups around a row, the outermost first, each with the index of the part that leads to the row."""


def _chains(group: Group, above: Chain) -> Iterator[tuple[Row, Chain]]:
    for index, part in enumerate(group.parts):
        chain = (*above, (group, index))
        if isinstance(part, Group):
            yield from _chains(part, chain)
        else:
            yield part, chain


def _home(row: Row, chain: Chain, scopes: frozenset[Group]) -> Home:
    outer, scope = [None, None, *(group for group, _ in chain if group in scopes)][-2:]
    if scope is None:
        return Home(None, None, False, 1, ())
    return Home(scope, outer, row is scope.trigger, scope.repeat, tuple(_groups(scope)))


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for part in group.parts:
        if isinstance(part, Group):
            yield from _groups(part)


def _moves(chain: Chain) -> dict[str, tuple[Move, ...]]:
    moves: dict[str, list[Move]] = {}
    for move in _following(chain):
        moves.setdefault(move.row.tag, []).append(move)
    return {tag: tuple(sorted(found, key=lambda move: len(move.missing))) for tag, found in moves.items()}


def _following(chain: Chain) -> Iterator[Move]:
    """The rows reachable from a row: itself again, what follows in its group, the group again, then the group's own.

    A guide may split a group of the standard into several of its name, each for a use of its own; they come in any order.
    """
    group, index = chain[-1]
    row = group.parts[index]
    if isinstance(row, Row) and row.repeat > 1:
        yield Move(row, ())
    missing: tuple[Row, ...] = ()
    for group, index in reversed(chain):
        here = group.parts[index]
        for part in group.parts[:index]:
            if isinstance(part, Group) and isinstance(here, Group) and part.name == here.name:
                yield from _entries(part, missing)
        for part in group.parts[index + 1 :]:
            yield from _entries(part, missing)
            if part.mandatory:
                missing = (*missing, part.trigger)
        if group.repeat > 1:
            yield from _entries(group, missing)


def _entries(part: Row | Group, missing: tuple[Row, ...]) -> Iterator[Move]:
    """The rows by which a part may begin: the first of a group, and those after it while they are conditional."""
    if isinstance(part, Row):
        yield Move(part, missing)
        return
    for inner in part.parts:
        yield from _entries(inner, missing)
        if inner.mandatory:
            break


class _Run:
    """One message being matched."""

    def __init__(self, matcher: Matcher, raw: RawMessage) -> None:
        self.matcher = matcher
        self.raw = raw
        self.row = matcher.first
        self.result = Match()
        self.counts: Counts = {}

    def match(self, most: int) -> Match:
        """Place segment after segment until the trailer, or until there are as many faults as are reported."""
        segments, last_tag, faults = self.raw.segments, self.matcher.last_tag, self.result.faults
        position, end = 1, len(segments)
        glances, plain = self.matcher.glances, self.raw.separators == DEFAULT_SEPARATORS
        while position < end and len(faults) < most:
            if plain:
                position, self.row = glances.place(segments, position, self.row, self.counts, self.result.placed)
                if position == end:
                    break
            contents = Contents(segments[position], self.raw.separators)
            if contents.tag == last_tag:
                break
            position += 1
            self._place(position, contents)
        if len(faults) < most:
            self._end(position + 1)
        del faults[most:]
        return self.result

    def _place(self, position: int, contents: Contents) -> None:
        moves = self.matcher.moves(self.row, contents.tag)
        if not moves:
            self._report(position, Fault(self._unexpected(contents.tag), f"{contents.tag} is not expected here", 0))
            return
        move, use = _choose(moves, contents)
        self._report_missing(move.missing, position)
        self.row = move.row
        home = self.matcher.home(move.row)
        if home.starts:
            self._start(home, position)
        if use is None:
            self._report(position, _wrong_qualifier(move.row, contents))
        elif self._counted(home, use, position):
            for fault in check_contents(contents, use, self.matcher.items[use]):
                self._report(position, fault)
            values = tuple(contents.values.get(place) for place in self.matcher.places(use))
            self.result.placed.append(Placed(position, move.row, use, values))

    def _unexpected(self, tag: str) -> SyntaxCode:
        if tag == self.row.tag:
            return SyntaxCode.TOO_MANY_SEGMENT_REPETITIONS
        return SyntaxCode.NOT_SUPPORTED_HERE

    def _start(self, home: Home, position: int) -> None:
        """Start a new repetition of the innermost scope; the counts inside it begin anew."""
        scope = home.scope
        assert scope is not None  # noqa: S101 - a row that starts a scope stands in it
        for group in home.inside:
            self.counts.pop(group, None)
        if self._count(home.outer, scope) > scope.repeat:
            text = f"group {scope.name} may stand {scope.repeat} times here, not more"
            self._report(position, Fault(SyntaxCode.TOO_MANY_GROUP_REPETITIONS, text, 0))

    def _counted(self, home: Home, use: Use, position: int) -> bool:
        if self._count(home.scope, use) <= use.repeat:
            return True
        times = "once" if use.repeat == 1 else f"{use.repeat} times"
        text = f"{use.key} may stand {times} here, not more"
        self._report(position, Fault(SyntaxCode.TOO_MANY_SEGMENT_REPETITIONS, text, 0))
        return False

    def _count(self, scope: Group | None, what: Use | Group) -> int:
        counts = self.counts.setdefault(scope, {})
        counts[what] = counts.get(what, 0) + 1
        return counts[what]

    def _end(self, position: int) -> None:
        for move in self.matcher.moves(self.row, self.matcher.last_tag):
            self._report_missing(move.missing, position)

    def _report_missing(self, rows: tuple[Row, ...], position: int) -> None:
        """A missing segment is reported at the last one before its place, as ISO 9735 asks of UCS."""
        for row in rows:
            key = row.uses[0].key if len(row.uses) == 1 else row.tag
            fault = Fault(SyntaxCode.MISSING, f"{key} is missing; it is mandatory here", 0, tag=row.tag)
            self._report(position - 1, fault, position)

    def _report(self, position: int, fault: Fault, at: int | None = None) -> None:
        """Keep a fault of the segment at `position`; `at` is the segment at whose start it shows, if another."""
        self.result.faults.append(
            replace(
                fault,
                offset=offset_of(self.raw, at or position, fault.element, fault.component),
                message=self.raw.index,
                tag=fault.tag or _tag(self.raw, position),
                segment=position,
                rule=f"{self.matcher.guide.name} segment table",
            )
        )


def _tag(raw: RawMessage, position: int) -> str:
    return Contents(raw.segments[position - 1], raw.separators).tag


def _wrong_qualifier(row: Row, contents: Contents) -> Fault:
    place = row.uses[0].qualifiers[0]
    expected = ", ".join(sorted({value for use in row.uses for value in use.fixed.get(place, ())}))
    if place in contents.values:
        text = f"{row.tag} with {contents.values[place][:60]!r} is not used here"
        return replace(contents.fault(SyntaxCode.VALUE_NOT_SUPPORTED_HERE, place, text), expected=expected)
    return replace(contents.fault(SyntaxCode.MISSING, place, f"{row.tag} has no qualifier"), expected=expected)


def _choose(moves: tuple[Move, ...], contents: Contents) -> tuple[Move, Use | None]:
    for move in moves:
        for use in move.row.uses:
            if use.fits(contents.values):
                return move, use
    return moves[0], None
