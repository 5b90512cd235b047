"""CTOREC: a terminal's receival notice."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.codes import Indicator
from openics.messages.exports.terminal_notice import AUTHORITIES, CARGO_KEY, HEADER, TerminalLine, TerminalNotice
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class ReceivalLine(TerminalLine):
    """One container, break-bulk shipment or air waybill received for loading."""

    previous_cto: str | None = at(
        f"SG8/LOC+{choices.PREVIOUS_TERMINAL}/C517.3225",
        "Previous CTO Establishment Id",
        condition="with the offload indicator Y",
        evidence="I",
    )
    destination_country: str | None = at("SG8/LOC+28/C517.3225", "Destination Country", "a2", evidence="I")
    offload: str | None = at(
        f"SG8/GIS+{choices.OFFLOAD_LIST}/C529.7365",
        "Offload Indicator",
        codes=Indicator,
        closed=False,
        condition="Y when received from another wharf or airport",
        evidence="I",
    )
    voyage_or_flight: str | None = at(
        "SG8/SG9/TDT+20/8028", "Voyage or Flight Number", condition="of the intended vessel or flight", evidence="I"
    )
    carrier: str | None = at("SG8/SG9/TDT+20/C040.3127", "Airline Code", evidence="I")
    vessel_id: str | None = at("SG8/SG9/TDT+20/C222.8213", "Vessel Id", "an..8", evidence="I")
    goods_owner: str | None = at("SG8/SG11/NAD+GO/C082.3039", "Goods Owner Party Id", "an11", evidence="I")
    goods_owner_name: str | None = at("SG8/SG11/NAD+GO/C080.3036", "Goods Owner Name", evidence="I")
    received_date: date | None = at(f"SG8/SG11/DTM+{choices.RECEIVED}+102/C507.2380", "Date of Receival", evidence="I")
    received_time: time | None = at(f"SG8/SG11/DTM+{choices.RECEIVED}+401/C507.2380", "Time of Receival", evidence="I")
    description: str | None = at("SG8/SG14/FTX+AAA/C108.4440", "Goods Description", evidence="I")


class ReceivalNotice(TerminalNotice):
    """Receival notice of a terminal: shipments received for loading."""

    guide = Guide(
        name="CTOREC",
        type="CUSCAR",
        title="CTO receival notice",
        direction="in",
        parties="cargo terminal operators at wharves and airports",
        answer="CTORECR",
        purpose="A terminal reports each shipment that it received for loading: within three hours at a wharf, within one "
        "hour at an airport. The answer says for each line whether it may be loaded.",
        source=f"{GUIDELINES}/ctorec-cto-receival-notice",
        version="2.7 (4 June 2004)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.RECEIVAL_DOCUMENT}:::CTOREC
            {HEADER}
            SG7 C9999 (
                CNI M1
                {AUTHORITIES}
                SG8 C1 (
                    RFF M1  {CARGO_KEY}
                    LOC C99 LOC+{choices.PREVIOUS_TERMINAL}+::~95  LOC+28+::~5
                    GIS C9  GIS+:{choices.OFFLOAD_LIST}:95
                    SG9 C9 (
                        TDT M1  TDT+20+++++++::~11
                    )
                    SG11 C99 (
                        NAD M1  NAD+GO+::~95
                        DTM C9  DTM+{choices.RECEIVED}::=102  DTM+{choices.RECEIVED}::=401
                    )
                    SG14 M1 (
                        GID M1  GID+~1
                        FTX C99 FTX+AAA
                    )
                )
            )
            UNT M1
        """,
    )

    lines: tuple[ReceivalLine, ...] = group("SG7", "Lines", use="M")
