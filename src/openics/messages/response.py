"""What all answers of customs have in common."""

from datetime import datetime
from typing import Final

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.document import Document, Part
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES

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


class ErrorResponse(BusinessResponse):
    """A response that carries nothing but errors and advices; sent only when there is one."""

    status_type: str | None = at("FTX+AHN/C108.4440#1", "Status Type")
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description")


def error_response_guide(name: str, answered: str, title: str, parties: str, page: str, evidence: str = "I") -> Guide:
    """The guide of an `ErrorResponse`: `answered` is the message that it judges, `page` the guide's page about it.

    The layout is that of UBMREQE, AIRCRR and SEACRR in traffic (S); for the others it is inferred from them.
    """
    return Guide(
        name=name,
        type="CUSRES",
        title=title,
        direction="out",
        parties=parties,
        purpose=f"Customs tells the sender of {answered} what is wrong with it and what to know about it: every entry with its "
        "place, id and text. Not sent when there is nothing to say.",
        source=f"{GUIDELINES}/{page}",
        evidence=evidence,
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::{name}
            FTX C99     FTX+AHN
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            SG3 C999 (
                RFF M1  RFF+ACW  RFF+AFM  RFF+ABO
                DTM C9  DTM+310::204
            )
            {ENTRIES}
            CNT C9      CNT+55
            UNT M1
        """,
        pads=(("response_version", 3), ("sender_reference_version", 3), ("error_count", 3)),
    )
