"""Makes the interchanges that customs sends (pure)."""

from dataclasses import dataclass
from datetime import datetime

from openics.edifact.envelope import Header
from openics.edifact.writer import write_interchange
from openics.exchange.policy import CANBERRA, Policy
from openics.messages.document import Document
from openics.messages.writing import write_message

MESSAGE_REFERENCE = "000001"
"""Customs sends one message in an interchange and numbers it so (seen in real traffic)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A document to send to a site; `answers` is the message number it answers, `mailed` whether it leaves by mail."""

    site: str
    document: Document
    answers: int | None
    wants_receipt: bool
    mailed: bool = True


def render(answer: Answer, number: int, now: datetime, policy: Policy) -> bytes:
    """The interchange for an answer, under the recipient's `number`."""
    local = now.astimezone(CANBERRA)
    header = Header(
        sender=policy.customs_site,
        owner=policy.customs_site,
        recipient=answer.site,
        date=f"{local:%y%m%d}",
        time=f"{local:%H%M}",
        control_reference=control_reference(number),
        acknowledgement_request=answer.wants_receipt,
        test=policy.test,
    )
    return write_interchange(header, [write_message(answer.document, MESSAGE_REFERENCE)])


def control_reference(number: int) -> str:
    """The interchange control reference of what customs sends: 14 digits, rising by one for each recipient."""
    return f"{number:014d}"


def subject(site: str, number: int, policy: Policy) -> str:
    """The mail's subject: creator, control reference and recipient of the interchange (rule E6)."""
    return f"{policy.customs_site}_{control_reference(number)}_{site}"


def redate(content: bytes, now: datetime) -> bytes:
    """The same interchange with a new date and time in UNB, which a re-transmission carries (X12, ESMR rules)."""
    start = content.index(b"UNB+")
    end = content.index(b"'", start)
    parts = content[start:end].split(b"+")
    parts[4] = f"{now.astimezone(CANBERRA):%y%m%d:%H%M}".encode()
    return content[:start] + b"+".join(parts) + content[end:]
