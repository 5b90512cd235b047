"""The answers to manifests, notices and periodic declarations: they differ in the numbers and lines that they carry."""

from typing import Final

from openics.messages.choices import notices as choices
from openics.messages.document import Part
from openics.messages.exports import codes
from openics.messages.fields import at
from openics.messages.response import ENTRIES, BusinessResponse

NUMBERS: Final = f"""
    SG6 C9999 (
        DOC M1  DOC+{choices.AUTHORITY_DOCUMENT}
        RFF C9  RFF+{choices.AUTHORITY_NUMBER}
        FTX C9  FTX+AHN
    )
"""
"""An entry for each authority number, with its status."""


class NumberStatus(Part):
    """How one authority number stands."""

    kind: str | None = at(
        f"DOC+{choices.AUTHORITY_DOCUMENT}/C002.1000",
        "Kind of Number",
        codes=codes.AuthorityKind,
        closed=False,
        evidence="I",
    )
    authority_number: str | None = at(
        f"RFF+{choices.AUTHORITY_NUMBER}/C506.1154", "Customs Authority Number", "an9", evidence="I"
    )
    status: str | None = at("FTX+AHN/C108.4440#1", "Status Type", evidence="I")
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description", evidence="I")


class NoticeResponse(BusinessResponse):
    """An answer that says how the manifest, notice or declaration stands, and what is wrong with it."""

    status_type: str | None = at(
        "FTX+AHN/C108.4440#1", "Status Type", codes=codes.NoticeStatus, closed=False, evidence="I"
    )
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description", evidence="I")


def answer_table(name: str, *, texts: str = "", references: str = "", entries: str = "") -> str:
    """The segment table of a `NoticeResponse`: `texts` and `references` are further uses of FTX and RFF, `entries` is SG6."""
    return f"""
        UNH M1
        BGM M1      BGM+~961:::{name}
        FTX C99     FTX+AHN  {texts}
        SG1 C9 (
            NAD M1  NAD+MR+::95
        )
        SG3 C999 (
            RFF M1  RFF+ACW  RFF+AFM  {references}  RFF+ABO
            DTM C9  DTM+310::204
        )
        {ENTRIES}
        {entries}
        CNT C9      CNT+55
        UNT M1
    """
