"""CTOREMR: the answer to a terminal's removal notice."""

from openics.edifact.guide import Guide
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.sources import GUIDELINES


class RemovalNoticeResponse(NoticeResponse):
    """Answer to a removal notice: its status, and what is wrong with it."""

    guide = Guide(
        name="CTOREMR",
        type="CUSRES",
        title="CTO removal notice response",
        direction="out",
        parties="the terminal that sent the removal notice",
        purpose="Customs tells a terminal whether its removal notice is accepted, and errors and advices by line.",
        source=f"{GUIDELINES}/ctoremr-ctorem-response",
        segments=answer_table("CTOREMR"),
    )
