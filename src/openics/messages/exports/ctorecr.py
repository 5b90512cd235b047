"""CTORECR: the answer to a terminal's receival notice."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.document import Part
from openics.messages.exports import codes
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class LineStatus(Part):
    """What may be done with the goods of one line."""

    authority_number: str | None = at(
        f"RFF+{choices.AUTHORITY_NUMBER}/C506.1154", "Customs Authority Number", "an9", evidence="I"
    )
    exemption: str | None = at(
        f"RFF+{choices.EXEMPTION}/C506.1154", "Export Declaration Exemption Code", "an..4", evidence="I"
    )
    number: int | None = at("SG11/CST/1496", "Line Number", required=True, evidence="I")
    status: str | None = at(
        "SG11/FTX+AHN/C108.4440#1", "Movement Status", codes=codes.MovementStatus, closed=False, evidence="I"
    )
    reason: str | None = at("SG11/FTX+AHN/C108.4440#2", "Reason", evidence="I")


class ReceivalNoticeResponse(NoticeResponse):
    """Answer to a receival notice: the status of each line, or what is wrong with the notice."""

    guide = Guide(
        name="CTORECR",
        type="CUSRES",
        title="CTO receival notice response",
        direction="out",
        parties="the terminal that sent the receival notice",
        purpose="Customs tells a terminal for each line of an accepted receival notice whether the goods may be loaded, must not "
        "be loaded, or are held. A notice with an error is rejected whole. Sent again without being asked when a status "
        "changes.",
        source=f"{GUIDELINES}/ctorecr-ctorec-response",
        version="2.5 (21 November 2002)",
        segments=answer_table(
            "CTORECR",
            entries=f"""
            SG6 C9999 (
                DOC M1  DOC+{choices.AUTHORITY_DOCUMENT}
                RFF C9  RFF+{choices.AUTHORITY_NUMBER}  RFF+{choices.EXEMPTION}
                SG11 C1 (
                    CST M1
                    FTX C9  FTX+AHN
                )
            )
        """,
        ),
    )

    lines: tuple[LineStatus, ...] = group("SG6", "Lines")
