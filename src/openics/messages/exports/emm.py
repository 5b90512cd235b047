"""EMM: the export main manifest."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.manifest import AUTHORITY, LINE_TOTALS, TOTALS, Manifest, ManifestLine
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class MainManifest(Manifest):
    """Main manifest: everything that a ship or an aircraft loaded at one port."""

    guide = Guide(
        name="EMM",
        type="CUSCAR",
        title="Export main manifest",
        direction="in",
        parties="carriers (owners or operators of ships and aircraft) and their agents",
        answer="EMMR",
        purpose="A carrier reports, up to three days after departure, everything that was loaded at one port. Its number "
        "(MMN), once clear, is the proof of reporting; the goods on it count as exported.",
        source=f"{GUIDELINES}/emm-export-main-manifest",
        version="2.2 (4 June 2004)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.MAIN_MANIFEST_DOCUMENT}:::EMM
            SG1 C99 (
                RFF M1  RFF+{choices.MAIN_MANIFEST}
            )
            SG4 C9 (
                TDT M1  TDT+20+++++++::~11
                LOC C99 LOC+9+::~6  LOC+28+::~5
                DTM C99 DTM+136::102
            )
            GIS C9      GIS+:{choices.NIL_CARGO_LIST}:95
            {TOTALS}
            SG7 C9999 (
                CNI M1
                {LINE_TOTALS}
                {AUTHORITY}
                SG8 C1 (
                    RFF M1  RFF+{choices.EXEMPTION}
                    SG14 M1 (
                        GID M1  GID+~1
                    )
                )
            )
            UNT M1
        """,
    )

    manifest_number: str | None = at(
        f"SG1/RFF+{choices.MAIN_MANIFEST}/C506.1154",
        "Main Manifest Number",
        "an9",
        condition="needed unless original",
        evidence="I",
    )
    voyage_or_flight: str | None = at("SG4/TDT+20/8028", "Voyage or Flight Number", use="M", evidence="I")
    carrier: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", condition="needed by air", evidence="I")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", condition="needed by sea", evidence="I")
    port_of_departure: str | None = at("SG4/LOC+9/C517.3225", "Port of Departure", "an5", use="M", evidence="I")
    destination_country: str | None = at(
        "SG4/LOC+28/C517.3225",
        "Country of Destination",
        "a2",
        use="M",
        condition="the last country of the voyage",
        evidence="I",
    )
    lines: tuple[ManifestLine, ...] = group("SG7", "Lines")
