"""EMMR: the answer to a main manifest."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class MainManifestResponse(NoticeResponse):
    """Answer to a main manifest: its number (MMN), its status, and what is wrong with it."""

    guide = Guide(
        name="EMMR",
        type="CUSRES",
        title="Export main manifest response",
        direction="out",
        parties="the sender of the main manifest",
        purpose="Customs tells the sender of a main manifest its number (MMN), its status, and errors and advices by line. A "
        "clear MMN is the proof of reporting. Sent again without being asked when the status changes.",
        source=f"{GUIDELINES}/emmr-emm-response",
        segments=answer_table("EMMR", references=f"RFF+{choices.MAIN_MANIFEST}"),
    )

    manifest_number: str | None = at(
        f"SG3/RFF+{choices.MAIN_MANIFEST}/C506.1154", "Main Manifest Number", "an9", evidence="I"
    )
