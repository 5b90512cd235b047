"""DEPREC: a depot's export receival notice."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.depot_notice import BODY, DepotNotice
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class DepotReceival(DepotNotice):
    """Receival notice of a depot: prescribed goods that arrived there for export."""

    guide = Guide(
        name="DEPREC",
        type="CUSCAR",
        title="Depot export receival notice",
        direction="in",
        parties="depots licensed under section 77G",
        answer="DEPRECR",
        purpose="A depot reports that prescribed goods arrived. The answer says for each number whether the depot may "
        "consolidate the goods.",
        source=f"{GUIDELINES}/deprecr-deprec-response",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.DEPOT_RECEIVAL_DOCUMENT}:::DEPREC
            DTM C9      DTM+{choices.RECEIVED}::=102  DTM+{choices.RECEIVED}::=401
            {BODY}
            UNT M1
        """,
    )

    received_date: date | None = at(f"DTM+{choices.RECEIVED}+102/C507.2380", "Date of Receival", use="M", evidence="I")
    received_time: time | None = at(f"DTM+{choices.RECEIVED}+401/C507.2380", "Time of Receival", use="M", evidence="I")
