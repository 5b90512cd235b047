"""What the client's commands print."""

from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openics.edifact.reader import read_interchange
from openics.messages.reading import read_message
from openics.pki.certificates import described
from openics.trader.gateways import GatewayCertificate
from openics.trader.overview import Followed, Overview
from openics.trader.receiving import Refused
from openics.trader.records import Note, Received
from openics.trader.words import Line, in_words, title

console = Console()


def say(text: str) -> None:
    """Print a line; what it quotes is never taken for markup."""
    console.print(Text(text), soft_wrap=True)


def failed(text: str, fix: str, rule: str = "") -> None:
    """Print what is wrong and how to mend it."""
    console.print(Text(f"{text} [rule {rule}]" if rule else text, style="red"), soft_wrap=True)
    console.print(Text(fix), soft_wrap=True)


def arrived(taken: Received | Refused) -> None:
    """Say what a mail brought."""
    if isinstance(taken, Refused):
        failed(f"refused {taken.key}: {taken.text}", taken.fix, taken.rule)
        return
    again = f" (transmission {taken.arrivals})" if taken.arrivals > 1 else ""
    say(f"received {taken.control_reference}{again}: {_messages(taken.notes)}")


def trust_table(listed: list[GatewayCertificate]) -> Table:
    """The gateway certificates and their windows."""
    table = Table("Gateway certificate", "Encrypt to it from (UTC)", "Accept it until (UTC)", title="Trust list")
    for each in listed:
        table.add_row(
            escape(described(each.certificate)),
            f"{each.encrypt_from:%Y-%m-%d %H:%M}",
            f"{each.retire_at:%Y-%m-%d %H:%M}",
        )
    return table


def overview_tables(found: Overview) -> Group:
    """Everything sent and everything received, a line each."""
    sent = Table("Control reference", "Made (UTC)", "Messages", "Status", title="Sent")
    for followed in found.sent:
        one = followed.sent
        sent.add_row(one.key, _minute(one.created_at), escape(_messages(one.notes)), escape(followed.status))
    received = Table("Control reference", "Arrived (UTC)", "Messages", "Says", "Confirmed by", title="Received")
    for each in found.received:
        confirmed = each.confirmation or ("not yet" if each.wants_confirmation else "not asked")
        says = "; ".join(note.verdict for note in each.notes if note.verdict)
        received.add_row(each.key, _minute(each.received_at), escape(_messages(each.notes)), escape(says), confirmed)
    return Group(sent, received)


def journey(followed: Followed, interchange: Path) -> Group:
    """One sent interchange: how it stands, what customs said, and its messages in words."""
    sent = followed.sent
    lines = [Line(0, f"Sent as {sent.key}", followed.status), Line(1, "Made", _minute(sent.created_at))]
    lines += [Line(1, "Taken by the mail server", _minute(at)) for at in sent.deliveries]
    if sent.intake:
        lines.append(Line(1, "Receipt of the gateway", f"intake {sent.intake}"))
    for each in ([followed.receipt] if followed.receipt else []) + list(followed.answers):
        kept = ", superseded by a later one" if each.superseded else ""
        lines.append(Line(1, f"{each.note.name} in {each.received.key}", f"{each.note.verdict}{kept}"))
    return Group(*map(_shown, lines), *decoded(interchange))


def reception(received: Received, interchange: Path) -> Group:
    """One received interchange and its messages in words."""
    lines = [
        Line(0, f"Received as {received.key}", f"{received.arrivals} transmission(s)"),
        Line(1, "Arrived", _minute(received.received_at)),
        Line(
            1, "Our confirmation", received.confirmation or ("due" if received.wants_confirmation else "not asked for")
        ),
    ]
    return Group(*map(_shown, lines), *decoded(interchange))


def decoded(interchange: Path) -> list[RenderableType]:
    """The messages of an interchange in words; for one that cannot be read, where it is wrong."""
    shown: list[RenderableType] = []
    for raw in read_interchange(interchange.read_bytes()).messages:
        reading = read_message(raw)
        if reading.document is None:
            shown.append(Text(f"\n{reading.name or raw.type} (message {raw.reference}) does not follow its guide"))
            shown += [_shown(Line(1, fault.place, fault.text)) for fault in reading.faults]
        else:
            shown.append(Text(f"\n{title(reading.document)} (message {raw.reference})", style="bold"))
            shown += [_shown(line) for line in in_words(reading.document, 1)]
    return shown


def _shown(line: Line) -> Padding:
    text = Text(f"{line.label}: {line.value}") if line.value else Text(line.label, style="bold")
    return Padding(text, (0, 0, 0, 2 * line.depth), expand=False)


def _messages(notes: tuple[Note, ...]) -> str:
    return ", ".join(
        " ".join(part for part in (note.name, note.sender_reference or note.about) if part) for note in notes
    )


def _minute(written: str) -> str:
    return written[:16].replace("T", " ")
