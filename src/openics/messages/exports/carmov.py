"""CARMOV: tells a carrier what may be done with cargo that a terminal received."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.codes import TransportMode
from openics.messages.document import Part
from openics.messages.exports import codes
from openics.messages.exports.advice import Advice
from openics.messages.exports.terminal_notice import CARGO_KEY
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class ReceivedCargo(Part):
    """One container, break-bulk shipment or air waybill at a terminal."""

    authority_number: str | None = at(
        f"RFF+{choices.AUTHORITY_NUMBER}/C506.1154", "Customs Authority Number", "an9", evidence="I"
    )
    exemption: str | None = at(
        f"RFF+{choices.EXEMPTION}/C506.1154", "Export Declaration Exemption Code", "an..4", evidence="I"
    )
    cargo_id_type: str | None = at(
        f"{CARGO_KEY}/C506.1153", "Cargo Id Type", codes=codes.CargoIdType, required=True, evidence="I"
    )
    cargo_id: str | None = at(f"{CARGO_KEY}/C506.1154", "Cargo Id", required=True, evidence="I")
    status: str | None = at(
        "FTX+AHN/C108.4440#1", "Movement Status", codes=codes.MovementStatus, closed=False, evidence="I"
    )
    reason: str | None = at("FTX+AHN/C108.4440#2", "Reason", evidence="I")
    received_date: date | None = at(f"DTM+{choices.RECEIVED}+102/C507.2380", "Date of Receival", evidence="I")
    received_time: time | None = at(f"DTM+{choices.RECEIVED}+401/C507.2380", "Time of Receival", evidence="I")


class CarrierMovementAdvice(Advice):
    """Movement advice for a carrier: cargo for its voyage or flight at a terminal, and whether it may be loaded."""

    guide = Guide(
        name="CARMOV",
        type="CUSRES",
        title="Carrier movement advice",
        direction="out",
        parties="the carrier of the voyage or flight that the receival notice names",
        purpose="Customs tells a carrier, without being asked, what a terminal received for its voyage or flight and whether "
        "it may be loaded.",
        source=f"{GUIDELINES}/carmov-carrier-movement-advice",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.MOVEMENT_DOCUMENT}:::CARMOV
            TDT C9      TDT+20+++++++::11
            LOC C99     LOC+{choices.TERMINAL}+::95
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            SG6 C9999 (
                DOC M1  DOC+{choices.AUTHORITY_DOCUMENT}
                RFF C9  RFF+{choices.AUTHORITY_NUMBER}  RFF+{choices.EXEMPTION}  {CARGO_KEY}
                FTX C9  FTX+AHN
                DTM C9  DTM+{choices.RECEIVED}::=102  DTM+{choices.RECEIVED}::=401
            )
            UNT M1
        """,
    )

    voyage_or_flight: str | None = at("TDT+20/8028", "Voyage or Flight Number", evidence="I")
    transport_mode: str | None = at(
        "TDT+20/C228.8179", "Mode of Transport", codes=TransportMode, closed=False, evidence="I"
    )
    carrier: str | None = at("TDT+20/C040.3127", "Airline Code", evidence="I")
    vessel_id: str | None = at("TDT+20/C222.8213", "Vessel Id", "an..8", evidence="I")
    cto_establishment: str | None = at(f"LOC+{choices.TERMINAL}/C517.3225", "CTO Establishment Id", evidence="I")
    cargo: tuple[ReceivedCargo, ...] = group("SG6", "Cargo")
