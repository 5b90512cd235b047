"""EXPED2R: the answer to an aggregated periodic export declaration."""

from openics.edifact.guide import Guide
from openics.messages.exports.exped1r import NUMBER, PURPOSE, PeriodicDeclarationResponse
from openics.messages.exports.notice_response import answer_table
from openics.messages.sources import GUIDELINES


class AggregatedPeriodicDeclarationResponse(PeriodicDeclarationResponse):
    """Answer to an aggregated periodic declaration."""

    guide = Guide(
        name="EXPED2R",
        type="CUSRES",
        title="Exports periodic declaration response, aggregated",
        direction="out",
        parties="the sender of the declaration",
        purpose=PURPOSE,
        source=f"{GUIDELINES}/exped2-exports-periodic-dec-(aggregated)",
        evidence="I",
        segments=answer_table("EXPED2R", references=NUMBER),
    )
