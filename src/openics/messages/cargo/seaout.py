"""SEAOUT: the sea cargo outturn report."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.cargo import codes
from openics.messages.cargo.codes_movement import SeaReference
from openics.messages.cargo.lines import KnownByReference, Marks, NumberedLines, ReportedLine, ReportedPackages
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Document
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class SeaOutturnLine(KnownByReference, ReportedLine, ReportedPackages):
    """What was received under one bill, or one container that was received."""

    reference_type: str | None = at(
        "RFF+MB|BH|AAQ/C506.1153", "Reference Type", codes=SeaReference, use="M", required=True, evidence="I"
    )
    reference: str | None = at(
        "RFF+MB|BH|AAQ/C506.1154", "Bill or Container Number", use="M", required=True, evidence="I"
    )
    parent: str | None = at(
        f"RFF+MB|BH|AAQ/{choices.PARENT}", "Ocean Bill", condition="needed for a house bill", evidence="I"
    )
    receipt_date: date | None = at(
        f"SG9/DTM+{choices.RECEIPT}+102/C507.2380", "Receipt Date", condition="needed for a container", evidence="I"
    )
    receipt_time: time | None = at(
        f"SG9/DTM+{choices.RECEIPT}+401/C507.2380", "Receipt Time", condition="with the receipt date", evidence="I"
    )
    unpack_date: date | None = at(
        f"SG9/DTM+{choices.UNPACK}+102/C507.2380",
        "Unpack Date",
        condition="needed for a bill that was unpacked from a container",
        evidence="I",
    )
    unpack_time: time | None = at(
        f"SG9/DTM+{choices.UNPACK}+401/C507.2380", "Unpack Time", condition="with the unpack date", evidence="I"
    )
    short: int | None = at(f"SG13/QTY+{choices.SHORT}/C186.6060", "Packages Short", use="O", evidence="I")
    surplus: int | None = at(f"SG13/QTY+{choices.SURPLUS}/C186.6060", "Packages Surplus", use="O", evidence="I")
    damaged: int | None = at(
        f"SG13/QTY+{choices.DAMAGED}/C186.6060", "Packages Damaged or Pillaged", use="O", evidence="I"
    )
    cargo_type: str | None = at(
        "SG14/PAC+67/C202.7065", "Cargo Type", codes=codes.ImportCargoType, closed=False, use="M", evidence="I"
    )
    damage_text: str | None = at(
        f"SG14/FTX+{choices.DAMAGE_TEXT}/C108.4440",
        "Damage or Pillage Text",
        condition="needed when packages are damaged or pillaged",
        evidence="I",
    )
    marks: tuple[Marks, ...] = group("SG14/PCI+28", "Marks and Numbers", use="O", evidence="I")
    unpacked_from: str | None = at(
        f"SG14/PCI+{choices.UNPACKED_FROM}/C210.7102",
        "Container Unpacked",
        condition="needed for a bill that was unpacked from a container",
        evidence="I",
    )


class SeaOutturn(NumberedLines, Document):
    """Sea outturn: what an establishment received from a ship or from an underbond movement, or found on unpacking."""

    guide = Guide(
        name="SEAOUT",
        type="CUSCAR",
        title="Sea cargo outturn report",
        direction="in",
        parties="the stevedore at the wharf, or the depot that received or unpacked the cargo",
        answer="SEAOUTR",
        purpose="The establishment reports what arrived: break-bulk and bulk cargo at the wharf, containers at the depot, and "
        "the bills found in a container when it is unpacked, with what is missing, left over or damaged.",
        source=f"{GUIDELINES}/seaout-sea-outturn-report",
        version="2.4 (21 October 2003)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.OUTTURN_REPORT}:::SEAOUT
            SG2 C99 (
                NAD M1  NAD+{choices.RESPONSIBLE_PARTY}+::~95
            )
            SG4 C9 (
                TDT M1   TDT+20+++~11++++::~11
                LOC C99  LOC+{choices.ESTABLISHMENT}+::~95
            )
            SG7 C9999 (
                CNI M1   CNI+~1*9999
                SG8 C9999 (
                    RFF M1  RFF+MB|BH|AAQ
                    GIS C9  GIS+:{choices.LINE_ACTION_LIST}:95
                    SG9 C9 (
                        TDT M1  TDT+1
                        DTM C9  DTM+{choices.RECEIPT}::=102  DTM+{choices.RECEIPT}::=401
                                DTM+{choices.UNPACK}::=102  DTM+{choices.UNPACK}::=401
                    )
                    SG13 C9 (
                        QTY M1  QTY+{choices.SHORT}  QTY+{choices.SURPLUS}  QTY+{choices.DAMAGED}
                    )
                    SG14 M9999 (
                        GID M1
                        PAC C9   PAC+++:67:95  PAC+++:185:95
                        FTX C99  FTX+{choices.DAMAGE_TEXT}
                        PCI C9   PCI+28*8  PCI+{choices.UNPACKED_FROM}
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
    responsible_party: str | None = at(
        f"SG2/NAD+{choices.RESPONSIBLE_PARTY}/C082.3039", "Responsible Party Id", "an11", use="O", evidence="I"
    )
    voyage_number: str | None = at(
        "SG4/TDT+20/8028",
        "Voyage Number",
        "an..6",
        use="M",
        condition="the principal agent's",
        evidence="I",
    )
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", use="M", evidence="I")
    establishment: str | None = at(
        f"SG4/LOC+{choices.ESTABLISHMENT}/C517.3225", "Receiving Establishment Id", "an5", use="M", evidence="I"
    )
    lines: tuple[SeaOutturnLine, ...] = group("SG7/SG8", "Lines", use="M", evidence="I")
