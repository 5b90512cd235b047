"""ERM: an error found by the gateway's own check of the data."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openics.edifact.faults import Fault
from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import gateway as choices
from openics.messages.document import Document
from openics.messages.fields import at
from openics.messages.response import ENTRIES, Response, ResponseEntry
from openics.messages.sources import WALNUT


class ErrorMessage(Response):
    """Error message of the gateway: the data of a message does not fit the data dictionary."""

    guide = Guide(
        name="ERM",
        type="CUSRES",
        title="Gateway error message",
        direction="out",
        parties="the sender of the message with the error",
        evidence="S",
        purpose="The gateway tells the sender that items of a message are shorter, longer or of another kind than the data "
        "dictionary allows. The message has not reached the application.",
        source=WALNUT,
        segments=f"""
            UNH M1
            BGM M1      BGM+~963:::ERM
            FTX C99     FTX+ACX  FTX+ADN  FTX+AAO  FTX+AAH
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            SG3 C999 (
                RFF M1  RFF+AAY
                DTM C9  DTM+310::204
            )
            {ENTRIES}
            CNT C9      CNT+55
            UNT M1
        """,
    )

    business_message: str | None = at("FTX+ACX/C108.4440", "Business Message")
    business_function: str | None = at("FTX+ADN/C108.4440", "Business Function")
    edifact_type: str | None = at("FTX+AAO/C108.4440", "EDIFACT Type")
    application: str | None = at("FTX+AAH/C108.4440", "Application")
    sender_reference: str | None = at("SG3/RFF+AAY/C506.1154", "Sender Reference")
    sender_reference_version: int | None = at("SG3/RFF+AAY/C506.4000", "Sender Reference Version")


def report_data_faults(
    document: Document, faults: Sequence[Fault], *, reference: str, site: str, now: datetime
) -> ErrorMessage:
    """The error message that tells a site which items of its document break the data dictionary; `reference` is its own."""
    subject: dict[str, Any] = document.__dict__
    entries = tuple(
        ResponseEntry(severity=codes.EntrySeverity.GATEWAY.value, error=choices.DATA_ERROR, text=fault.text)
        for fault in faults
    )
    return ErrorMessage(
        response_reference=reference,
        response_version=1,
        function=codes.MessageFunction.RESPONSE.value,
        business_message=document.name,
        business_function=subject.get("function"),
        edifact_type="CUSRES",
        application="CCF",
        recipient_site=site,
        sender_reference=subject.get("sender_reference"),
        sender_reference_version=subject.get("version"),
        responded_at=now,
        entries=entries,
        error_count=len(entries),
    )
