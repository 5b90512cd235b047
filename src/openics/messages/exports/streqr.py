"""STREQR: the answer to a status request."""

from datetime import date

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.fields import at
from openics.messages.response import ENTRIES, BusinessResponse
from openics.messages.sources import GUIDELINES


class StatusRequestResponse(BusinessResponse):
    """Answer to a status request: the status, and to those with a part in the consignment its details."""

    guide = Guide(
        name="STREQR",
        type="CUSRES",
        title="Status request response",
        direction="out",
        parties="the sender of the request",
        evidence="I",
        purpose="Customs answers a status request. The status goes to anyone who knows the number; the details only to "
        "parties of the consignment.",
        source=f"{GUIDELINES}/streq-status-request",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::STREQR
            DTM C9      DTM+{choices.INTENDED_EXPORT_DATE}::102
            FTX C99     FTX+AHN
            LOC C99     LOC+9+::6  LOC+12+::6  LOC+28+::6
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+GO+::95
            )
            SG3 C999 (
                RFF M1  RFF+ACW  RFF+AFM  RFF+TN  RFF+ABO
                DTM C9  DTM+310::204
            )
            {ENTRIES}
            CNT C9      CNT+55
            UNT M1
        """,
    )

    authority_number: str | None = at("SG3/RFF+TN/C506.1154", "Customs Authority Number", "an9", evidence="I")
    status_type: str | None = at("FTX+AHN/C108.4440#1", "Status Type", evidence="I")
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description", evidence="I")
    intended_export_date: date | None = at(
        f"DTM+{choices.INTENDED_EXPORT_DATE}/C507.2380", "Intended Date of Export", evidence="I"
    )
    port_of_loading: str | None = at("LOC+9/C517.3225", "Port of Loading", "an5", evidence="I")
    first_port_of_discharge: str | None = at("LOC+12/C517.3225", "First Port of Discharge", "an5", evidence="I")
    destination_country: str | None = at("LOC+28/C517.3225", "Final Destination Country Code", "a2", evidence="I")
    goods_owner: str | None = at("SG1/NAD+GO/C082.3039", "Goods Owner Party Id", "an11", evidence="I")
