"""SEI: the sea cargo establishment information."""

from decimal import Decimal

from openics.edifact.guide import Guide
from openics.messages import codes as common
from openics.messages.cargo import codes
from openics.messages.cargo.lines import AdvisedItem, Marks
from openics.messages.choices import cargo_movement as choices
from openics.messages.fields import LocalTime, at, group
from openics.messages.response import Answer
from openics.messages.sources import GUIDELINES


class InformationLine(AdvisedItem):
    """What was reported of one cargo line."""

    cargo_type: str | None = at(
        "PAC+67/C202.7065", "Cargo Type", codes=codes.ImportCargoType, closed=False, required=True, evidence="I"
    )
    ocean_bill: str | None = at("RFF+MB/C506.1154", "Ocean Bill", required=True, evidence="I")
    house_bill: str | None = at("RFF+BH/C506.1154", "House Bill", evidence="I")
    container: str | None = at("RFF+AAQ/C506.1154", "Container Number", evidence="I")
    marks: tuple[Marks, ...] = group("PCI+28", "Marks and Numbers", evidence="I")
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", required=True, evidence="I")
    freight_forwarder: str | None = at(
        "GIS+64/C529.7365", "Freight Forwarder Indicator", codes=common.Indicator, closed=False, evidence="I"
    )
    gross_weight: Decimal | None = at("MEA+WT/C174.6314", "Gross Weight", evidence="I")
    gross_weight_unit: str | None = at(
        "MEA+WT/C174.6411", "Gross Weight Unit", codes=codes.WeightUnit, closed=False, evidence="I"
    )
    volume: Decimal | None = at("MEA+VOL/C174.6314", "Volume", evidence="I")
    volume_unit: str | None = at("MEA+VOL/C174.6411", "Volume Unit", codes=codes.VolumeUnit, closed=False, evidence="I")
    consignee: str | None = at(f"SG7/NAD+{choices.CONSIGNEE}/C080.3036", "Consignee Name", required=True, evidence="I")
    notify_party: str | None = at(f"SG7/NAD+{choices.NOTIFY_PARTY}/C080.3036", "Notify Party Name", evidence="I")


class EstablishmentInformation(Answer):
    """Sea cargo establishment information: what was reported of the goods that an establishment asked about."""

    guide = Guide(
        name="SEI",
        type="CUSRES",
        title="Sea cargo establishment information",
        direction="out",
        parties="the depot or the wharf that asked",
        purpose="Customs answers an establishment query with what the cargo reports say of the goods: cargo type, packages, "
        "marks, description, weight, volume and who is to have them.",
        source=f"{GUIDELINES}/sei-sea-cargo-establisment-information",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::SEI
            DTM C9      DTM+9::ZZZ
            TDT C9      TDT+20+++11++++::11
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+UD+::95
            )
            SG3 C999 (
                RFF M1  RFF+ABO
            )
            SG6 C9999 (
                DOC M1   DOC+1
                PAC M9   PAC+++:67:95  PAC+++:185:95
                RFF M9   RFF+MB  RFF+BH  RFF+AAQ
                PCI C9   PCI+28*9
                FTX M9   FTX+AAA
                GIS C9   GIS+:64:95
                MEA C99  MEA+WT  MEA+VOL
                SG7 M2 (
                    NAD M1  NAD+{choices.CONSIGNEE}  NAD+{choices.NOTIFY_PARTY}
                )
            )
            UNT M1
        """,
    )

    transaction_time: LocalTime | None = at("DTM+9/C507.2380", "Transaction Time (Canberra)", evidence="I")
    voyage_number: str | None = at("TDT+20/8028", "Voyage Number", evidence="I")
    vessel_id: str | None = at("TDT+20/C222.8213", "Vessel Id", evidence="I")
    client: str | None = at("SG1/NAD+UD/C082.3039", "Client Id", evidence="I")
    lines: tuple[InformationLine, ...] = group("SG6", "Lines", evidence="I")
