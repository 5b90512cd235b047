"""GENTXT: text between customs and a site."""

from datetime import datetime

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import gateway as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, group
from openics.messages.gateway import codes as gateway_codes
from openics.messages.sources import SOFTWARE_DEVELOPERS_GUIDE

_SUBJECTS = f"FTX+AAI|{choices.EVENT_TEXT}|AIP|AAP"
_REFERENCES = f"RFF+ABO|{choices.EVENT_REFERENCE}|TN"


class TextReference(Part):
    """One number that the text is about; of an event, with its time."""

    kind: str | None = at(
        f"{_REFERENCES}/C506.1153",
        "Reference Type",
        codes=gateway_codes.TextReferenceKind,
        required=True,
        evidence="I",
    )
    number: str | None = at(f"{_REFERENCES}/C506.1154", "Reference", required=True, evidence="I")
    starts_at: datetime | None = at("DTM+194/C507.2380", "Start Time (UTC)", evidence="I")
    ends_at: datetime | None = at("DTM+206/C507.2380", "End Time (UTC)", evidence="I")


class TextParagraph(Part):
    """Up to five lines on one subject."""

    subject: str | None = at(
        "4451", "Text Subject", codes=gateway_codes.TextSubject, use="M", required=True, evidence="I"
    )
    line: str | None = at("C108.4440#1", "Text", use="M", required=True, evidence="I")
    line_2: str | None = at("C108.4440#2", "Text Line 2", evidence="I")
    line_3: str | None = at("C108.4440#3", "Text Line 3", evidence="I")
    line_4: str | None = at("C108.4440#4", "Text Line 4", evidence="I")
    line_5: str | None = at("C108.4440#5", "Text Line 5", evidence="I")


class GeneralText(Document):
    """General text: a notice of an outage, a question or an answer, in words."""

    guide = Guide(
        name="GENTXT",
        type="GENRAL",
        title="General text message",
        direction="both",
        parties="customs to a site, or a site to customs",
        purpose="Carries what no other message has a place for: notices of outages with their times, questions and answers.",
        source=f"{SOFTWARE_DEVELOPERS_GUIDE}/message-mapping-and-edifact",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.TEXT_DOCUMENT}:::GENTXT
            DTM C1      DTM+137::204
            SG1 C10 (
                RFF M1  {_REFERENCES}
                DTM C10 DTM+194::204  DTM+206::204
            )
            SG2 C1 (
                NAD M1  NAD+MS+::95
                SG4 C1 (
                    CTA M1  CTA+IC
                    COM C9  COM+:TE  COM+:EM
                )
            )
            SG2 C1 (
                NAD M1  NAD+MR+::95
            )
            SG5 C100 (
                FTX M1  {_SUBJECTS}*100
            )
            UNT M1
        """,
    )

    sender_reference: str | None = at("BGM/C106.1004", "Sender Reference", "an..35", required=True, evidence="I")
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", required=True, evidence="I")
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.MessageFunction, closed=False, required=True, evidence="I"
    )
    issued_at: datetime | None = at("DTM+137/C507.2380", "Issue Time (UTC)", evidence="I")
    references: tuple[TextReference, ...] = group("SG1", "References")
    sender_site: str | None = at("SG2/NAD+MS/C082.3039", "Sender Site", use="M", evidence="I")
    contact: str | None = at("SG2/SG4/CTA+IC/C056.3412", "Contact", condition="a role, not a person", evidence="I")
    telephone: str | None = at("SG2/SG4/COM+TE/C076.3148", "Contact Telephone", evidence="I")
    mail: str | None = at("SG2/SG4/COM+EM/C076.3148", "Contact E-mail Address", evidence="I")
    recipient_site: str | None = at("SG2/NAD+MR/C082.3039", "Recipient Site", use="M", evidence="I")
    text: tuple[TextParagraph, ...] = group(f"SG5/{_SUBJECTS}", "Text", use="M")
