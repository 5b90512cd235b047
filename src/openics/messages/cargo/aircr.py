"""AIRCR: the air cargo report."""

from openics.edifact.guide import Guide
from openics.messages.cargo.air_reports import AIR_GOODS, AIR_HEADER, AIR_REFERENCES, AirReport
from openics.messages.choices import cargo_reports as choices
from openics.messages.sources import GUIDELINES


class AirCargoReport(AirReport):
    """Air cargo report: one consignment under one air waybill."""

    guide = Guide(
        name="AIRCR",
        type="CUSCAR",
        title="Air cargo report",
        direction="in",
        parties="air cargo reporter: airline, freight forwarder, or a bureau for them",
        answer="AIRCRR",
        purpose="Reports one consignment on a flight to Australia, by its master waybill or a house waybill under it. "
        "Screening of the goods starts with it; their status comes in CARST.",
        source=f"{GUIDELINES}/aircr-air-cargo-report",
        version="2.7 (7 May 2018)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.CARGO_REPORT}:::AIRCR
            SG1 C99 (
                {AIR_REFERENCES}
            )
            {AIR_HEADER}
            {AIR_GOODS}
            UNT M1
        """,
    )
