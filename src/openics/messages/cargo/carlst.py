"""CARLST: the cargo list."""

from openics.edifact.guide import Guide
from openics.messages.cargo import codes
from openics.messages.cargo.codes_movement import SeaReference
from openics.messages.cargo.lines import KnownByReference, NumberedLines, ReportedLine, ReportedPackages
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Document
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class CargoListLine(KnownByReference, ReportedLine, ReportedPackages):
    """Cargo under one bill, or one container, that needs no cargo report."""

    reference_type: str | None = at(
        "RFF+MB|BH|AAQ/C506.1153", "Reference Type", codes=SeaReference, use="M", required=True, evidence="I"
    )
    reference: str | None = at(
        "RFF+MB|BH|AAQ/C506.1154", "Bill or Container Number", use="M", required=True, evidence="I"
    )
    parent: str | None = at(f"RFF+MB|BH|AAQ/{choices.PARENT}", "Parent Bill", use="O", evidence="I")
    port_of_loading: str | None = at(f"LOC+{choices.PORT_OF_LOADING}/C517.3225", "Port of Loading", "an5", evidence="I")
    port_of_destination: str | None = at(
        f"LOC+{choices.PORT_OF_DESTINATION}/C517.3225", "Port of Destination", "an5", evidence="I"
    )
    cargo_type: str | None = at(
        "SG14/PAC+67/C202.7065", "Cargo Type", codes=codes.ImportCargoType, closed=False, use="M", evidence="I"
    )


class CargoList(NumberedLines, Document):
    """Cargo list: what is aboard a ship and needs no cargo report (coastal cargo, empty containers, cargo for export)."""

    guide = Guide(
        name="CARLST",
        type="CUSCAR",
        title="Cargo list report",
        direction="in",
        parties="the shipping company",
        answer="CARLSTR, CARST",
        purpose="The shipping company reports cargo aboard that needs no cargo report: coastal cargo, empty containers, and "
        "cargo that is to be exported. It gets a status like reported cargo, and empty containers their approval to move.",
        source=f"{GUIDELINES}/carlst-cargo-list-report",
        version="2.7 (18 March 2009)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.CARGO_LIST}:::CARLST
            SG2 C99 (
                NAD M1  NAD+{choices.RESPONSIBLE_PARTY}+::~95
            )
            SG4 C9 (
                TDT M1   TDT+20+++~11++++::~11
                LOC C99  LOC+12+::~6
            )
            SG7 C9999 (
                CNI M1   CNI+~1*9999
                SG8 C9999 (
                    RFF M1   RFF+MB|BH|AAQ
                    LOC C99  LOC+{choices.PORT_OF_LOADING}+::~6  LOC+{choices.PORT_OF_DESTINATION}+::~6
                    GIS C9   GIS+:{choices.LINE_ACTION_LIST}:95
                    SG14 M9999 (
                        GID M1
                        PAC C9  PAC+++:67:95  PAC+++:185:95
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
        f"SG2/NAD+{choices.RESPONSIBLE_PARTY}/C082.3039", "Responsible Party Id", "an11", use="M", evidence="I"
    )
    voyage_number: str | None = at("SG4/TDT+20/8028", "Voyage Number", "an..6", use="M", evidence="I")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", use="M", evidence="I")
    port_of_discharge: str | None = at("SG4/LOC+12/C517.3225", "Port of Discharge", "an5", use="M", evidence="I")
    lines: tuple[CargoListLine, ...] = group("SG7/SG8", "Lines", use="M", evidence="I")
