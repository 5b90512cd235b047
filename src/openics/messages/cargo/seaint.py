"""SEAINT: the integrated sea cargo report."""

from openics.edifact.guide import Guide
from openics.messages.cargo.reports import MOVEMENT, IntegratedReport
from openics.messages.cargo.sea_reports import SEA_GOODS, SEA_HEADER, SEA_REFERENCES, SeaReport
from openics.messages.choices import cargo_reports as choices
from openics.messages.sources import GUIDELINES


class SeaIntegratedReport(IntegratedReport, SeaReport):
    """Integrated sea cargo report: a sea cargo report and an underbond movement request in one."""

    guide = Guide(
        name="SEAINT",
        type="CUSCAR",
        title="Integrated sea cargo report",
        direction="in",
        parties="sea cargo reporter: ship operator, slot charterer, freight forwarder, or a bureau for them",
        answer="SEAINTR",
        purpose="Reports one sea consignment and asks to move it under bond. It makes a cargo report and an underbond movement "
        "request, which are changed by SEACR and UBMREQ afterwards.",
        source=GUIDELINES,
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.CARGO_REPORT}:::SEAINT
            SG1 C99 (
                {SEA_REFERENCES}  RFF+ACD
            )
            {SEA_HEADER}
            {MOVEMENT}
            {SEA_GOODS}
            UNT M1
        """,
    )
