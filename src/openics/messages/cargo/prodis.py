"""PRODIS: the progressive discharge report."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages import codes as common
from openics.messages.cargo import codes
from openics.messages.cargo.lines import NumberedLines, ReportedLine, repeated
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Document
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class DischargedContainer(ReportedLine):
    """One container that was unloaded."""

    container: str | None = at("RFF+AAQ/C506.1154", "Container Number", use="M", required=True, evidence="I")
    restow: str | None = at(
        f"GIS+{choices.INDICATOR_LIST}/C529.7365",
        "Restow Indicator",
        codes=common.Indicator,
        closed=False,
        use="O",
        condition="Y when the container is to be loaded again",
        evidence="I",
    )
    operator: str | None = at(
        f"SG11/NAD+{choices.CONTAINER_OPERATOR}/C082.3039", "Container Operator Id", use="O", evidence="U"
    )


class ProgressiveDischarge(NumberedLines, Document):
    """Progressive discharge report: the containers that were unloaded from a ship so far."""

    guide = Guide(
        name="PRODIS",
        type="CUSCAR",
        title="Progressive discharge report",
        direction="in",
        parties="the stevedore",
        answer="PRODISR",
        purpose="The stevedore reports the containers unloaded from a ship, restowed ones too, again and again until the last. "
        "The first report tells when the first container was unloaded, the last report when the last one was.",
        source=f"{GUIDELINES}/prodis-progressive-discharge-report",
        version="2.2 (24 July 2003)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.DISCHARGE_REPORT}:::PRODIS
            SG4 C9 (
                TDT M1   TDT+20+++~11++++::~11
                LOC C99  LOC+{choices.WHARF}+::~95
                DTM C99  DTM+{choices.FIRST_DISCHARGE}::=102  DTM+{choices.FIRST_DISCHARGE}::=401
                         DTM+{choices.LAST_DISCHARGE}::=102
            )
            SG7 C9999 (
                CNI M1   CNI+~1*9999
                SG8 C9999 (
                    RFF M1  RFF+AAQ
                    GIS C9  GIS+:{choices.INDICATOR_LIST}:95  GIS+:{choices.LINE_ACTION_LIST}:95
                    SG11 C99 (
                        NAD M1  NAD+{choices.CONTAINER_OPERATOR}+::~95
                    )
                    SG14 M9999 (
                        GID M1
                    )
                )
            )
            UNT M1
        """,
    )

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True, evidence="D")
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.ReportFunction, closed=False, use="M", required=True, evidence="D"
    )
    voyage_number: str | None = at("SG4/TDT+20/8028", "Voyage Number", "an..6", use="M", evidence="I")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", use="M", evidence="I")
    establishment: str | None = at(
        f"SG4/LOC+{choices.WHARF}/C517.3225",
        "Establishment Id",
        "an5",
        use="M",
        condition="the appointed wharf (section 15)",
        evidence="I",
    )
    first_discharge_date: date | None = at(
        f"SG4/DTM+{choices.FIRST_DISCHARGE}+102/C507.2380",
        "First Container Discharge Date",
        condition="on the first report only",
        evidence="I",
    )
    first_discharge_time: time | None = at(
        f"SG4/DTM+{choices.FIRST_DISCHARGE}+401/C507.2380",
        "First Container Discharge Time",
        condition="on the first report only",
        evidence="I",
    )
    last_discharge_date: date | None = at(
        f"SG4/DTM+{choices.LAST_DISCHARGE}+102/C507.2380",
        "Last Container Discharge Date",
        condition="on the last report only",
        evidence="I",
    )
    lines: tuple[DischargedContainer, ...] = group("SG7/SG8", "Lines", use="M", evidence="I")

    @property
    def repeated_containers(self) -> str:
        """The containers that occur more than once, in words."""
        return repeated(line.container for line in self.lines)
