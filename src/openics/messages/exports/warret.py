"""WARRET: a warehouse's export return notice."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.warehouse_notice import BODY, WarehouseNotice
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class WarehouseReturn(WarehouseNotice):
    """Return notice of a warehouse: goods released for export that came back."""

    guide = Guide(
        name="WARRET",
        type="CUSCAR",
        title="Warehouse export return notice",
        direction="in",
        parties="warehouses licensed under section 79",
        answer="WARRETR",
        purpose="A warehouse reports that goods released for export came back to it.",
        source=f"{GUIDELINES}/warret-warehouse-exp-return-notice",
        version="2.2 (21 August 2002)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.RETURN_DOCUMENT}:::WARRET
            {BODY}
            UNT M1
        """,
    )

    other_establishment: str | None = at(
        "LOC+5/C517.3225",
        "Returning Establishment Id",
        use="O",
        condition="the depot, wharf or airport they come back from",
        evidence="I",
    )
