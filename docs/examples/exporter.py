"""An exporter's software in one file, on the library behind `openics client`: takes the steps of `openics conformance`.

Usage: exporter.py HOME MAILDIR: the home of the site (its key, certificate and interchanges), and where its mail arrives.
It lodges a declaration, has one rejected and corrects it, changes the first, asks for its status, confirms what comes
twice, and withdraws it. Each time: fill in a document, send it, listen until its answer is there.
"""

import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.streq import StatusRequest
from openics.messages.reading import read_message
from openics.messages.writing import write_message
from openics.sandbox.story import current_declaration
from openics.trader.home import TraderHome
from openics.trader.listening import Desk, read_maildir
from openics.trader.maildir import Maildir
from openics.trader.receiving import Refused
from openics.trader.records import Received
from openics.trader.sending import new_header, send

PATIENCE = 120.0
"""Seconds that an answer may take."""


@dataclass(slots=True)
class Exporter:
    """The software: sends documents, and confirms what comes by itself."""

    home: TraderHome
    maildir: Maildir
    answered: dict[tuple[str, int], Document] = field(default_factory=dict)

    def lodge(self, document: ExportDeclaration | StatusRequest) -> Document:
        """Send a document in an interchange of its own, and wait for the answer to it."""
        now = datetime.now(UTC)
        reference, version = document.sender_reference or "", document.version or 1
        self.answered.pop((reference, version), None)
        send(self.home, write_interchange(new_header(self.home, now), [write_message(document, "1")]), now)
        return self.wait(reference, version)

    def wait(self, reference: str, version: int) -> Document:
        """Listen until the answer to a document is there."""
        end = time.monotonic() + PATIENCE
        while (reference, version) not in self.answered:
            if time.monotonic() > end:
                raise TimeoutError(f"no answer to {reference} version {version} within {PATIENCE:.0f} s")
            self.listen()
        return self.answered[reference, version]

    def listen(self, seconds: float = 0.2) -> None:
        """Take in what has come, each of it confirmed with a CONTRL, and wait a little."""
        read_maildir(Desk(self.home, self._take), self.maildir)
        time.sleep(seconds)

    def _take(self, taken: Received | Refused) -> None:
        if isinstance(taken, Refused):
            return
        content = (self.home.received / f"{taken.key}.edi").read_bytes()
        for note, message in zip(taken.notes, read_interchange(content).messages, strict=True):
            if note.sender_reference and (document := read_message(message).document) is not None:
                self.answered[note.sender_reference, note.version or 1] = document


def take_the_steps(exporter: Exporter) -> None:
    """What `openics conformance` asks an exporter's software to do."""
    now = datetime.now(UTC)
    cheese, butter = f"CHEESE-{now:%H%M%S}", f"BUTTER-{now:%H%M%S}"

    lodged = current_declaration(cheese, now)
    authority = getattr(exporter.lodge(lodged), "declaration_number", None)

    exporter.lodge(current_declaration(butter, now - timedelta(days=400)))
    exporter.lodge(current_declaration(butter, now))

    line = lodged.lines[0].replace(action="A", description="CHEDDAR CHEESE, MATURED")
    changed = lodged.replace(version=2, function="4", declaration_number=authority, lines=(line,))
    exporter.lodge(changed)

    enquiry = StatusRequest(
        sender_reference=f"STATUS-{now:%H%M%S}", version=1, function="13", authority_number=authority
    )
    exporter.lodge(enquiry)

    exporter.answered.pop((cheese, 1))  # customs sends the first answer a second time: listening is all it takes
    exporter.wait(cheese, 1)

    exporter.lodge(changed.replace(version=3, function="50"))
    exporter.listen()


if __name__ == "__main__":
    take_the_steps(Exporter(TraderHome.open(Path(sys.argv[1])), Maildir(Path(sys.argv[2]))))
