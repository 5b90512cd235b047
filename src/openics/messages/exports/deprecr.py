"""DEPRECR: the answer to a depot's export receival notice."""

from openics.edifact.guide import Guide
from openics.messages.exports.notice_response import NUMBERS, NoticeResponse, NumberStatus, answer_table
from openics.messages.fields import group
from openics.messages.sources import GUIDELINES


class DepotReceivalResponse(NoticeResponse):
    """Answer to a depot's receival notice: for each number, whether the goods may be consolidated."""

    guide = Guide(
        name="DEPRECR",
        type="CUSRES",
        title="Depot export receival notice response",
        direction="out",
        parties="the depot that sent the receival notice",
        purpose="Customs gives a depot the authority to consolidate goods that it received, or says for each number what else is "
        "to become of them.",
        source=f"{GUIDELINES}/deprecr-deprec-response",
        evidence="I",
        segments=answer_table("DEPRECR", entries=NUMBERS),
    )

    numbers: tuple[NumberStatus, ...] = group("SG6", "Numbers")
