"""WARRELR: the answer to a warehouse's export release notice."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports import codes
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class WarehouseNoticeResponse(NoticeResponse):
    """What both answers to the notices of a warehouse say."""

    match_status: str | None = at(
        f"FTX+{choices.MATCH_TEXT}/C108.4440#1", "Match Status", codes=codes.MatchStatus, closed=False, evidence="I"
    )
    match_description: str | None = at(f"FTX+{choices.MATCH_TEXT}/C108.4440#2", "Match Description", evidence="I")


class WarehouseReleaseResponse(WarehouseNoticeResponse):
    """Answer to a release notice: whether the goods match the declaration and may leave."""

    guide = Guide(
        name="WARRELR",
        type="CUSRES",
        title="Warehouse export release notice response",
        direction="out",
        parties="the warehouse that sent the release notice",
        purpose="Customs tells a warehouse whether the goods of its release notice match the export declaration. Goods that do "
        "not match must stay.",
        source=f"{GUIDELINES}/warrelr-warrel-response",
        version="2.0 (22 August 2002)",
        segments=answer_table("WARRELR", texts=f"FTX+{choices.MATCH_TEXT}"),
    )
