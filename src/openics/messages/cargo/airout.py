"""AIROUT: the air waybill outturn report."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.cargo import codes
from openics.messages.cargo.codes_movement import AirReference, OutturnResult
from openics.messages.cargo.lines import KnownByReference, NumberedLines, ReportedLine
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Document
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class AirOutturnLine(KnownByReference, ReportedLine):
    """What was received under one air waybill."""

    reference_type: str | None = at(
        "RFF+MWB|HWB/C506.1153", "Reference Type", codes=AirReference, use="M", required=True, evidence="I"
    )
    reference: str | None = at("RFF+MWB|HWB/C506.1154", "Waybill Number", use="M", required=True, evidence="I")
    parent: str | None = at(
        f"RFF+MWB|HWB/{choices.PARENT}", "Master Waybill", condition="needed for a house waybill", evidence="I"
    )
    result: str | None = at(
        f"GIS+{choices.INDICATOR_LIST}/C529.7365",
        "Short or Surplus Indicator",
        codes=OutturnResult,
        closed=False,
        use="O",
        evidence="I",
    )
    packages: int | None = at("SG14/PAC+185/7224", "Number of Packages", use="M", evidence="I")
    package_type: str | None = at(
        "SG14/PAC+185/C202.7065", "Package Type", "an2", codes=codes.PackageType, closed=False, use="M", evidence="I"
    )
    text: str | None = at(f"SG14/FTX+{choices.OUTTURN_TEXT}/C108.4440", "Outturn Text", use="O", evidence="I")


class AirOutturn(NumberedLines, Document):
    """Air outturn: the waybills that an establishment received from a flight or from an underbond movement."""

    guide = Guide(
        name="AIROUT",
        type="CUSCAR",
        title="Air waybill outturn report",
        direction="in",
        parties="the cargo terminal operator or the depot that received the cargo",
        answer="AIROUTR",
        purpose="The establishment that first receives cargo from an aircraft, or receives it after an underbond movement, "
        "reports what arrived: each waybill, its packages, and whether that is less or more than was reported.",
        source=f"{GUIDELINES}/airout-air-waybill-outturn-report",
        version="2.1 (11 July 2003)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.OUTTURN_REPORT}:::AIROUT
            DTM C9      DTM+{choices.RECEIPT}::=102  DTM+{choices.RECEIPT}::=401
            SG2 C99 (
                NAD M1  NAD+{choices.RESPONSIBLE_PARTY}+::~95
            )
            SG4 C9 (
                TDT M1   TDT+20+++~6+::~3
                LOC C99  LOC+{choices.ESTABLISHMENT}+::~95
                DTM C99  DTM+{choices.SCHEDULED_ARRIVAL}::~102
            )
            SG7 C9999 (
                CNI M1   CNI+~1*9999
                SG8 C9999 (
                    RFF M1  RFF+MWB|HWB
                    GIS C9  GIS+:{choices.INDICATOR_LIST}:95  GIS+:{choices.LINE_ACTION_LIST}:95
                    SG14 M9999 (
                        GID M1
                        PAC C9   PAC+++:185:95
                        FTX C99  FTX+{choices.OUTTURN_TEXT}
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
    outturn_date: date | None = at(f"DTM+{choices.RECEIPT}+102/C507.2380", "Outturn Date", use="M", evidence="I")
    outturn_time: time | None = at(f"DTM+{choices.RECEIPT}+401/C507.2380", "Outturn Time", use="M", evidence="I")
    responsible_party: str | None = at(
        f"SG2/NAD+{choices.RESPONSIBLE_PARTY}/C082.3039", "Responsible Party Id", "an11", use="O", evidence="I"
    )
    flight_number: str | None = at("SG4/TDT+20/8028", "Flight Number", use="M", evidence="I")
    airline: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", use="M", evidence="I")
    establishment: str | None = at(
        f"SG4/LOC+{choices.ESTABLISHMENT}/C517.3225", "Outturn Establishment Code", "an5", use="M", evidence="I"
    )
    scheduled_arrival: date | None = at(
        f"SG4/DTM+{choices.SCHEDULED_ARRIVAL}/C507.2380", "Scheduled Arrival Date", use="M", evidence="I"
    )
    lines: tuple[AirOutturnLine, ...] = group("SG7/SG8", "Lines", use="M", evidence="I")
