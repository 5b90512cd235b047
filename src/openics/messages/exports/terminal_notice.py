"""What the notices of a cargo terminal operator have in common."""

from typing import Final

from openics.messages.choices import notices as choices
from openics.messages.codes import Exemption, TransportMode
from openics.messages.exports import codes
from openics.messages.exports.report import ExportReport, ReportLine
from openics.messages.fields import at

CARGO_KEY: Final = "RFF+AAQ|AKR|AWB"
"""What a line identifies: a container, a break-bulk shipment or an air waybill."""

HEADER: Final = f"""
    LOC C9      LOC+{choices.REPORTED_TERMINAL}+::~95
    SG4 C9 (
        TDT M1  TDT+20
    )
"""
"""The header segments."""

AUTHORITIES: Final = f"""
    SG8 C1 (
        RFF M1  RFF+{choices.QUOTED_NUMBER}
        SG14 M1 (
            GID M1  GID+~1
        )
    )
    SG8 C1 (
        RFF M1  RFF+{choices.EXEMPTION}
        SG14 M1 (
            GID M1  GID+~1
        )
    )
"""
"""The number or the exemption code of a line, each with the goods item that UN/EDIFACT asks for."""


class TerminalLine(ReportLine):
    """One container, break-bulk shipment or air waybill under one number or exemption code."""

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
        evidence="I",
    )
    cargo_id_type: str | None = at(
        f"SG8/{CARGO_KEY}/C506.1153",
        "Cargo Id Type",
        codes=codes.CargoIdType,
        use="M",
        condition="air waybill by air, one of the others by sea",
        required=True,
        evidence="I",
    )
    cargo_id: str | None = at(f"SG8/{CARGO_KEY}/C506.1154", "Cargo Id", use="M", required=True, evidence="I")


class TerminalNotice(ExportReport):
    """The header items of both notices."""

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.NoticeFunction, use="M", required=True, evidence="D"
    )
    cto_establishment: str | None = at(
        f"LOC+{choices.REPORTED_TERMINAL}/C517.3225", "CTO Establishment Id", use="M", evidence="I"
    )
    transport_mode: str | None = at(
        "SG4/TDT+20/C228.8179", "Mode of Transport", codes=TransportMode, closed=False, use="M", evidence="I"
    )
