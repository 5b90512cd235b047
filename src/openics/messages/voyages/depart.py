"""DEPART: the departure of a ship or flight."""

from datetime import date, time

from openics.edifact.guide import Guide
from openics.messages.choices import voyages as choices
from openics.messages.codes import TransportMode
from openics.messages.document import Document
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES
from openics.messages.voyages.codes import DepartureFunction


class Departure(Document):
    """Departure report: a ship or a flight that left an Australian terminal."""

    guide = Guide(
        name="DEPART",
        type="CUSREP",
        title="Departure report",
        direction="in",
        parties="carrier or its agent",
        answer="DEPARTR",
        purpose="Tells customs that a ship or a flight left a terminal. The three days within which the main manifest is due "
        "count from it.",
        source=f"{GUIDELINES}/depart-departure-report",
        segments=f"""
            UNH M1
            BGM M1      BGM+~124:::DEPART
            DTM C9      DTM+136::=102  DTM+136::=401
            SG1 C99 (
                RFF M1  RFF+{choices.RESPONSIBLE_PARTY}
            )
            SG2 C99 (
                LOC M1  LOC+5+::95
            )
            SG8 C99 (
                TDT M1  TDT+20+++=11+::95+++::11  TDT+20+++=6+::3
                SG9 C99 (
                    LOC M1  LOC+8+::6
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
        "BGM/1225", "Transaction Type", codes=DepartureFunction, closed=False, use="M", required=True, evidence="D"
    )
    departure_date: date | None = at("DTM+136+102/C507.2380", "Date of Departure", use="M")
    departure_time: time | None = at(
        "DTM+136+401/C507.2380", "Time of Departure", use="M", condition="local to the port"
    )
    reporting_party: str | None = at(
        f"SG1/RFF+{choices.RESPONSIBLE_PARTY}/C506.1154",
        "Reporting Party Id",
        "an11",
        use="O",
        condition="the party of the sending site if absent; no sample has it",
        evidence="I",
    )
    departure_establishment: str | None = at("SG2/LOC+5/C517.3225", "Departure CTO Establishment Id", "an5", use="M")
    carrier_party: str | None = at("SG8/TDT+20+11/C040.3127", "Carrier Party Id", "an11", condition="needed by sea")
    vessel_id: str | None = at(
        "SG8/TDT+20+11/C222.8213", "Vessel Id", "an..8", condition="needed by sea, and when the CTO is a marine CTO"
    )
    voyage_number: str | None = at("SG8/TDT+20+11/8028", "Voyage Number", "an..6", condition="needed by sea")
    airline: str | None = at("SG8/TDT+20+6/C040.3127", "Airline Code", condition="needed by air")
    flight_number: str | None = at("SG8/TDT+20+6/8028", "Flight Number", condition="needed by air")
    destination_port: str | None = at("SG8/SG9/LOC+8/C517.3225", "Destination Port", "an5", use="M")

    @property
    def transport_modes(self) -> tuple[TransportMode, ...]:
        """The modes whose items are given; a sound report has one. The message tells it by the kind of its transport segment."""
        by_sea = self.carrier_party or self.vessel_id or self.voyage_number
        by_air = self.airline or self.flight_number
        return (*([TransportMode.SEA] if by_sea else []), *([TransportMode.AIR] if by_air else []))
