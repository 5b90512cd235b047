"""RACEANR: the answer to a request for accredited client export authority numbers."""

from openics.edifact.guide import Guide
from openics.messages.choices import exports, notices
from openics.messages.document import Part
from openics.messages.exports.notice_response import NoticeResponse, answer_table
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class IssuedNumber(Part):
    """One number given out."""

    acean: str | None = at(
        f"RFF+{exports.ACCREDITED_NUMBER}/C506.1154", "Accredited Client Export Authority Number", "an9", evidence="I"
    )


class AccreditedNumberResponse(NoticeResponse):
    """Answer to a request for numbers: the numbers, or what is wrong with the request."""

    guide = Guide(
        name="RACEANR",
        type="CUSRES",
        title="Response to a request for accredited client export authority numbers",
        direction="out",
        parties="the sender of the request",
        purpose="Customs gives an accredited client the numbers that it asked for, or says why not.",
        source=f"{GUIDELINES}/racean-request-acean",
        evidence="I",
        segments=answer_table(
            "RACEANR",
            entries=f"""
            SG6 C9999 (
                DOC M1  DOC+{notices.AUTHORITY_DOCUMENT}
                RFF C9  RFF+{exports.ACCREDITED_NUMBER}
            )
        """,
        ),
    )

    numbers: tuple[IssuedNumber, ...] = group("SG6", "Numbers")
