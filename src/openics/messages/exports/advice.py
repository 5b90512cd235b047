"""What the advices that customs sends without being asked have in common."""

from openics.messages import codes
from openics.messages.document import Document
from openics.messages.fields import at


class Advice(Document):
    """An advice that answers no message."""

    response_reference: str | None = at("BGM/C106.1004", "Response Reference", required=True)
    response_version: int | None = at("BGM/C106.1056", "Response Version", required=True)
    function: str | None = at("BGM/1225", "Response Type", codes=codes.MessageFunction, closed=False, required=True)
    recipient_site: str | None = at("SG1/NAD+MR/C082.3039", "Recipient Site")
