"""Submissions without mail: from the command line, and from a signed-in person in the web."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep

from psycopg import Connection

from openics.clients.site_rules import PAUSE_FIX, pause_in_words
from openics.decision.room import Cursor
from openics.edifact.envelope import Header
from openics.edifact.reader import read_header
from openics.edifact.writer import write_interchange
from openics.exchange.intake import accept
from openics.exchange.opening import Check, Opened, Received, Refused
from openics.exchange.policy import CANBERRA, Policy
from openics.messages.document import Document
from openics.messages.writing import write_message


@dataclass(frozen=True, slots=True)
class Progress:
    """How a submission stands: intake number, its state, the message numbers in it, and why it was refused."""

    intake: int
    state: str
    messages: tuple[int, ...]
    refusal: dict[str, str] | None

    @property
    def finished(self) -> bool:
        """Whether an answer is there."""
        return self.state != "pending"


class DirectOpener:
    """Opens what came over a channel that has proved the site itself: a signed-in person, or an operator's command."""

    def load(self, cursor: Cursor, batch: Sequence[Received], now: datetime) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """The sites that are registered, each with the words for its pause, empty while it is active."""
        named = sorted({_site(received) for received in batch})
        cursor.execute("SELECT site_id, active, paused_at, pause_reason FROM site WHERE site_id = ANY(%s)", (named,))
        rows = cursor.fetchall()
        return {site: "" if active else pause_in_words(site, since, reason) for site, active, since, reason in rows}

    def open(self, received: Received, facts: dict[str, str], now: datetime) -> Opened | Refused:  # noqa: ARG002 - the protocol's
        """The interchange as it stands, for the site that was proved when it was taken in."""
        site = _site(received)
        if site not in facts:
            text = f"{site} is not a registered EDI site"
            fix = "Submit it for a registered site; the id has seven characters, like AAA676Y"
            return Refused("unknown-site", text, fix, rule="E7", checks=(Check("Signed-in site", False, text, "E7"),))
        if text := facts[site]:
            return Refused("inactive-site", text, PAUSE_FIX, checks=(Check("Signed-in site", False, text),))
        header = read_header(received.content)
        check = Check("Signed-in site", True, f"submitted over {received.channel} for site {received.sender}")
        if header is not None and header.sender != site:
            text = f"UNB names the creator {header.sender}, but it was submitted for {site}"
            fix = "Submit it for the site that UNB names, or correct UNB"
            return Refused("site-mismatch", text, fix, rule="E7", checks=(Check("Creator", False, text, "E7"),))
        return Opened(site, received.content, (check,))


def _site(received: Received) -> str:
    return received.sender.partition(" ")[0]


def submit(connection: Connection, interchange: bytes, *, site: str, channel: str, person: str = "") -> int:
    """Take in an interchange for a site; durable when this returns. Returns the intake number."""
    sender = f"{site} {person}".strip()
    return accept(connection, channel=channel, content=interchange, sender=sender, peer=person)


def submit_document(
    connection: Connection, document: Document, *, site: str, channel: str, person: str, policy: Policy, now: datetime
) -> int:
    """Wrap a document into an interchange of the site and take it in. Returns the intake number."""
    row = connection.execute("SELECT nextval('submission_number')").fetchone()
    reference = f"W{row[0] if row else 0:013d}"
    local = now.astimezone(CANBERRA)
    header = Header(
        sender=site,
        owner=site,
        recipient=policy.customs_site,
        date=f"{local:%y%m%d}",
        time=f"{local:%H%M}",
        control_reference=reference,
        acknowledgement_request=False,
        test=policy.test,
    )
    content = write_interchange(header, [write_message(document, "1")])
    return submit(connection, content, site=site, channel=channel, person=person)


def progress(connection: Connection, intake: int) -> Progress:
    """How a submission stands. Raises LookupError when there is no such intake."""
    row = connection.execute("SELECT state, refusal FROM intake WHERE id = %s", (intake,)).fetchone()
    if row is None:
        raise LookupError(f"there is no intake {intake}")
    messages = connection.execute(
        "SELECT m.id FROM message m JOIN interchange i ON i.id = m.interchange_id WHERE i.intake_id = %s ORDER BY m.id",
        (intake,),
    ).fetchall()
    return Progress(intake, row[0], tuple(number for (number,) in messages), row[1])


def wait(connection: Connection, intake: int, seconds: float = 10.0) -> Progress:
    """Wait until a worker has handled it, or the time is over; the state tells which."""
    end = monotonic() + seconds
    while not (found := progress(connection, intake)).finished and monotonic() < end:
        sleep(0.05)
    return found
