"""DEPRELR: the answer to a depot's export release notice."""

from openics.edifact.guide import Guide
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.sources import GUIDELINES


class DepotReleaseResponse(NoticeResponse):
    """Answer to a depot's release notice: its status, and what is wrong with it."""

    guide = Guide(
        name="DEPRELR",
        type="CUSRES",
        title="Depot export release notice response",
        direction="out",
        parties="the depot that sent the release notice",
        purpose="Customs tells a depot whether its release notice is accepted, and errors and advices.",
        source=f"{GUIDELINES}/deprelr-deprel-response",
        evidence="I",
        segments=answer_table("DEPRELR"),
    )
