"""REFACC and REFREJ: a refund or drawback is accepted or rejected."""

from typing import Final

from openics.edifact.guide import Guide
from openics.messages.fields import at
from openics.messages.response import Answer
from openics.messages.sources import WALNUT

_SEGMENTS: Final = """
    UNH M1
    BGM M1      BGM+~961:::{name}
    FTX C99     FTX+ACB  FTX+ACD
    SG1 C9 (
        NAD M1  NAD+MR+::95  NAD+VT  NAD+CB  NAD+CC  NAD+CM
        SG2 C9 (
            CTA M1  CTA+IC
            COM C9  COM+:EM  COM+:FX  COM+:TE
        )
    )
    SG3 C999 (
        RFF M1  RFF+ABO  RFF+ABT  RFF+ADU
    )
    UNT M1
"""


class RefundAdvice(Answer):
    """What both advices on refunds say."""

    subject: str | None = at("FTX+ACB/C108.4440", "Owner Reference or Drawback Id")
    action_reason: str | None = at("FTX+ACD/C108.4440#1", "Customs Action Reason")
    branch: str | None = at("SG1/NAD+VT/C082.3039", "Branch Id", "an6")
    broker_name: str | None = at("SG1/NAD+CB/C058.3124", "Broker Name")
    client_name: str | None = at("SG1/NAD+CC/C058.3124", "Client Name")
    customs_state: str | None = at("SG1/NAD+CM/C058.3124#1", "Customs State", evidence="I")
    customs_workgroup: str | None = at("SG1/NAD+CM/C058.3124#2", "Customs Workgroup", evidence="I")
    customs_officer: str | None = at("SG1/NAD+CM/C058.3124#3", "Customs Officer", evidence="I")
    customs_mail: str | None = at("SG1/SG2/COM+EM/C076.3148", "Customs E-mail")
    customs_fax: str | None = at("SG1/SG2/COM+FX/C076.3148", "Customs Fax")
    customs_phone: str | None = at("SG1/SG2/COM+TE/C076.3148", "Customs Telephone")
    declaration_number: str | None = at("SG3/RFF+ABT/C506.1154", "Import Declaration Number", "an9")
    declaration_version: int | None = at("SG3/RFF+ABT/C506.4000", "Import Declaration Version")
    broker_reference: str | None = at("SG3/RFF+ADU/C506.1154", "Broker Reference")


class RefundAccepted(RefundAdvice):
    """Refund accepted."""

    guide = Guide(
        name="REFACC",
        type="CUSRES",
        title="Refund accepted",
        direction="out",
        parties="the sender of the declaration or of the drawback claim",
        purpose="Customs tells that a refund, or a drawback, is accepted and will be paid.",
        source=WALNUT,
        evidence="S",
        segments=_SEGMENTS.format(name="REFACC"),
    )


class RefundRejected(RefundAdvice):
    """Refund rejected."""

    guide = Guide(
        name="REFREJ",
        type="CUSRES",
        title="Refund rejected",
        direction="out",
        parties="the sender of the declaration or of the drawback claim",
        purpose="Customs tells that a refund, or a drawback, is rejected, and why.",
        source=WALNUT,
        evidence="S",
        segments=_SEGMENTS.format(name="REFREJ"),
    )

    reject_reason: str | None = at("FTX+ACD/C108.4440#2", "Reject Reason")
