"""Every message that OpenICS knows."""

from typing import Final

from openics.messages import cargo, clients, exports, gateway, imports, revenue, voyages
from openics.messages.document import Document

ALL: Final[tuple[type[Document], ...]] = (
    *voyages.MESSAGES,
    *cargo.MESSAGES,
    *imports.MESSAGES,
    *revenue.MESSAGES,
    *exports.MESSAGES,
    *clients.MESSAGES,
    *gateway.MESSAGES,
)

_BY_NAME: Final = {document.name: document for document in ALL}
_BY_WIRE: Final = {(document.guide.type, document.name): document for document in ALL}
_TYPES: Final = {document.guide.type: document.guide.header for document in ALL}


def by_name(name: str) -> type[Document] | None:
    """The document class of an ICS short name, e.g. `EXD`."""
    return _BY_NAME.get(name)


def by_wire(edifact_type: str, name: str) -> type[Document] | None:
    """The document class of a UN/EDIFACT message type (UNH 0065) and an ICS short name (BGM 1000)."""
    return _BY_WIRE.get((edifact_type, name))


def known_types() -> dict[str, tuple[str, str, str, str]]:
    """The UN/EDIFACT message types in use, each with its UNH S009: type, version, release, agency."""
    return _TYPES


def known_names(edifact_type: str) -> list[str]:
    """The ICS short names that a UN/EDIFACT message type carries."""
    return [name for known, name in _BY_WIRE if known == edifact_type]
