"""SAM: a status advice about a declaration, sent without being asked for."""

from openics.edifact.guide import Guide
from openics.messages.document import Part
from openics.messages.fields import at, group
from openics.messages.imports import codes
from openics.messages.imports.imdr import Advice
from openics.messages.response import Answer
from openics.messages.sources import WALNUT


class AdviceBlock(Part):
    """One repetition of what a status advice is made of: seen with one advice in each, and without a number (S)."""

    advices: tuple[Advice, ...] = group("SG13", "Advices")


class StatusAdvice(Answer):
    """Status advice: the status of a declaration changed, or there is something new to know about its lines."""

    guide = Guide(
        name="SAM",
        type="CUSRES",
        title="Status advice message",
        direction="out",
        parties="the sender of the declaration",
        purpose="Customs tells the sender of a declaration its new status, and the message advices about its lines.",
        source=WALNUT,
        evidence="S",
        segments="""
            UNH M1
            BGM M1      BGM+~961:::SAM
            FTX C99     FTX+AHN
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+VT+::95  NAD+CB+::95  NAD+IM
            )
            SG3 C999 (
                RFF M1  RFF+ABO  RFF+ABT  RFF+ABQ  RFF+ADU
            )
            SG6 C9999 (
                DOC M1  DOC+1
                SG13 C9999 (
                    ERP M1  ERP+
                    ERC C9999 ERC+::95*9999
                    FTX C9  FTX+ABS*9
                )
            )
            UNT M1
        """,
    )

    status: str | None = at("FTX+AHN/C108.4440#1", "Status", codes=codes.Status, closed=False)
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description")
    branch: str | None = at("SG1/NAD+VT/C082.3039", "Branch Id", "an6")
    licence: str | None = at("SG1/NAD+CB/C082.3039", "Nominee Licence Number")
    broker_name: str | None = at("SG1/NAD+CB/C058.3124", "Broker Name")
    importer_name: str | None = at("SG1/NAD+IM/C058.3124", "Importer Name")
    declaration_number: str | None = at("SG3/RFF+ABT/C506.1154", "Import Declaration Number", "an9")
    declaration_version: int | None = at("SG3/RFF+ABT/C506.4000", "Import Declaration Version")
    owner_reference: str | None = at("SG3/RFF+ABQ/C506.1154", "Owner Reference", "an..20")
    broker_reference: str | None = at("SG3/RFF+ADU/C506.1154", "Broker Reference")
    blocks: tuple[AdviceBlock, ...] = group("SG6", "Advice Blocks")

    @property
    def advices(self) -> tuple[Advice, ...]:
        """The advices, whichever block they stand in."""
        return tuple(advice for block in self.blocks for advice in block.advices)
