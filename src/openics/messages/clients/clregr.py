"""CLREGR: the answer to a client registration."""

from openics.edifact.guide import Guide
from openics.messages.choices import clients as choices
from openics.messages.fields import at
from openics.messages.response import ENTRIES, BusinessResponse
from openics.messages.sources import WALNUT


class ClientRegistrationResponse(BusinessResponse):
    """Answer to a client registration: the client's number, errors and advices."""

    guide = Guide(
        name="CLREGR",
        type="CUSRES",
        title="Client registration response",
        direction="out",
        parties="the sender of the registration",
        evidence="S",
        purpose="Customs tells the sender of a client registration whether the client is registered, and under which number.",
        source=WALNUT,
        pads=(("response_version", 3), ("sender_reference_version", 3), ("error_count", 3)),
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::CLREGR
            FTX C99     FTX+ABN  FTX+{choices.CUSTOMS_CLIENT}
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
    )

    abn: str | None = at("FTX+ABN/C107.4441", "ABN", "n11")
    client_id: str | None = at(
        f"FTX+{choices.CUSTOMS_CLIENT}/C107.4441", "Customs Client Identifier", "an11", evidence="I"
    )
