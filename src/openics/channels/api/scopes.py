"""What a program may be allowed: scopes, each an application and a level, and which messages belong to which application."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from openics.clients.access_levels import MESSAGES, RECEIPTS, Grant, read_grant
from openics.exchange.handlers import HANDLERS
from openics.information.viewers import Viewer
from openics.messages.document import Document

APPLICATIONS: Final[Mapping[str, frozenset[str]]] = {each.value: names for each, names in MESSAGES.items()}
"""The ICS short names of the messages of each application."""

SCOPES: Final[Mapping[str, str]] = {
    "exports:read": "Export declarations, and messages of exports with their answers",
    "exports:lodge": "Lodge, change and withdraw export declarations; ask for their status",
    "cargo:read": "Messages of cargo and of arrivals with their answers",
    "cargo:lodge": "Lodge, change and withdraw reports of arrival",
    "register:read": "Messages of the client register with their answers",
    "register:lodge": "Register clients",
    "sites:read": "Your EDI sites and their certificates",
}
"""Every scope there is today, and what it lets a program do; to lodge in an application is to read in it too."""


def allowed(granted: Iterable[str]) -> frozenset[str]:
    """The scopes granted, with those that they include."""
    given = set(granted) & SCOPES.keys()
    return frozenset(given | {f"{application_of_scope(each)}:read" for each in given if each.endswith(":lodge")})


def givable(viewer: Viewer) -> dict[str, str]:
    """The scopes that a person may give to a program, with what they let it do: those that it has been granted itself."""
    return {scope: text for scope, text in SCOPES.items() if all(viewer.may(*grant) for grant in grants([scope]))}


def application_of_scope(scope: str) -> str:
    """`exports` of `exports:lodge`."""
    return scope.partition(":")[0]


def grants(granted: Iterable[str]) -> frozenset[Grant]:
    """The scopes as grants."""
    found = (read_grant(*each.split(":", 1)) for each in granted if ":" in each)
    return frozenset(each for each in found if each is not None)


def application_of(message: str) -> str:
    """The application that a message belongs to; empty for receipts and for what is no message of ours."""
    return next((name for name, messages in APPLICATIONS.items() if message in messages), "")


def readable(granted: Collection[str]) -> frozenset[str]:
    """The messages that a program with these scopes may read; a message that nobody knows is read like a receipt."""
    own = [messages for name, messages in APPLICATIONS.items() if f"{name}:read" in granted]
    return frozenset().union(*own, RECEIPTS) if own else frozenset()


def lodgeable() -> dict[str, type[Document]]:
    """The documents that are decided here, by ICS short name."""
    from openics.messages.registry import by_name

    known = {name: by_name(name) for name in HANDLERS}
    return {name: document for name, document in known.items() if document is not None}
