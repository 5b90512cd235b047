"""RACEAN: asks for accredited client export authority numbers."""

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.exports import codes
from openics.messages.exports.report import ExportReport
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class AccreditedNumberRequest(ExportReport):
    """Request for numbers under which an accredited client exports, to be accounted for by the month."""

    guide = Guide(
        name="RACEAN",
        type="GENRAL",
        title="Request for accredited client export authority numbers",
        direction="in",
        parties="accredited clients and their agents",
        answer="RACEANR",
        purpose="An accredited client asks for up to 9999 numbers (ACEAN) within the quota of its agreement. A request cannot "
        "be amended or withdrawn.",
        source=f"{GUIDELINES}/racean-request-acean",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.NUMBER_REQUEST_DOCUMENT}:::RACEAN
            SG2 C2 (
                NAD M1  NAD+GO+::~95  NAD+{choices.AGENT}+::~95
            )
            SG5 C100 (
                FTX M1  FTX+{choices.NUMBERS_REQUESTED}
            )
            UNT M1
        """,
    )

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.NumberRequestFunction, use="M", required=True, evidence="I"
    )
    accredited_client: str | None = at(
        "SG2/NAD+GO/C082.3039", "Accredited Client Party Id", "an..15", use="M", evidence="I"
    )
    agent: str | None = at(f"SG2/NAD+{choices.AGENT}/C082.3039", "Agent Party Id", "an11", use="O", evidence="I")
    numbers_requested: int | None = at(
        f"SG5/FTX+{choices.NUMBERS_REQUESTED}/C108.4440",
        "Number of ACEANs Requested",
        "n..4",
        use="M",
        condition="1 to 9999",
        evidence="I",
    )
