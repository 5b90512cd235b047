"""What decisions on export declarations know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from openics.clients.facts import RegisteredClient, UsedReference
from openics.decision.conditions import Condition
from openics.decision.findings import Finding
from openics.decision.outcome import Outcome, Request
from openics.exports.codes import Status
from openics.messages.exports.exd import ExportDeclaration
from openics.reference.facts import ReferenceFacts


@dataclass(frozen=True, slots=True)
class StoredDeclaration:
    """An export declaration as it stands; `document` is the full one in force, `version` the latest stored."""

    edn: str
    owner: str
    site: str
    channel: str
    sender_reference: str
    version: int
    amendments: int
    status: Status
    conditions: tuple[Condition, ...]
    document: ExportDeclaration
    lodged_at: datetime
    changed_at: datetime

    @property
    def goods_owner(self) -> str:
        """Client id of the owner of the goods: the one named, else the reporting party."""
        return self.document.goods_owner or self.owner


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """An accepted version: what was sent, by which message, and what became of it."""

    version: int
    function: str
    message: int
    document: ExportDeclaration
    status: Status
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DeclarationChange:
    """What is to be written of a declaration; `version` is None when time or another party changed its status."""

    declaration: StoredDeclaration
    version: StoredVersion | None = None


@dataclass(frozen=True, slots=True)
class EnquiryChange:
    """What is to be written of a status request."""

    reference: UsedReference


class ExportFacts:
    """The declarations, clients and reference data that a batch touches, and the numbers reserved for it."""

    def __init__(
        self,
        declarations: Iterable[StoredDeclaration] = (),
        *,
        clients: Mapping[str, RegisteredClient] | None = None,
        reference: ReferenceFacts | None = None,
        used: Iterable[UsedReference] = (),
        edn_numbers: Mapping[int, int] | None = None,
        response_numbers: Mapping[int, int] | None = None,
    ) -> None:
        """Clients are by id, a merged one under its own id as the survivor; numbers by request, or by EDN when due."""
        self.clients = clients or {}
        self.reference = reference or ReferenceFacts()
        self.edn_numbers = edn_numbers or {}
        self.response_numbers = response_numbers or {}
        self._used = {(each.owner, each.document, each.reference) for each in used}
        self._by_edn: dict[str, StoredDeclaration] = {}
        self._by_reference: dict[tuple[str, str], StoredDeclaration] = {}
        for declaration in declarations:
            self._keep(declaration)

    def declaration(self, edn: str | None) -> StoredDeclaration | None:
        """The declaration with a number."""
        return self._by_edn.get(edn or "")

    def namesake(self, owner: str, sender_reference: str | None) -> StoredDeclaration | None:
        """The declaration for which the client used a sender reference."""
        return self._by_reference.get((owner, sender_reference or ""))

    def same_client(self, one: str, other: str) -> bool:
        """Whether two ids stand for one client: they are equal, or merging has made one record of both."""
        return self._surviving(one) == self._surviving(other)

    def concerns(self, declaration: StoredDeclaration, client: str) -> bool:
        """Whether the client is a party of the declaration."""
        return any(self.same_client(party, client) for party in (declaration.owner, declaration.goods_owner))

    def _surviving(self, client: str) -> str:
        return self.clients[client].client_id if client in self.clients else client

    def is_used(self, request: Request) -> bool:
        """Whether the sender has used up the document's reference, for documents that leave no record of their own."""
        document = request.document
        return (request.owner, document.name, getattr(document, "sender_reference", None)) in self._used

    def apply(self, request: Request, outcome: Outcome) -> None:
        """Let the next document see what became of this one."""
        if isinstance(outcome.change, DeclarationChange):
            self._keep(outcome.change.declaration)
        elif isinstance(outcome.change, EnquiryChange):
            self._used.add((request.owner, request.document.name, outcome.change.reference.reference))

    def _keep(self, declaration: StoredDeclaration) -> None:
        self._by_edn[declaration.edn] = declaration
        self._by_reference[declaration.owner, declaration.sender_reference] = declaration
