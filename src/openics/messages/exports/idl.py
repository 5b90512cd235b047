"""IDL: tells which numbers are idle."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.advice import Advice
from openics.messages.exports.notice_response import NUMBERS, NumberStatus
from openics.messages.fields import group
from openics.messages.sources import GUIDELINES


class IdleAdvice(Advice):
    """Idle advice: numbers whose goods were not reported as exported ten days after the date stated."""

    guide = Guide(
        name="IDL",
        type="CUSRES",
        title="Idle EDN and CRN advice",
        direction="out",
        parties="the reporting parties of the declarations and sub-manifests",
        purpose="Customs tells a client at night which of its numbers are idle, up to 99 in a message, each once. The client "
        "moves the date, withdraws, or has the number put on a valid manifest.",
        source=f"{GUIDELINES}/idl-idle-edn-ecn",
        version="2.2 (30 July 2007)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.IDLE_DOCUMENT}:::IDL
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            {NUMBERS}
            UNT M1
        """,
    )

    numbers: tuple[NumberStatus, ...] = group("SG6", "Numbers")
