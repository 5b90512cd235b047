"""WARREL: a warehouse's export release notice."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.exports.warehouse_notice import BODY, WarehouseNotice
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class WarehouseRelease(WarehouseNotice):
    """Release notice of a warehouse: prescribed goods that are to leave it for export."""

    guide = Guide(
        name="WARREL",
        type="CUSCAR",
        title="Warehouse export release notice",
        direction="in",
        parties="warehouses licensed under section 79",
        answer="WARRELR",
        purpose="A warehouse reports, before it happens, that prescribed goods of an export declaration leave for a depot or "
        "a wharf or airport. The answer says whether the goods match the declaration; otherwise they stay.",
        source=f"{GUIDELINES}/warrel-warehouse-exp-release-notice",
        version="2.5 (15 November 2002)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~101:::WARREL
            DTM C9      DTM+204::=102  DTM+204::=401
            {BODY}
            UNT M1
        """,
    )

    release_date: date | None = at("DTM+204+102/C507.2380", "Date of Release", use="M")
    release_time: time | None = at("DTM+204+401/C507.2380", "Time of Release", use="M")
