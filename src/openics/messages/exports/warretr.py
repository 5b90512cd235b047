"""WARRETR: the answer to a warehouse's export return notice."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.notice_response import answer_table
from openics.messages.exports.warrelr import WarehouseNoticeResponse
from openics.messages.sources import GUIDELINES


class WarehouseReturnResponse(WarehouseNoticeResponse):
    """Answer to a return notice: whether the goods match the declaration under which they left."""

    guide = Guide(
        name="WARRETR",
        type="CUSRES",
        title="Warehouse export return notice response",
        direction="out",
        parties="the warehouse that sent the return notice",
        purpose="Customs tells a warehouse whether its return notice is accepted, and whether the goods match the export "
        "declaration.",
        source=f"{GUIDELINES}/warret-warehouse-exp-return-notice",
        evidence="I",
        segments=answer_table("WARRETR", texts=f"FTX+{choices.MATCH_TEXT}"),
    )
