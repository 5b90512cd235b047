"""EXPED1R: the answer to a periodic export declaration by authority number."""

from typing import Final

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES

PURPOSE: Final = (
    "Customs tells the sender of a periodic declaration its number, its status, and errors and advices by line. Sent again "
    "without being asked when the status changes."
)
"""Of both answers."""
NUMBER: Final = f"RFF+{choices.PERIODIC_DECLARATION}"
"""The reference that carries the number of the declaration."""


class PeriodicDeclarationResponse(NoticeResponse):
    """What both answers say."""

    declaration_number: str | None = at(f"SG3/{NUMBER}/C506.1154", "Periodic Declaration Number", "an9", evidence="I")


class PeriodicDeclarationByNumberResponse(PeriodicDeclarationResponse):
    """Answer to a periodic declaration that is not aggregated."""

    guide = Guide(
        name="EXPED1R",
        type="CUSRES",
        title="Exports periodic declaration response, not aggregated",
        direction="out",
        parties="the sender of the declaration",
        purpose=PURPOSE,
        source=f"{GUIDELINES}/exped1-exports-periodic-dec-(non-aggregated)",
        evidence="I",
        segments=answer_table("EXPED1R", references=NUMBER),
    )
