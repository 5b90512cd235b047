"""What the messages of an interchange are, in a line each."""

from openics.edifact.faults import SyntaxCode
from openics.edifact.raw import RawMessage
from openics.edifact.reader import Interchange
from openics.messages.clients.clntdup import ClientDuplicates
from openics.messages.document import Document
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.reading import read_message
from openics.trader.records import Note

REJECTED = "4"
"""UCI 0083: this level and all below are rejected."""
ACTIONS = {"7": "syntax accepted", "8": "received"}
NUMBERS = ("declaration_number", "client_id", "abn", "authority_number")
SEVERE = frozenset({"ERROR", "CCFERROR"})


def notes_of(interchange: Interchange) -> tuple[Note, ...]:
    """A note of each message, in order."""
    return tuple(note_of(raw) for raw in interchange.messages)


def note_of(raw: RawMessage) -> Note:
    """A note of one message, also when it cannot be understood."""
    reading = read_message(raw)
    name = reading.name or raw.type
    if reading.document is None:
        return Note(name, raw.reference)
    if isinstance(reading.document, SyntaxReport):
        return _report(raw, reading.document)
    return _message(name, raw, reading.document)


def _report(raw: RawMessage, report: SyntaxReport) -> Note:
    rejected = report.action == REJECTED
    verdict = ACTIONS.get(report.action or "", f"action {report.action}")
    if rejected:
        verdict = f"syntax rejected{_because(report.error or next((each.error for each in report.messages), None))}"
    elif refused := [each.reference or "?" for each in report.messages if each.action == REJECTED]:
        verdict, rejected = f"syntax of message {', '.join(refused)} rejected", True
    about = report.control_reference or ""
    return Note("CONTRL", raw.reference, about=about, verdict=verdict, rejected=rejected, error=report.error)


def _because(error: int | None) -> str:
    if error is None:
        return ""
    known = error in SyntaxCode._value2member_map_
    return f": {error} {SyntaxCode(error).meaning}" if known else f": {error}"


def _message(name: str, raw: RawMessage, document: Document) -> Note:
    if isinstance(document, ClientDuplicates):
        return _duplicates(raw, document)
    entries = getattr(document, "entries", ())
    errors = [entry.error or "?" for entry in entries if entry.severity in SEVERE]
    version = getattr(document, "sender_reference_version", None) or getattr(document, "version", None)
    return Note(
        name,
        raw.reference,
        sender_reference=getattr(document, "sender_reference", None) or "",
        version=version,
        verdict=_verdict(document, errors),
        rejected=bool(errors),
    )


def _duplicates(raw: RawMessage, document: ClientDuplicates) -> Note:
    matches = ", ".join(each.client_id or "?" for each in document.matches)
    reference, version = document.sender_reference or "", document.sender_reference_version
    verdict = f"not registered, matches {matches}"
    return Note(document.name, raw.reference, reference, version, verdict=verdict, rejected=True)


def _verdict(document: Document, errors: list[str]) -> str:
    if not hasattr(document, "response_reference"):
        return ""
    labels = {field.name: field.label for field in document.fields()}
    said = [f"{labels[name]} {getattr(document, name)}" for name in NUMBERS if getattr(document, name, None)]
    status = getattr(document, "status_description", None)
    problems = f"{len(errors)} error{'s' if len(errors) > 1 else ''}: {', '.join(errors)}" if errors else None
    return ", ".join(part for part in (*said, status, problems) if part) or "no errors"
