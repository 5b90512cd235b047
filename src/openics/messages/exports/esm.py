"""ESM: the export sub-manifest."""

from typing import Final

from openics.edifact.guide import Guide
from openics.messages.choices import exports, notices
from openics.messages.document import Part
from openics.messages.exports import codes
from openics.messages.exports.manifest import AUTHORITY, LINE_TOTALS, TOTALS, Manifest, ManifestLine
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES

PLACE: Final = f"LOC+{notices.REPORTED_PLACE}"
"""A place in the header."""

_EXEMPT = "needed with the exemption codes EXPE and EXLV"


class SubManifestLine(ManifestLine):
    """One number, or one exemption code with its goods, of a sub-manifest."""

    destination_country: str | None = at("SG8/LOC+28/C517.3225", "Destination Country", "a2", condition=_EXEMPT)
    goods_owner_name: str | None = at("SG8/SG11/NAD+GO/C080.3036", "Goods Owner Name", condition=_EXEMPT)
    description: str | None = at("SG8/SG14/FTX+AAA/C108.4440", "Goods Description", condition=_EXEMPT)


class ManifestPlace(Part):
    """One place in the header of a sub-manifest."""

    kind: str | None = at("3227", "Kind of Place", required=True, evidence="U")
    code: str | None = at("C517.3225", "Place", required=True, evidence="U")


class SubManifest(Manifest):
    """Sub-manifest: what a forwarder consolidates, or what a slot charterer had loaded."""

    guide = Guide(
        name="ESM",
        type="CUSCAR",
        title="Export sub-manifest",
        direction="in",
        parties="forwarders and consolidators (consolidation), slot charterers (slot)",
        answer="ESMR",
        purpose="A forwarder reports a consolidation before it moves to the terminal; its number (CRN), once clear, is the "
        "authority to load it. A slot charterer reports what it had loaded, up to three days after departure.",
        source=f"{GUIDELINES}/esm-export-sub-manifest",
        version="2.3 (1 January 2014)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~87:::ESM
            LOC C9      {PLACE}+::~6*9
            SG1 C99 (
                RFF M1  RFF+{exports.CONSOLIDATION}
            )
            SG4 C9 (
                TDT M1  TDT+20
                DTM C99 DTM+136::102
            )
            GIS C9      GIS+:121:95  GIS+:{notices.NIL_CARGO_LIST}:95
            {TOTALS}
            SG7 C9999 (
                CNI M1
                {LINE_TOTALS}
                {AUTHORITY}
                SG8 C1 (
                    RFF M1  RFF+{notices.EXEMPTION}
                    LOC C99 LOC+28+::~5
                    SG11 C99 (
                        NAD M1  NAD+GO
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

    consolidation_reference: str | None = at(
        f"SG1/RFF+{exports.CONSOLIDATION}/C506.1154",
        "Consolidation Reference Number",
        "an9",
        condition="needed unless original",
    )
    places: tuple[ManifestPlace, ...] = group(
        PLACE, "Places", use="O", condition="the published table has them, but not what they say", evidence="U"
    )
    report_type: str | None = at("GIS+121/C529.7365", "Cargo Report Type", codes=codes.CargoReportType, use="M")
    lines: tuple[SubManifestLine, ...] = group("SG7", "Lines")
