"""The error message (ERM) with which the gateway refuses a message whose items break the data dictionary (pure)."""

from datetime import datetime

from openics.edifact.raw import RawMessage
from openics.exchange.recording import MessageRow
from openics.messages.erm import ErrorMessage
from openics.messages.reading import Reading
from openics.messages.response import ResponseEntry

CCF_ERROR = "22"
"""The only code seen in real traffic (a length outside the dictionary's); provisional until the list is published."""
MOST_ENTRIES = 50


def error_message(row: MessageRow, raw: RawMessage, reading: Reading, now: datetime) -> ErrorMessage:
    """The ERM for a message with data faults; its reference names site, message and position as seen in real traffic."""
    entries = tuple(
        ResponseEntry(line=0, severity="CCFERROR", error=CCF_ERROR, text=fault.text)
        for fault in reading.data_faults[:MOST_ENTRIES]
    )
    position = raw.index + 1
    return ErrorMessage(
        response_reference=f"CCF_{row.site}_{position}_{row.name}_{position}",
        response_version=1,
        function="11",
        business_message=row.name,
        business_function=row.function or None,
        edifact_type="CUSRES",
        application="CCF",
        recipient_site=row.site,
        sender_reference=row.sender_reference or None,
        sender_reference_version=row.version,
        responded_at=now.replace(microsecond=0),
        entries=entries,
        error_count=len(entries),
    )
