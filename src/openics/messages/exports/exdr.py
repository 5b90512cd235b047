"""EXDR: the answer to an export declaration."""

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.fields import at
from openics.messages.response import ENTRIES, BusinessResponse
from openics.messages.sources import GUIDELINES


class ExportDeclarationResponse(BusinessResponse):
    """Answer to an export declaration: the number given to it, its status, and what is wrong with it."""

    guide = Guide(
        name="EXDR",
        type="CUSRES",
        title="Export declaration response",
        direction="out",
        parties="the sender of the declaration",
        evidence="D",
        purpose="Customs tells the sender of an export declaration the number (EDN), the status, and errors and advices by "
        "line. Sent again without being asked when the status changes.",
        source=f"{GUIDELINES}/exdr-export-declaration-response",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::EXDR
            FTX C99     FTX+AHN
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            SG3 C999 (
                RFF M1  RFF+ACW  RFF+AFM  RFF+{choices.DECLARATION}  RFF+ABO
                DTM C9  DTM+310::204
            )
            {ENTRIES}
            CNT C9      CNT+55
            UNT M1
        """,
    )

    declaration_number: str | None = at(
        f"SG3/RFF+{choices.DECLARATION}/C506.1154", "Export Declaration Number", "an9", evidence="I"
    )
    status_type: str | None = at("FTX+AHN/C108.4440#1", "Status Type", evidence="I")
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description", evidence="I")
