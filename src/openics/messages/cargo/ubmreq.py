"""UBMREQ: the underbond movement request."""

from datetime import date

from openics.edifact.guide import Guide
from openics.messages import codes as common
from openics.messages.cargo import codes
from openics.messages.cargo.codes_movement import CargoReference
from openics.messages.cargo.lines import KnownByReference, Marks, NumberedLines, ReportedLine, ReportedPackages
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Document
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class MovementLine(KnownByReference, ReportedLine, ReportedPackages):
    """One container, bill or waybill that is to be moved."""

    reference_type: str | None = at(
        "RFF+MB|BH|AAQ|MWB|HWB/C506.1153", "Reference Type", codes=CargoReference, use="M", required=True, evidence="I"
    )
    reference: str | None = at(
        "RFF+MB|BH|AAQ|MWB|HWB/C506.1154", "Container, Bill or Waybill Number", use="M", required=True, evidence="I"
    )
    parent: str | None = at(
        f"RFF+MB|BH|AAQ|MWB|HWB/{choices.PARENT}",
        "Ocean Bill or Master Waybill",
        condition="needed for a house bill or a house waybill",
        evidence="I",
    )
    cargo_type: str | None = at(
        "SG14/PAC+67/C202.7065",
        "Cargo Type",
        codes=codes.ImportCargoType,
        closed=False,
        condition="needed by sea",
        evidence="I",
    )
    description: str | None = at("SG14/FTX+AAA/C108.4440", "Goods Description", use="O", evidence="I")
    marks: tuple[Marks, ...] = group("SG14/PCI+28", "Marks and Numbers", use="O", evidence="I")


class UnderbondRequest(NumberedLines, Document):
    """Underbond movement request: permission to move goods that are not cleared between controlled premises."""

    guide = Guide(
        name="UBMREQ",
        type="CUSCAR",
        title="Underbond movement request",
        direction="in",
        parties="the cargo reporter, the stevedore or the depot",
        answer="UBMREQE, UBMREQR",
        purpose="Asks for permission under section 71E of the Customs Act to move goods that are not cleared from one "
        "establishment to another; with reason TSH it also makes them transhipment cargo. Errors come as UBMREQE, the decision "
        "as UBMREQR.",
        source=f"{GUIDELINES}/ubmreq-underbond-movement-request",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.UNDERBOND_REQUEST}:::UBMREQ
            SG1 C99 (
                RFF M1  RFF+ACD
            )
            SG2 C99 (
                NAD M1  NAD+{choices.RESPONSIBLE_PARTY}+::~95
            )
            SG4 C9 (
                TDT M1   TDT+20++++::~3+++::~11  TDT+1+++++++::~11
                LOC C99  LOC+{choices.DISCHARGE_ESTABLISHMENT}+::~95  LOC+5+::~95  LOC+4+::~95
                         LOC+{choices.NEXT_OVERSEAS_PORT}+::~6
                DTM C99  DTM+132::~102
            )
            SG7 C9999 (
                CNI M1   CNI+~1*9999
                SG8 C9999 (
                    RFF M1  RFF+MB|BH|AAQ|MWB|HWB
                    GIS C9  GIS+:{choices.LINE_ACTION_LIST}:95
                    SG14 M9999 (
                        GID M1
                        PAC C9   PAC+++:67:95  PAC+++:185:95
                        FTX C99  FTX+AAA
                        PCI C9   PCI+28*9
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
        "BGM/1225", "Transaction Type", codes=codes.RequestFunction, closed=False, use="M", required=True, evidence="D"
    )
    request_reason: str | None = at(
        "SG1/RFF+ACD/C506.1154",
        "Request Reason",
        "an3",
        codes=codes.UnderbondReason,
        closed=False,
        use="M",
        evidence="I",
    )
    responsible_party: str | None = at(
        f"SG2/NAD+{choices.RESPONSIBLE_PARTY}/C082.3039", "Responsible Party Id", "an11", use="M", evidence="I"
    )
    transport_mode: str | None = at(
        "SG4/TDT+20/C228.8179",
        "Mode of Transport",
        codes=common.TransportMode,
        closed=False,
        condition="by which the cargo arrives; by sea if absent with a vessel",
        evidence="I",
    )
    voyage_or_flight: str | None = at(
        "SG4/TDT+20/8028",
        "Voyage or Flight Number",
        use="M",
        condition="by sea the principal agent's voyage number",
        evidence="I",
    )
    airline: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", condition="needed by air", evidence="I")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", condition="needed by sea", evidence="I")
    movement_mode: str | None = at(
        "SG4/TDT+1/C220.8067", "Mode of Movement", codes=codes.MovementMode, closed=False, use="M", evidence="I"
    )
    movement_voyage: str | None = at(
        "SG4/TDT+1/8028", "Voyage of the Movement", use="O", condition="for a movement by ship", evidence="I"
    )
    movement_vessel_id: str | None = at(
        "SG4/TDT+1/C222.8213",
        "Vessel Id of the Movement",
        "an..8",
        use="O",
        condition="for a movement by ship",
        evidence="I",
    )
    discharge_establishment: str | None = at(
        f"SG4/LOC+{choices.DISCHARGE_ESTABLISHMENT}/C517.3225",
        "Discharge Establishment Id",
        "an5",
        condition="by sea, on the first movement only: the appointed wharf (section 15)",
        evidence="I",
    )
    origin_establishment: str | None = at(
        "SG4/LOC+5/C517.3225", "Originating Establishment Id", "an5", use="M", evidence="I"
    )
    destination_establishment: str | None = at(
        "SG4/LOC+4/C517.3225", "Destination Establishment Id", "an5", use="M", evidence="I"
    )
    transhipment_port: str | None = at(
        f"SG4/LOC+{choices.NEXT_OVERSEAS_PORT}/C517.3225",
        "Transhipment Overseas Port",
        "an5",
        condition="only with reason TSH",
        evidence="I",
    )
    estimated_arrival: date | None = at(
        "SG4/DTM+132/C507.2380", "Estimated Arrival Date", condition="needed by air", evidence="I"
    )
    lines: tuple[MovementLine, ...] = group("SG7/SG8", "Lines", use="M", evidence="I")

    @property
    def arrives_by_sea(self) -> bool:
        """Whether the cargo arrives by ship: by the mode, or without one by whether a vessel is named."""
        return self.transport_mode == common.TransportMode.SEA if self.transport_mode else self.vessel_id is not None
