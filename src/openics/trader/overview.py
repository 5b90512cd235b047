"""What became of everything: sent interchanges with their confirmations and answers, received ones with ours.

Answers may arrive in any order. Of several for the same report the one counts whose UNB bears the later date and time,
and at the same time the one that arrived later; a CONTRL belongs to the interchange whose control reference it quotes.
"""

from dataclasses import dataclass

from openics.edifact.faults import SyntaxCode
from openics.trader.home import TraderHome
from openics.trader.records import Note, Received, Sent, all_received, all_sent


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message from customs and the interchange it came in; `superseded` when a later one for its report counts."""

    note: Note
    received: Received
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """Something sent, and all that customs said of it, in the order of arrival; None for a CONTRL not (yet) come."""

    sent: Sent
    receipt: Arrival | None
    answers: tuple[Arrival, ...]

    @property
    def status(self) -> str:
        """How far it has come, in words."""
        if not self.sent.deliveries:
            return f"not sent: {self.sent.error}" if self.sent.error else "not sent"
        if self.receipt is not None and self.receipt.note.rejected:
            return self.receipt.note.verdict
        if self.sent.confirms:
            return "sent"
        if counting := [answer for answer in self.answers if not answer.superseded]:
            return "; ".join(f"{answer.note.name}: {answer.note.verdict}" for answer in counting)
        return self.receipt.note.verdict if self.receipt is not None else "sent, no answer yet"


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything sent and received, in the order of time."""

    sent: tuple[Followed, ...]
    received: tuple[Received, ...]


def overview(home: TraderHome) -> Overview:
    """Read all records and join them."""
    received = tuple(all_received(home.received))
    sent = tuple(all_sent(home.sent))
    arrivals = _arrivals(received)
    receipts = _receipts(sent, arrivals)
    return Overview(tuple(_follow(each, receipts, arrivals) for each in sent), received)


def _arrivals(received: tuple[Received, ...]) -> list[Arrival]:
    latest: dict[tuple[str, str, int | None], tuple[str, str]] = {}
    for each in received:
        for note in each.notes:
            report = (note.name, note.sender_reference, note.version)
            latest[report] = max(latest.get(report, ("", "")), (each.prepared, each.received_at))
    return [Arrival(note, each, superseded=_superseded(note, each, latest)) for each in received for note in each.notes]


def _superseded(note: Note, received: Received, latest: dict[tuple[str, str, int | None], tuple[str, str]]) -> bool:
    if not note.sender_reference:
        return False
    return (received.prepared, received.received_at) < latest[note.name, note.sender_reference, note.version]


def _receipts(sent: tuple[Sent, ...], arrivals: list[Arrival]) -> dict[str, Arrival]:
    """The CONTRL for each record: one for a duplicate belongs to the last use of its reference, others to the first."""
    uses: dict[str, list[str]] = {}
    for each in sent:
        uses.setdefault(each.control_reference, []).append(each.key)
    found: dict[str, Arrival] = {}
    for arrival in arrivals:
        keys = uses.get(arrival.note.about) if arrival.note.about else None
        if keys:
            found[keys[-1] if arrival.note.error == SyntaxCode.DUPLICATE else keys[0]] = arrival
    return found


def _follow(sent: Sent, receipts: dict[str, Arrival], arrivals: list[Arrival]) -> Followed:
    receipt = receipts.get(sent.key)
    duplicate = receipt is not None and receipt.note.error == SyntaxCode.DUPLICATE
    asked = {(note.sender_reference, note.version) for note in sent.notes if note.sender_reference}
    answers = [each for each in arrivals if (each.note.sender_reference, each.note.version) in asked]
    return Followed(sent, receipt, () if duplicate else tuple(answers))
