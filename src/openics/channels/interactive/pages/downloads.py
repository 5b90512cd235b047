"""Bytes as they came in and went out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openics.channels.interactive import queries
from openics.channels.interactive.access import records, refuse
from openics.information import disclosures
from openics.information.interest import Viewer

MAIL = "message/rfc822"
EDIFACT = "application/EDIFACT"


@require_safe
@records
def received(_request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """An item exactly as received: the mail with its signature and encryption, or what was submitted."""
    intake = queries.intake(viewer, number)
    if intake is None:
        raise refuse(viewer, "RECEIVED", number)
    disclosures.record(viewer, "RECEIVED", f"{number} bytes")
    content = queries.received_bytes(intake)
    if intake.channel in {"mail", "https"}:
        return _file(content, MAIL, f"received-{number}.eml")
    return _file(content, EDIFACT, f"received-{number}.edi")


@require_safe
@records
def interchange(_request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """The interchange inside: after decryption, or before encryption."""
    found = queries.interchange(viewer, number)
    if found is None:
        raise refuse(viewer, "INTERCHANGE", number)
    disclosures.record(viewer, "INTERCHANGE", f"{number} bytes")
    return _file(bytes(found.content), EDIFACT, f"{found.site}-{found.control_reference}.edi")


@require_safe
@records
def sealed(_request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """An outgoing mail, signed and encrypted, as it was sent."""
    item = queries.outbox_item(viewer, number)
    if item is None or item.evidence is None:
        raise refuse(viewer, "OUTBOX", number)
    disclosures.record(viewer, "OUTBOX", f"{number} bytes")
    return _file(bytes(item.evidence.content), MAIL, f"sent-{number}.eml")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    safe = "".join(character if character.isalnum() or character in "-_." else "_" for character in name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{safe}"'})
