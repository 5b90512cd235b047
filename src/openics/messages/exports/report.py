"""What the manifests, notices and periodic declarations of exports have in common."""

from openics.messages.codes import LineAction
from openics.messages.document import Document, Part
from openics.messages.fields import at


class ExportReport(Document):
    """The items by which customs and the sender know a message."""

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True, evidence="D")


class ReportLine(Part):
    """The items that every line of a manifest or a notice begins with."""

    number: int | None = at("CNI/1490", "Line Number", "n..4", use="M", required=True, evidence="D")
    action: str | None = at("CNI/C503.3453", "Line Action Code", codes=LineAction, condition="needed on a change (4)")
