"""The table of access: which levels an application has, who may have them, what they include, what officers' duties open.

Evidence: the five levels, and that all but the first and the last are for brokerages and importers, are published for
import declarations (D); levels of the other applications, what a level includes, and all duties are inferred (I).
"""

from collections.abc import Collection, Iterable
from typing import Final

from openics.clients.access_codes import Application, Duty, Level
from openics.messages import cargo, clients, exports, gateway, imports, revenue, voyages
from openics.messages.codes import ClientRole

Grant = tuple[Application, Level]
"""A level in an application."""

LICENSED_BROKERAGE: Final = "LICENSED BROKERAGE"
"""The role of a client that lodges import declarations for others (named in D; spelling I)."""

LEVELS: Final[dict[Application, tuple[Level, ...]]] = {
    Application.IMPORTS: (Level.READ, Level.PREPARE, Level.LODGE, Level.PAY),  # D
    Application.EXPORTS: (Level.READ, Level.PREPARE, Level.LODGE),  # I
    Application.CARGO: (Level.READ, Level.PREPARE, Level.LODGE),  # I
    Application.REGISTER: (Level.READ, Level.PREPARE, Level.LODGE),  # I
    Application.SITES: (Level.READ, Level.AMEND),  # D
}
"""The levels that an application has, from the least."""

INCLUDED: Final[dict[Level, tuple[Level, ...]]] = {  # I
    Level.READ: (Level.READ,),
    Level.PREPARE: (Level.READ, Level.PREPARE),
    Level.LODGE: (Level.READ, Level.PREPARE, Level.LODGE),
    Level.PAY: (Level.READ, Level.PAY),
    Level.AMEND: (Level.READ, Level.AMEND),
}
"""What somebody may do who has been granted a level."""

NEEDED_ROLES: Final[dict[Grant, frozenset[str]]] = {  # D
    (Application.IMPORTS, level): frozenset({LICENSED_BROKERAGE, ClientRole.IMPORTER.value})
    for level in (Level.PREPARE, Level.LODGE, Level.PAY)
}
"""Grants for which an organisation needs one of these roles; the others are open to all."""

ALL_GRANTS: Final[tuple[Grant, ...]] = tuple((each, level) for each, levels in LEVELS.items() for level in levels)

MESSAGES: Final[dict[Application, frozenset[str]]] = {
    application: frozenset(document.name for room in rooms for document in room.MESSAGES)
    for application, rooms in (
        (Application.IMPORTS, (imports, revenue)),
        (Application.EXPORTS, (exports,)),
        (Application.CARGO, (cargo, voyages)),
        (Application.REGISTER, (clients,)),
    )
}
"""ICS short names of the messages that belong to an application (I: as the guide is divided)."""

RECEIPTS: Final = frozenset(document.name for document in gateway.MESSAGES)
"""Messages about transport; they belong to the application of the message that they are about."""

DUTIES: Final[dict[Duty, frozenset[Application]]] = {  # I
    Duty.REGISTRATION: frozenset({Application.REGISTER, Application.SITES}),
    Duty.GATEWAY: frozenset(Application),
    Duty.IMPORTS: frozenset({Application.IMPORTS}),
    Duty.EXPORTS: frozenset({Application.EXPORTS}),
    Duty.CARGO: frozenset({Application.CARGO}),
    Duty.INFORMATION: frozenset({Application.IMPORTS, Application.EXPORTS, Application.CARGO}),
    Duty.AUDIT: frozenset(),
}
"""The applications whose records a duty opens to an officer, for a purpose and for reading."""


def may_have(roles: Collection[str], grant: Grant) -> bool:
    """Whether an organisation with these roles may have a level in an application."""
    needed = NEEDED_ROLES.get(grant)
    return grant in ALL_GRANTS and (needed is None or not needed.isdisjoint(roles))


def all_for(roles: Collection[str]) -> frozenset[Grant]:
    """Every grant that people of an organisation with these roles may have."""
    return frozenset(grant for grant in ALL_GRANTS if may_have(roles, grant))


def reach(grants: Iterable[Grant], roles: Collection[str]) -> frozenset[Grant]:
    """What grants come to in an organisation with these roles: with what they include, without what it may not have."""
    return frozenset(
        (application, included)
        for application, level in grants
        if may_have(roles, (application, level))
        for included in INCLUDED[level]
    )


def read_grant(application: str, level: str) -> Grant | None:
    """A grant from its codes, e.g. `exports` and `lodge`; None when there is none such."""
    return next((each for each in ALL_GRANTS if each == (application, level)), None)
