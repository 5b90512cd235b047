"""CARST: the cargo status advice."""

from datetime import date

from openics.edifact.guide import Guide
from openics.messages import codes as common
from openics.messages.cargo.codes_movement import StatusType
from openics.messages.cargo.lines import AdvisedItem
from openics.messages.document import Part
from openics.messages.fields import LocalTime, at, group
from openics.messages.response import Answer
from openics.messages.sources import GUIDELINES


class StatusEntry(Part):
    """One thing that the status of a consignment consists of."""

    type: str | None = at("C108.4440#1", "Status Type", codes=StatusType, closed=False, required=True)
    value: str | None = at("C108.4440#2", "Status")


class StatusLine(AdvisedItem):
    """Cargo type and packages of a consignment."""

    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", evidence="I")


class CargoStatusAdvice(Answer):
    """Cargo status advice: how one consignment stands, sent without being asked whenever that changes."""

    guide = Guide(
        name="CARST",
        type="CUSRES",
        title="Cargo status advice",
        direction="out",
        parties="the parties responsible for the cargo",
        purpose="Customs tells how one consignment stands once that is known, and again when it changes: CLEAR to be released, "
        "HELD with the impediments, TRANSHIP with the transhipment number, or WITHDRAWN.",
        source=f"{GUIDELINES}/carst-cargo-status-advice",
        version="2.6 (11 February 2019)",
        segments="""
            UNH M1
            BGM M1      BGM+~34:::CARST
            DTM C9      DTM+9::ZZZ  DTM+132::102
            FTX C99     FTX+AHN*99
            TDT C9      TDT+20++++::3+++::11
            LOC C99     LOC+12+::6  LOC+4+::95
            GIS C10     GIS+:110:95
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+UD+::95
            )
            SG3 C999 (
                RFF M1  RFF+ABO  RFF+ABT  RFF+AIO  RFF+MB  RFF+BH  RFF+MWB  RFF+HWB  RFF+UCN  RFF+AAQ
            )
            SG6 C9999 (
                DOC M1  DOC+1
                PAC C9  PAC+++:67:95  PAC+++:185:95
                FTX C9  FTX+AAA
            )
            UNT M1
        """,
        pads=(("response_version", 4), ("sender_reference_version", 4)),
    )

    transaction_time: LocalTime | None = at("DTM+9/C507.2380", "Transaction Time (Canberra)")
    estimated_arrival: date | None = at("DTM+132/C507.2380", "Estimated Arrival Date", evidence="I")
    statuses: tuple[StatusEntry, ...] = group("FTX+AHN", "Statuses")
    transport_mode: str | None = at("TDT+20/C228.8179", "Mode of Transport", codes=common.TransportMode, closed=False)
    voyage_or_flight: str | None = at("TDT+20/8028", "Voyage or Flight Number")
    airline: str | None = at("TDT+20/C040.3127", "Airline Code")
    vessel_id: str | None = at("TDT+20/C222.8213", "Vessel Id")
    port_of_discharge: str | None = at("LOC+12/C517.3225", "Port of Discharge")
    establishment: str | None = at("LOC+4/C517.3225", "Establishment Id")
    priority: str | None = at("GIS+110/C529.7365", "Priority Indicator")
    client: str | None = at("SG1/NAD+UD/C082.3039", "Client Id")
    declaration_number: str | None = at("SG3/RFF+ABT/C506.1154", "Import Declaration Number")
    transhipment_number: str | None = at("SG3/RFF+AIO/C506.1154", "Transhipment Number")
    ocean_bill: str | None = at("SG3/RFF+MB/C506.1154", "Ocean Bill")
    house_bill: str | None = at("SG3/RFF+BH/C506.1154", "House Bill")
    master_waybill: str | None = at("SG3/RFF+MWB/C506.1154", "Master Waybill")
    house_waybill: str | None = at("SG3/RFF+HWB/C506.1154", "House Waybill")
    consignment_reference: str | None = at("SG3/RFF+UCN/C506.1154", "Consignment Reference", evidence="I")
    container: str | None = at("SG3/RFF+AAQ/C506.1154", "Container Number")
    lines: tuple[StatusLine, ...] = group("SG6", "Lines")
