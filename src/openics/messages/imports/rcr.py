"""RCR: a request for cargo release."""

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import imports as choices
from openics.messages.document import Part
from openics.messages.fields import at, group
from openics.messages.imports import codes as import_codes
from openics.messages.imports.release import CARGO, CargoReference, CargoRequest
from openics.messages.sources import GUIDELINES


class ReleaseReference(CargoReference):
    """One reference of a release line, with what is to be released under it."""

    establishment: str | None = at(f"LOC+{choices.ORIGIN_ESTABLISHMENT}/C517.3225", "Establishment Id", evidence="I")


class ReleaseLine(Part):
    """One line of cargo to be released."""

    number: int | None = at("CNI/1490", "Line Number", use="M", required=True, evidence="I")
    references: tuple[ReleaseReference, ...] = group("SG8", "References", use="M")


class ReleaseRequest(CargoRequest):
    """Request for cargo release: an accredited client takes delivery, and declares the goods at the end of the period."""

    guide = Guide(
        name="RCR",
        type="CUSCAR",
        title="Request for cargo release",
        direction="in",
        parties="accredited clients and their brokers",
        answer="RCRR",
        purpose="An accredited client asks for the release of cargo that a periodic declaration will cover. The segment table "
        "is published; which items stand in it is inferred.",
        source=f"{GUIDELINES}/rcr-request-for-cargo-release",
        version="2.1 (7 January 2004)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.RELEASE_REQUEST}:::RCR
            QTY C9      QTY+{choices.RELEASE_PACKAGES}
            SG1 C99 (
                RFF M1  RFF+ABQ  RFF+ABT  RFF+ADU
            )
            SG2 C99 (
                NAD M1  NAD+AT+::95  NAD+WP+::95  NAD+VT+::95  NAD+CB+::95  NAD+SU+::95
            )
            FTX C9      FTX+AAA  FTX+{choices.CHANGE_REASON}
            SG4 C9 (
                TDT M1  TDT+20+++++++::11
                LOC C99 LOC+12+::6  LOC+8+::6
            )
            GIS C9      GIS+:117:95
            SG7 C9999 (
                CNI M1
                SG8 C9999 (
                    RFF M1  {CARGO}
                    LOC C99 LOC+{choices.ORIGIN_ESTABLISHMENT}+::95
                    GIS C9  GIS+:109:95*9
                    SG14 M9999 (
                        GID M1
                        PAC C9  PAC+++:67:95  PAC+++:185:95
                    )
                )
            )
            UNT M1
        """,
    )

    total_packages: int | None = at(f"QTY+{choices.RELEASE_PACKAGES}/C186.6060", "Total Packages", evidence="I")
    release_number: str | None = at(
        "SG1/RFF+ABT/C506.1154",
        "Request for Cargo Release Number",
        "an9",
        condition="needed unless original",
        evidence="I",
    )
    importer_abn: str | None = at("SG2/NAD+AT/C082.3039", "Accredited Importer ABN", "n11", evidence="D")
    supplier_id: str | None = at("SG2/NAD+SU/C082.3039", "Supplier Id", "an..11", evidence="I")
    supplier_name: str | None = at("SG2/NAD+SU/C080.3036#1", "Supplier Name", evidence="I")
    supplier_name_2: str | None = at("SG2/NAD+SU/C080.3036#2", "Supplier Name, continued", evidence="I")
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", evidence="I")
    change_reason: str | None = at(
        f"FTX+{choices.CHANGE_REASON}/C108.4440", "Change Reason", condition="on a change (4)", evidence="I"
    )
    voyage: str | None = at("SG4/TDT+20/8028", "Voyage Number", "an..6", condition="by sea", evidence="I")
    transport_mode: str | None = at(
        "SG4/TDT+20/C220.8067", "Mode of Transport", codes=import_codes.TransportMode, closed=False, evidence="I"
    )
    airline: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", condition="only by air", evidence="I")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", condition="by sea", evidence="I")
    discharge_port: str | None = at("SG4/LOC+12/C517.3225", "Discharge Port", "an5", evidence="I")
    destination_port: str | None = at("SG4/LOC+8/C517.3225", "Destination Port", "an5", evidence="I")
    pre_lodge: str | None = at(
        "GIS+117/C529.7365", "Pre-lodge Indicator", codes=codes.Indicator, closed=False, evidence="I"
    )
    lines: tuple[ReleaseLine, ...] = group("SG7", "Lines", use="M")
