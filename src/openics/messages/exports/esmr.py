"""ESMR: the answer to a sub-manifest."""

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class SubManifestResponse(NoticeResponse):
    """Answer to a sub-manifest: its number (CRN), its status, and what is wrong with it."""

    guide = Guide(
        name="ESMR",
        type="CUSRES",
        title="Export sub-manifest response",
        direction="out",
        parties="the sender of the sub-manifest",
        purpose="Customs tells the sender of a sub-manifest its number (CRN), its status, and errors and advices by line. A "
        "clear CRN is the authority to load the consolidation. Sent again without being asked when the status changes.",
        source=f"{GUIDELINES}/esmr-esm-response",
        segments=answer_table("ESMR", references=f"RFF+{choices.CONSOLIDATION}"),
    )

    consolidation_reference: str | None = at(
        f"SG3/RFF+{choices.CONSOLIDATION}/C506.1154", "Consolidation Reference Number", "an9", evidence="I"
    )
