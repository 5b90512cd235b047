"""STREQ: asks for the status of a number that authorises goods to be loaded."""

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.document import Document
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class StatusRequest(Document):
    """Status request: what is the status of this declaration or manifest?"""

    guide = Guide(
        name="STREQ",
        type="GENRAL",
        title="Status request",
        direction="in",
        parties="any registered client",
        evidence="D",
        answer="STREQR",
        purpose="Any registered client asks for the status of a customs authority number (CAN). How much the answer says "
        "depends on the client's part in the consignment.",
        source=f"{GUIDELINES}/streq-status-request",
        version="2.0 (8 October 2002)",
        segments="""
            UNH M1
            BGM M1      BGM+~23:::STREQ
            SG1 C10 (
                RFF M1  RFF+TN
            )
            UNT M1
        """,
    )

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at(
        "BGM/C106.1056",
        "Sender Reference Version",
        "n..3",
        use="M",
        condition="always 1",
        required=True,
        evidence="D",
    )
    function: str | None = at("BGM/1225", "Transaction Type", codes=codes.RequestFunction, use="M", required=True)
    authority_number: str | None = at("SG1/RFF+TN/C506.1154", "Customs Authority Number", "an9", use="M", evidence="S")
