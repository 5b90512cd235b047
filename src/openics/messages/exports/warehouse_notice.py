"""What the notices of a warehouse have in common."""

from decimal import Decimal
from typing import Final

from openics.messages.choices import exports as choices
from openics.messages.codes import Unit
from openics.messages.exports import codes
from openics.messages.exports.report import ExportReport, ReportLine
from openics.messages.fields import at, group

BODY: Final = f"""
    LOC C9      LOC+4+::95  LOC+5+::95
    SG1 C99 (
        RFF M1  RFF+{choices.DECLARATION}
    )
    SG7 C9999 (
        CNI M1
        SG8 C9999 (
            RFF M1  RFF+HS
            SG13 C9 (
                QTY M1  QTY+1
                FTX C9  FTX+AAA
            )
            SG14 M9999 (
                GID M1  GID+~1
            )
        )
    )
"""
"""The segments that both notices have after their header."""


class WarehouseLine(ReportLine):
    """Goods under one AHECC code."""

    ahecc: str | None = at("SG8/RFF+HS/C506.1154", "AHECC Code", "n8", use="M")
    quantity: Decimal | None = at("SG8/SG13/QTY+1/C186.6060", "Quantity", use="M")
    unit: str | None = at("SG8/SG13/QTY+1/C186.6411", "Quantity Unit", codes=Unit, closed=False, use="M")
    description: str | None = at("SG8/SG13/FTX+AAA/C108.4440", "Goods Description", use="M")


class WarehouseNotice(ExportReport):
    """The items of both notices."""

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.ReleaseFunction, use="M", required=True, evidence="D"
    )
    warehouse: str | None = at("LOC+4/C517.3225", "Warehouse Establishment Id", use="M")
    other_establishment: str | None = at(
        "LOC+5/C517.3225", "Destination Establishment Id", use="M", condition="the depot, wharf or airport they go to"
    )
    declaration_number: str | None = at(
        f"SG1/RFF+{choices.DECLARATION}/C506.1154", "Export Declaration Number", "an9", use="M"
    )
    lines: tuple[WarehouseLine, ...] = group("SG7", "Lines", use="M")
