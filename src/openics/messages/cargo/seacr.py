"""SEACR: the sea cargo report."""

from openics.edifact.guide import Guide
from openics.messages.cargo.sea_reports import SEA_GOODS, SEA_HEADER, SEA_REFERENCES, SeaReport
from openics.messages.choices import cargo_reports as choices
from openics.messages.sources import GUIDELINES


class SeaCargoReport(SeaReport):
    """Sea cargo report: one consignment under one bill of lading."""

    guide = Guide(
        name="SEACR",
        type="CUSCAR",
        title="Sea cargo report",
        direction="in",
        parties="sea cargo reporter: ship operator, slot charterer, freight forwarder, or a bureau for them",
        answer="SEACRR",
        purpose="Reports one consignment on a ship to Australia, by its ocean bill or a house bill under it. Screening of the "
        "goods starts with it; their status comes in CARST.",
        source=f"{GUIDELINES}/seacr-sea-cargo-report",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.CARGO_REPORT}:::SEACR
            SG1 C99 (
                {SEA_REFERENCES}
            )
            {SEA_HEADER}
            {SEA_GOODS}
            UNT M1
        """,
    )
