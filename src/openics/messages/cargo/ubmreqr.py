"""UBMREQR: the approval of an underbond movement, or its rescission."""

from openics.edifact.guide import Guide
from openics.messages import codes as common
from openics.messages.cargo import codes
from openics.messages.cargo.codes_movement import UnderbondNotice
from openics.messages.cargo.lines import AdvisedLine
from openics.messages.choices import cargo_movement as choices
from openics.messages.fields import LocalTime, at, group
from openics.messages.response import Answer
from openics.messages.sources import GUIDELINES


class UnderbondNoticeMessage(Answer):
    """Underbond notice: a movement is approved, or its approval taken back; one for each cargo line."""

    guide = Guide(
        name="UBMREQR",
        type="CUSRES",
        title="Underbond movement request response",
        direction="out",
        parties="the requester, the originating and the destination establishment",
        purpose="Customs approves the movement of one cargo line, or takes the approval back. It never carries errors. The copy "
        "of the destination also tells how many packages there are, and for break bulk and bulk what the goods are.",
        source=f"{GUIDELINES}/ubmreqr-underbond-movement-req-response",
        evidence="S",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::UBMREQR
            DTM C9      DTM+9::ZZZ
            FTX C99     FTX+AAH  FTX+ACF
            TDT C9      TDT+20++++::3+++::11  TDT+1+++++++::11
            LOC C99     LOC+5+::95  LOC+4+::95  LOC+{choices.NEXT_OVERSEAS_PORT}
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+UD+::95
            )
            SG3 C999 (
                RFF M1  RFF+ABO  RFF+ANX  RFF+ACD  RFF+AIO
            )
            SG6 C9999 (
                DOC M1  DOC+1
                PAC C9  PAC+++:67:95  PAC+++:185:95
                RFF C9  RFF+MB  RFF+BH  RFF+MWB  RFF+HWB  RFF+UCN  RFF+AAQ
                PCI C9  PCI+28*9
                FTX C9  FTX+AAA
            )
            UNT M1
        """,
    )

    transaction_time: LocalTime | None = at("DTM+9/C507.2380", "Transaction Time (Canberra)")
    cargo_message: str | None = at(
        "FTX+AAH/C108.4440", "Cargo Message Identifier", condition="site and sender reference of the request, joined"
    )
    movement_text: str | None = at("FTX+ACF/C108.4440", "Movement Type")
    transport_mode: str | None = at("TDT+20/C228.8179", "Mode of Transport", codes=common.TransportMode, closed=False)
    voyage_or_flight: str | None = at("TDT+20/8028", "Voyage or Flight Number")
    airline: str | None = at("TDT+20/C040.3127", "Airline Code")
    vessel_id: str | None = at("TDT+20/C222.8213", "Vessel Id")
    movement_mode: str | None = at("TDT+1/C220.8067", "Mode of Movement", codes=codes.MovementMode, closed=False)
    movement_voyage: str | None = at("TDT+1/8028", "Voyage of the Movement")
    movement_vessel_id: str | None = at("TDT+1/C222.8213", "Vessel Id of the Movement")
    origin_establishment: str | None = at("LOC+5/C517.3225", "Originating Establishment Id")
    destination_establishment: str | None = at("LOC+4/C517.3225", "Destination Establishment Id")
    transhipment_port: str | None = at(f"LOC+{choices.NEXT_OVERSEAS_PORT}/C517.3225", "Transhipment Overseas Port")
    client: str | None = at("SG1/NAD+UD/C082.3039", "Client Id")
    notice: str | None = at("SG3/RFF+ANX/C506.1154", "Underbond Notice", codes=UnderbondNotice, closed=False)
    request_reason: str | None = at(
        "SG3/RFF+ACD/C506.1154", "Request Reason", codes=codes.UnderbondReason, closed=False
    )
    transhipment_number: str | None = at("SG3/RFF+AIO/C506.1154", "Transhipment Number")
    lines: tuple[AdvisedLine, ...] = group("SG6", "Lines")
