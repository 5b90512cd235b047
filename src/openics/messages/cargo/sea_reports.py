"""What the sea cargo reports have in common: one bill of lading."""

from decimal import Decimal
from typing import Final

from openics.messages.cargo.codes import ImportCargoType, PackageType, PaymentMethod, VolumeUnit, WeightUnit
from openics.messages.cargo.lines import Marks, NumberedLines, ReportedLine
from openics.messages.cargo.reports import INDICATORS, PARTIES, REPORTER, CargoReport
from openics.messages.choices import cargo_movement as movement
from openics.messages.choices import cargo_reports as choices
from openics.messages.fields import at, each, group

SEA_REFERENCES: Final = f"RFF M1  RFF+MB  RFF+BH  RFF+{choices.PARENT_BILL}"
"""The references of a sea cargo report (MB and BH S, the others I)."""

SEA_HEADER: Final = f"""
    {PARTIES}
    SG2 C9 (
        {REPORTER}  NAD+{choices.PRINCIPAL_AGENT}+::~95
    )
    SG4 C8 (
        TDT M1  TDT+20+++~11++++::~11
        LOC C99 LOC+12+::~6  LOC+{choices.DESTINATION_PORT}+::~6  LOC+{choices.ORIGINAL_LOADING_PORT}+::~6
                LOC+{choices.BILL_ORIGIN}+::~6  LOC+27+::~5  LOC+{choices.FINAL_AUSTRALIAN_PORT}+::~6
                LOC+{choices.ROUTING_PORT}+::~6*9
    )
"""
"""Parties, ship and ports (I)."""

SEA_GOODS: Final = f"""
    {INDICATORS}
    SG7 C9999 (
        CNI M1  CNI+~1*9999
        SG8 C9999 (
            RFF M1  RFF+AAQ  RFF+{choices.NO_REFERENCE}
            GIS C9  GIS+:{movement.LINE_ACTION_LIST}:95
            SG14 M9999 (
                GID M1
                PAC C9  PAC+++:67:95  PAC+++:185:95
                FTX C99 FTX+AAA
                MEA C99 MEA+WT  MEA+VOL
                PCI C9  PCI+28*9
            )
        )
    )
"""
"""Indicators and cargo lines (I)."""


class SeaCargoLine(ReportedLine):
    """One cargo line of a bill: what is in one container, or not in one."""

    container: str | None = at(
        "RFF+AAQ/C506.1154", "Container Number", condition="needed when the cargo is in a container"
    )
    cargo_type: str | None = at(
        "SG14/PAC+67/C202.7065", "Cargo Type", codes=ImportCargoType, closed=False, use="M", evidence="S"
    )
    packages: int | None = at("SG14/PAC+185/7224", "Number of Packages", condition="needed unless bulk")
    package_type: str | None = at(
        "SG14/PAC+185/C202.7065",
        "Package Type",
        "an2",
        codes=PackageType,
        closed=False,
        condition="needed unless bulk",
    )
    description: str | None = at("SG14/FTX+AAA/C108.4440", "Goods Description", use="M")
    gross_weight: Decimal | None = at("SG14/MEA+WT/C174.6314", "Gross Weight", use="M", evidence="I")
    gross_weight_unit: str | None = at(
        "SG14/MEA+WT/C174.6411", "Gross Weight Unit", codes=WeightUnit, closed=False, use="M", evidence="I"
    )
    volume: Decimal | None = at("SG14/MEA+VOL/C174.6314", "Volume", use="O", evidence="I")
    volume_unit: str | None = at(
        "SG14/MEA+VOL/C174.6411", "Volume Unit", codes=VolumeUnit, closed=False, condition="with a volume", evidence="I"
    )
    marks: tuple[Marks, ...] = group("SG14/PCI+28", "Marks and Numbers", use="O")


class SeaReport(CargoReport, NumberedLines):
    """The items of the sea cargo reports."""

    ocean_bill: str | None = at("SG1/RFF+MB/C506.1154", "Ocean Bill", "an..35", use="M", evidence="I")
    house_bill: str | None = at("SG1/RFF+BH/C506.1154", "House Bill", "an..35", use="O", evidence="I")
    parent_bill: str | None = at(
        f"SG1/RFF+{choices.PARENT_BILL}/C506.1154",
        "Parent Bill",
        "an..35",
        use="O",
        condition="only of a house bill: the house bill under which it travels",
        evidence="I",
    )
    principal_agent: str | None = at(
        f"SG2/NAD+{choices.PRINCIPAL_AGENT}/C082.3039",
        "Principal Agent Id",
        "an11",
        use="M",
        condition="ABN or CCID",
        evidence="I",
    )
    vessel_id: str | None = at(
        "SG4/TDT+20/C222.8213", "Vessel Id", "an..8", use="M", condition="cannot be changed", evidence="I"
    )
    voyage_number: str | None = at(
        "SG4/TDT+20/8028", "Voyage Number", "an..6", use="M", condition="cannot be changed", evidence="I"
    )
    bill_origin: str | None = at(
        f"SG4/LOC+{choices.BILL_ORIGIN}/C517.3225", "Bill of Lading Origin", "an5", use="M", evidence="I"
    )
    country_of_origin: str | None = at("SG4/LOC+27/C517.3225", "Country of Origin", "a2", use="M", evidence="I")
    final_australian_port: str | None = at(
        f"SG4/LOC+{choices.FINAL_AUSTRALIAN_PORT}/C517.3225",
        "Final Australian Port",
        "an5",
        condition="needed when discharge and destination are both overseas",
        evidence="I",
    )
    routing_ports: tuple[str, ...] = each(
        f"SG4/LOC+{choices.ROUTING_PORT}/C517.3225", "Overseas Routing Port", "an5", use="O", evidence="I"
    )
    payment_method: str | None = at(
        f"GIS+{choices.PAYMENT_METHOD_LIST}/C529.7365",
        "Method of Payment",
        "an..3",
        codes=PaymentMethod,
        closed=False,
        use="M",
        evidence="I",
    )
    lines: tuple[SeaCargoLine, ...] = group("SG7/SG8", "Cargo Lines", use="M", evidence="D")
