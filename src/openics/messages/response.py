"""What all answers of customs have in common."""

from datetime import datetime
from typing import Final

from openics.messages import codes
from openics.messages.document import Document, Part
from openics.messages.fields import at, group

ENTRIES: Final = """
    SG4 C99 (
        ERP M1  ERP+1  ERP+
        ERC C2  ERC+:80:95  ERC+:6:95
        FTX C1  FTX+AAO
    )
"""
"""The group of entries, as every answer has it (S)."""


class ResponseEntry(Part):
    """One error or advice of an answer."""

    line: int = at("ERP/C701.1054", "Line", default=0, evidence="I")
    """The line it is about; 0 for the header."""
    severity: str | None = at("ERC+80/C901.9321", "Severity", codes=codes.EntrySeverity, closed=False)
    error: str | None = at("ERC+6/C901.9321", "Error Id")
    text: str | None = at("FTX+AAO/C108.4440", "Error Description")


class Answer(Document):
    """The fields that every answer has."""

    response_reference: str | None = at("BGM/C106.1004", "Response Reference", required=True)
    response_version: int | None = at("BGM/C106.1056", "Response Version", required=True)
    function: str | None = at("BGM/1225", "Response Type", codes=codes.MessageFunction, closed=False, required=True)
    recipient_site: str | None = at("SG1/NAD+MR/C082.3039", "Recipient Site")
    sender_reference: str | None = at("SG3/RFF+ABO/C506.1154", "Sender Reference")
    sender_reference_version: int | None = at("SG3/RFF+ABO/C506.4000", "Sender Reference Version")


class Response(Answer):
    """An answer that lists what is wrong with a message, or what its sender should know."""

    responded_at: datetime | None = at("SG3/DTM+310/C507.2380", "Response Time (UTC)")
    entries: tuple[ResponseEntry, ...] = group("SG4", "Entries")
    error_count: int | None = at("CNT+55/C270.6066", "Number of Errors")


class BusinessResponse(Response):
    """A response of the application; it names the message that it judges."""

    answered_message: str | None = at("SG3/RFF+ACW/C506.1154", "Answered Message")
    answered_function: str | None = at("SG3/RFF+AFM/C506.1154", "Answered Transaction Type")
