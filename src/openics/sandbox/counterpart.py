"""A scripted trader: sends through the real mail gateway and reads its real mailbox."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from openics.edifact.reader import Interchange, read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.document import Document
from openics.messages.reading import read_message
from openics.messages.writing import write_message
from openics.sandbox.environment import trader_directory
from openics.trader.home import TraderHome
from openics.trader.listening import Desk, read_maildir
from openics.trader.maildir import Maildir
from openics.trader.receiving import Refused
from openics.trader.records import Received, Sent
from openics.trader.sending import Reference, new_header, send

POLL = 0.05


class NoAnswerError(Exception):
    """What was waited for did not come in time."""


@dataclass(slots=True)
class Counterpart:
    """One trading site of the sandbox, with everything it has received so far."""

    home: TraderHome
    maildir: Maildir
    received: list[Received] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.home, self._told)

    @classmethod
    def open(cls, instance: Path, site: str) -> "Counterpart":
        """The example site of an instance."""
        home = TraderHome.open(trader_directory(instance, site))
        return cls(home, Maildir(instance / "mailboxes" / home.config.address))

    def _told(self, taken: Received | Refused) -> None:
        if isinstance(taken, Received):
            self.received.append(taken)
        else:
            self.refused.append(taken)

    def send(self, content: bytes, *, again: bool = False, check: bool = True) -> Sent:
        """Send an interchange as it stands; `again` sends one whose control reference was used before."""
        return send(self.home, content, _now(), reference=Reference.REUSE if again else Reference.KEEP, check=check)

    def send_document(self, document: Document) -> Sent:
        """Send one document in an interchange of its own."""
        return self.send(self.interchange(document))

    def interchange(self, document: Document) -> bytes:
        """One document in a new interchange of this site."""
        return write_interchange(new_header(self.home, _now()), [write_message(document, "1")])

    def contrl(self, sent: Sent, error: int | None = None, seconds: float = 20.0) -> Document:
        """Wait for the CONTRL on something sent that gives this error for the whole interchange; None: no such error."""

        def fits(each: Received) -> bool:
            note = each.notes[0]
            return (note.name, note.about, note.error) == ("CONTRL", sent.control_reference, error)

        return self._wait(fits, seconds)

    def answer(self, name: str, sender_reference: str, version: int, seconds: float = 20.0) -> Document:
        """Wait for the answer to a document, by the answer's name and the document's reference and version."""

        def fits(each: Received) -> bool:
            note = each.notes[0]
            return (note.name, note.sender_reference, note.version) == (name, sender_reference, version)

        return self._wait(fits, seconds)

    def collect(self) -> int:
        """Take in what waits in the mailbox; returns how many mails there were."""
        return read_maildir(self.desk, self.maildir)

    def content(self, received: Received) -> Interchange:
        """The interchange of something received."""
        return read_interchange((self.home.received / f"{received.key}.edi").read_bytes())

    def _wait(self, fits: Callable[[Received], bool], seconds: float) -> Document:
        end = time.monotonic() + seconds
        while True:
            for each in reversed(self.received):
                if fits(each):
                    document = read_message(self.content(each).messages[0]).document
                    if document is None:
                        raise NoAnswerError(f"the answer {each.key} cannot be read")
                    return document
            if time.monotonic() > end:
                came = ", ".join(note.name for each in self.received for note in each.notes) or "nothing"
                raise NoAnswerError(f"no answer within {seconds:.0f} seconds; received so far: {came}")
            if not self.collect():
                time.sleep(POLL)


def _now() -> datetime:
    return datetime.now(UTC)
