"""An entry of the table of routes, and what it makes of a role and a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from isolation.door import PAGES, Door, Said
from isolation.world import COLLEAGUES, DELEGATES, OFFICERS, ROLES, World
from openics.channels.interactive.access import Access

Roles = frozenset[str]
INSIDE = frozenset({"crossed", "gone"})
"""Relations of what belongs to somebody else, or to nobody, inside of the organisation's own record."""
NOBODY: Roles = frozenset()
COLLEAGUES_ALL: Roles = frozenset({"administrator", *COLLEAGUES})
TRADERS: Roles = COLLEAGUES_ALL | {"stranger", *DELEGATES}
EVERYBODY: Roles = TRADERS | set(OFFICERS)
ON_DUTY: Roles = frozenset({"officer on duty"})
EXPORT_OFFICERS: Roles = ON_DUTY | {"exports officer"}
READ_EXPORTS: Roles = frozenset({"administrator", "read only", "save and submit", "lodge"})
READ_IMPORTS: Roles = READ_EXPORTS | {"pay"}
READ_SITES: Roles = frozenset({"administrator", "read only", "amend sites"})
ACTING: Roles = frozenset({"delegate", "reading delegate"})
STRANGER: Roles = frozenset({"stranger"})
ADMINISTRATOR: Roles = frozenset({"administrator"})


@dataclass(frozen=True, slots=True)
class Route:
    """What is expected of a route.

    `rows` gives the arguments of each relation; `seen` says who sees it there, `acts` who may act among those (all if
    not said), `duty` which officers pass an officers' page. `own` replaces what a role is told past the gate.
    """

    name: str
    gate: Access | None
    rows: Callable[[World], Mapping[str, tuple[Any, ...]]] = lambda _: {"": ()}
    seen: Mapping[str, Roles] = field(default_factory=lambda: {"": EVERYBODY})
    acts: Mapping[str, Roles] | None = None
    duty: Roles = ON_DUTY
    get: Said | None = Said.SHOWN
    post: Said | None = None
    acts_by: tuple[str, ...] = ("get", "post")
    data: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    """By method and role."""
    methods: tuple[str, ...] = ("get", "post")
    door: Door = PAGES

    def expected(self, method: str, role: str, relation: str) -> Said:
        """What somebody of this role is told about a record in this relation."""
        done = self.get if method == "get" else self.post
        return (
            self._at_the_gate(role, done)
            or self.own.get(method, {}).get(role)
            or self._found(method, role, relation)
            or done
            or Said.METHOD
        )

    def _found(self, method: str, role: str, relation: str) -> Said | None:
        """What is said of the record; who may not act is told so before anything inside of it is looked for."""
        outer = "own" if relation in INSIDE else relation
        if role not in self.seen.get(outer, NOBODY):
            return Said.MISSING
        if not self._acts(method, role, outer):
            return Said.DENIED
        return Said.MISSING if relation in INSIDE else None

    def _at_the_gate(self, role: str, done: Said | None) -> Said | None:
        """What is said before the record is looked for."""
        if self.gate is Access.PUBLIC:
            return None
        if role == "newcomer" and self.gate is not Access.SETUP:
            return Said.SET_UP
        if done is None or self.gate is None:
            return done or Said.METHOD
        if role in {"anonymous", "closed"}:
            return Said.SIGN_IN
        if self.gate is Access.SETUP:
            return None
        return self._inside(role)

    def _inside(self, role: str) -> Said | None:
        officer = role in OFFICERS
        if role == "pending" or (
            officer is (self.gate is Access.TRADER) and self.gate in {Access.TRADER, Access.OFFICER}
        ):
            return Said.DENIED
        if role == "officer without purpose" and self.gate is not Access.SIGNED_IN:
            return Said.PURPOSE
        return Said.DENIED if self.gate is Access.OFFICER and role not in self.duty else None

    def _acts(self, method: str, role: str, relation: str) -> bool:
        return self.acts is None or method not in self.acts_by or role in self.acts.get(relation, NOBODY)


def public(name: str, *arguments: Any, **options: Any) -> Route:
    """A page that anybody may open."""
    everybody = {"": frozenset(ROLES)}
    return Route(name, Access.PUBLIC, lambda _: {"": arguments}, everybody, **options)
