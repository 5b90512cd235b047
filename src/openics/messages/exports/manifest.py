"""What a sub-manifest and a main manifest have in common."""

from datetime import date
from typing import Final

from openics.messages.choices import notices as choices
from openics.messages.codes import DeclarationFunction, Exemption, Indicator, TransportMode
from openics.messages.exports.report import ExportReport, ReportLine
from openics.messages.fields import at

TOTALS: Final = f"CNT C9  CNT+11  CNT+{choices.CONTAINERS}  CNT+{choices.EMPTY_CONTAINERS}"
"""The totals of a manifest."""

LINE_TOTALS: Final = f"CNT C9  CNT+11  CNT+{choices.CONTAINERS}"
"""The counts of a line."""

AUTHORITY: Final = f"""
    SG8 C1 (
        RFF M1  RFF+{choices.QUOTED_NUMBER}
        SG14 M1 (
            GID M1  GID+~1
        )
    )
"""
"""The number under which the goods of a line may be loaded, with the goods item that UN/EDIFACT asks for."""


class ManifestLine(ReportLine):
    """One number, or one exemption code, of a manifest."""

    packages: int | None = at(
        "CNT+11/C270.6066", "Number of Packages", condition="more than 0 by air; by sea when there are no containers"
    )
    containers: int | None = at(
        f"CNT+{choices.CONTAINERS}/C270.6066",
        "Number of Containers",
        condition="0 by air; by sea more than 0 when there are no packages",
        evidence="I",
    )
    authority_number: str | None = at(
        f"SG8/RFF+{choices.QUOTED_NUMBER}/C506.1154",
        "Customs Authority Number",
        "an9",
        condition="needed without an exemption code",
        evidence="I",
    )
    exemption: str | None = at(
        f"SG8/RFF+{choices.EXEMPTION}/C506.1154",
        "Export Declaration Exemption Code",
        codes=Exemption,
        closed=False,
        condition="needed without a customs authority number",
    )


class Manifest(ExportReport):
    """The header items of both manifests."""

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=DeclarationFunction, use="M", required=True, evidence="D"
    )
    transport_mode: str | None = at(
        "SG4/TDT+20/C228.8179", "Mode of Transport", codes=TransportMode, closed=False, use="M"
    )
    departure_date: date | None = at("SG4/DTM+136/C507.2380", "Date of Departure", use="M")
    nil_cargo: str | None = at(
        f"GIS+{choices.NIL_CARGO_LIST}/C529.7365", "Nil Cargo Report Indicator", codes=Indicator, evidence="I"
    )
    total_packages: int | None = at("CNT+11/C270.6066", "Total Number of Packages")
    total_containers: int | None = at(
        f"CNT+{choices.CONTAINERS}/C270.6066", "Total Number of Containers", condition="0 by air", evidence="I"
    )
    empty_containers: int | None = at(
        f"CNT+{choices.EMPTY_CONTAINERS}/C270.6066",
        "Number of Empty Containers",
        condition="0 by air and for a consolidation",
        evidence="I",
    )
