"""AIRINT: the integrated air cargo report."""

from openics.edifact.guide import Guide
from openics.messages.cargo.air_reports import AIR_GOODS, AIR_HEADER, AIR_REFERENCES, AirReport
from openics.messages.cargo.reports import MOVEMENT, IntegratedReport
from openics.messages.choices import cargo_reports as choices
from openics.messages.sources import GUIDELINES


class AirIntegratedReport(IntegratedReport, AirReport):
    """Integrated air cargo report: an air cargo report and an underbond movement request in one."""

    guide = Guide(
        name="AIRINT",
        type="CUSCAR",
        title="Integrated air cargo report",
        direction="in",
        parties="air cargo reporter: airline, freight forwarder, or a bureau for them",
        answer="AIRINTR",
        purpose="Reports one air consignment and asks to move it under bond. It makes a cargo report and an underbond movement "
        "request, which are changed by AIRCR and UBMREQ afterwards.",
        source=GUIDELINES,
        version="2.7 (7 May 2018)",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.CARGO_REPORT}:::AIRINT
            SG1 C99 (
                {AIR_REFERENCES}  RFF+ACD
            )
            {AIR_HEADER}
            {MOVEMENT}
            {AIR_GOODS}
            UNT M1
        """,
    )
