"""What the answers to declarations and payments of this family have in common.

Their form is that of the response to an import declaration, the only one seen (S). It differs from that of the cargo
messages: an entry names its line and its id, nothing else, and tells errors from advices by what became of the message.
"""

from typing import Final

from openics.edifact.guide import Guide
from openics.messages.document import Part
from openics.messages.fields import at, group
from openics.messages.imports import codes
from openics.messages.imports.amounts import AMOUNT_KINDS, Total
from openics.messages.response import Answer
from openics.messages.sources import GUIDELINES

ERRORS: Final = """
    SG4 C99 (
        ERP M1  ERP+::=0  ERP+
        ERC C99 ERC+::95
        FTX C99 FTX+AAO
    )
"""
"""The group of entries of a response of this family (S)."""

TOTALS: Final = f"""
    SG5 C99 (
        TAX M1  TAX+3
        MOA C99 MOA+{AMOUNT_KINDS}
    )
"""
"""The group of amounts of a whole declaration or payment (S)."""


class DeclarationError(Part):
    """One error or warning of a response."""

    line: int = at("ERP/C701.1054", "Line", default=0)
    """The line it is about; 0 for the header."""
    error: str | None = at("ERC/C901.9321", "Error Id", required=True)
    text: str | None = at("FTX+AAO/C108.4440", "Error Description")


class DeclarationAnswer(Answer):
    """An answer to a declaration or payment: the number given, the status, what is wrong."""

    status: str | None = at("FTX+AHN/C108.4440#1", "Status", codes=codes.Status, closed=False, condition="if accepted")
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description", condition="if accepted")
    branch: str | None = at("SG1/NAD+VT/C082.3039", "Branch Id", "an6")
    declaration_number: str | None = at(
        "SG3/RFF+ABT/C506.1154", "Import Declaration Number", "an9", condition="if accepted"
    )
    declaration_version: int | None = at("SG3/RFF+ABT/C506.4000", "Import Declaration Version", condition="if accepted")
    owner_reference: str | None = at("SG3/RFF+ABQ/C506.1154", "Owner Reference", "an..20")
    broker_reference: str | None = at("SG3/RFF+ADU/C506.1154", "Broker Reference")
    entries: tuple[DeclarationError, ...] = group("SG4", "Entries")
    error_count: int | None = at("CNT+55/C270.6066", "Number of Errors", condition="if refused")


class PaymentLiable(DeclarationAnswer):
    """An answer that tells what is owed."""

    totals: tuple[Total, ...] = group("SG5", "Totals")


def answer_guide(name: str, answered: str, title: str, parties: str, *, page: str, money: bool = False) -> Guide:
    """The guide of an answer of which no example is known, in the form of the response to an import declaration (I).

    `answered` is the message that it answers, `page` the page of that message among the published guidelines; with
    `money` the answer tells what is owed.
    """
    return Guide(
        name=name,
        type="CUSRES",
        title=title,
        direction="out",
        parties=parties,
        purpose=f"Customs tells the sender of {answered} whether it is accepted, under which number and in which status, and "
        "what is wrong with it. The message is named by the rule that an answer is called like what it answers, with an R.",
        source=f"{GUIDELINES}/{page}",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::{name}
            FTX C99     FTX+AHN
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+VT+::95
            )
            SG3 C999 (
                RFF M1  RFF+ABO  RFF+ABT  RFF+ABQ  RFF+ADU
            )
            {ERRORS}
            {TOTALS if money else ""}
            CNT C9      CNT+55
            UNT M1
        """,
    )
