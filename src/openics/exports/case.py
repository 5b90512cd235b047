"""One export declaration with everything its rules may ask."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from openics.clients.facts import RegisteredClient
from openics.decision.outcome import Request
from openics.exports.facts import ExportFacts, StoredDeclaration
from openics.exports.policy import MOST_DAYS_AHEAD
from openics.messages.codes import DeclarationFunction
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.reference.codes import CodeList
from openics.reference.facts import CANBERRA, Entry


@dataclass(frozen=True)
class Case:
    """The declaration in question, who sent it, and what is stored; days are those of the port of loading (rule X15).

    `document` is the declaration as sent, or, once a change is put together with what is stored, the full one.
    """

    request: Request
    document: ExportDeclaration
    facts: ExportFacts
    now: datetime

    @property
    def original(self) -> bool:
        """Whether it is a first lodgement."""
        return self.document.function == DeclarationFunction.ORIGINAL

    @cached_property
    def namesake(self) -> StoredDeclaration | None:
        """The declaration for which the sender has used this sender reference."""
        return self.facts.namesake(self.request.owner, self.document.sender_reference)

    @cached_property
    def stored(self) -> StoredDeclaration | None:
        """The declaration meant: by its number, else by the sender reference. None for an original."""
        if self.original:
            return None
        if self.document.declaration_number is None:
            return self.namesake
        return self.facts.declaration(self.document.declaration_number)

    @property
    def own(self) -> StoredDeclaration | None:
        """The declaration meant, if it is the sender's: of another's nothing is told."""
        return self.stored if self.lodged_by_sender else None

    @cached_property
    def lodged_by_sender(self) -> bool:
        """Whether the sender lodged the declaration meant, itself or as a client that was merged with it since."""
        return self.stored is not None and self.facts.same_client(self.stored.owner, self.request.owner)

    @cached_property
    def stored_numbers(self) -> frozenset[int | None]:
        """The line numbers of the stored declaration, if it is the sender's."""
        return frozenset(line.number for line in self.own.document.lines) if self.own else frozenset()

    @cached_property
    def repeated_numbers(self) -> frozenset[int | None]:
        """The line numbers that are used more than once."""
        numbers = Counter(line.number for line in self.document.lines)
        return frozenset(number for number, times in numbers.items() if times > 1)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the port of loading."""
        return self.facts.reference.zone(self.document.port_of_loading, self.now.astimezone(CANBERRA).date())

    @cached_property
    def today(self) -> date:
        """The day at the port of loading."""
        return self.now.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The last day that may be named as intended export date."""
        return self.today + timedelta(days=MOST_DAYS_AHEAD)

    def client(self, client_id: str | None) -> RegisteredClient | None:
        """A registered and active client."""
        client = self.facts.clients.get(client_id or "")
        return client if client is not None and client.active else None

    def known(self, code_list: CodeList, code: str | None) -> Entry | None:
        """The entry of a code in force today."""
        return self.facts.reference.at(code_list, code, self.today)

    def ahecc(self, line: ExportLine, document: ExportDeclaration) -> Entry | None:
        """The line's commodity classification as at the intended export date."""
        return self.facts.reference.at(CodeList.AHECC, line.ahecc, document.intended_export_date or self.today)

    def ahecc_periods(self, line: ExportLine) -> tuple[Entry, ...]:
        """All periods of the line's commodity classification."""
        return self.facts.reference.periods(CodeList.AHECC, line.ahecc)
