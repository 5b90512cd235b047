"""What must be seen in a message in canonical form, and what must not be seen together, by the rules of the matcher."""

from collections.abc import Iterator

from openics.edifact.guide import Group, Row, Use
from openics.edifact.matcher import Matcher
from openics.messages.binding import Scope


def is_start(scope: Scope, part: Row | Group) -> bool:
    """Whether a row starts the repetitions of a record: it is there whenever the record is."""
    return scope.field is not None and scope.use is None and part is scope.group.trigger


class Seen:
    """The uses and inner records of a record of which its reader notes whether they were seen, each in a variable.

    A mandatory part of a group must be seen when any other part of the group is; the record itself is always there. A row
    that cannot follow itself may be seen once, in one of its uses.
    """

    def __init__(self, matcher: Matcher, scope: Scope, depth: int) -> None:
        self.depth = depth
        self._matcher = matcher
        self._scope = scope
        self._records = {each.use or each.group for each in scope.scopes}
        self._rows = dict(self._uses(scope.group))
        self._marks: dict[Use | Group, str] = {}
        self.wrongs = (*self._missing(scope.group), *self._too_many())
        """Expressions of which one is true when the message is not canonical after all."""

    def counts(self, part: Use | Group) -> bool:
        """Whether it is to be noted that a use, or a record, was seen."""
        return part in self._marks

    def mark(self, part: Use | Group) -> str:
        """The variable that says whether it was seen: None if not."""
        return self._marks.setdefault(part, f"s{self.depth}_{len(self._marks)}")

    def most(self, use: Use) -> int:
        """How often a use may stand."""
        return use.repeat if self._repeats(self._rows[use]) else 1

    def _uses(self, group: Group) -> Iterator[tuple[Use, Row]]:
        """The uses that fill the record itself or a record of repeated segments, with their rows."""
        for part in group.parts:
            if isinstance(part, Row):
                yield from ((use, part) for use in part.uses)
            elif part not in self._records:
                yield from self._uses(part)

    def _repeats(self, row: Row) -> bool:
        """Whether a row may follow itself with nothing missing between."""
        return any(move.row is row and not move.missing for move in self._matcher.moves(row, row.tag))

    def _missing(self, group: Group) -> Iterator[str]:
        """Expressions for mandatory parts that are absent from a group that is there."""
        for part in group.parts:
            if part.mandatory and not is_start(self._scope, part):
                others = [name for other in group.parts if other is not part for name in self._names(other)]
                absent = " and ".join(f"{name} is None" for name in self._names(part))
                if group is self._scope.group:
                    yield absent
                elif others:
                    yield f"{absent} and ({' or '.join(f'{name} is not None' for name in others)})"
            if isinstance(part, Group) and part not in self._records:
                yield from self._missing(part)

    def _names(self, part: Row | Group) -> list[str]:
        """The variables of which one says that a part was seen."""
        if isinstance(part, Row):
            return [self.mark(use) for use in part.uses]
        if part in self._records:
            return [self.mark(part)]
        return [name for inner in part.parts for name in self._names(inner)]

    def _too_many(self) -> Iterator[str]:
        """Expressions for rows that stand more than once and must not."""
        for row in dict.fromkeys(self._rows.values()):
            if len(row.uses) > 1 and not self._repeats(row) and not is_start(self._scope, row):
                yield f"{' + '.join(f'({self.mark(use)} is not None)' for use in row.uses)} > 1"
