"""What the two periodic declarations of accredited clients have in common."""

from decimal import Decimal
from typing import Final

from openics.messages import codes as common
from openics.messages.choices import exports as choices
from openics.messages.document import Part
from openics.messages.exports import codes
from openics.messages.exports.report import ExportReport
from openics.messages.fields import at, each, group


def table(name: str, numbers: str) -> str:
    """The segment table; `numbers` are the uses of RFF for the accredited client numbers of a consignment."""
    return f"""
        UNH M1
        BGM M1      BGM+~{choices.PERIODIC_DOCUMENT}:::{name}
        DTM C99     DTM+{choices.SETTLEMENT_PERIOD}::~610
        SG1 C99 (
            RFF M1  RFF+{choices.PERIODIC_DECLARATION}
        )
        SG2 C99 (
            NAD M1  NAD+GO+::95
        )
        SG7 C9999 (
            DMS M1
            RFF C9  {numbers}
            LOC C99 LOC+9+::~6  LOC+12+::~6  LOC+28+::~6
            TDT C9  TDT+20
            SG12 C99 (
                MOA M1  MOA+39  MOA+63
            )
            {_LINES}
        )
        UNT M1
    """


_LINES: Final = f"""
    SG15 C9999 (
        CST M1  CST++::~95
        LOC C99 LOC+27+::~5+::~6
        MEA C99 MEA+ABW  MEA+WT  MEA+{choices.ASSAY}*9
        SG18 C99 (
            MOA M1  MOA+63
        )
        SG22 C99 (
            RFF M1  RFF+HS  RFF+EP*98
        )
    )
"""


class Assay(Part):
    """The concentration of one element in ore or concentrate."""

    element: str | None = at("C502.6154", "Assay Element Code", required=True, evidence="I")
    concentration: Decimal | None = at("C174.6314", "Assay Concentration", required=True, evidence="I")
    unit: str | None = at("C174.6411", "Assay Concentration Unit", evidence="I")


class PeriodicLine(Part):
    """Goods under one AHECC code."""

    number: int | None = at("CST/1496", "Line Number", "n..3", use="M", required=True, evidence="I")
    action: str | None = at(
        "CST/C246.7361",
        "Line Action Code",
        codes=common.LineAction,
        condition="needed on a change (4)",
        evidence="D",
    )
    origin_country: str | None = at(
        "LOC+27/C517.3225", "Goods Origin Country", "a2", condition="needed when the origin is YY-FO", evidence="I"
    )
    origin_code: str | None = at(
        "LOC+27/C519.3223", "Goods Origin Code", codes=common.GoodsOrigin, use="M", evidence="I"
    )
    net_quantity: Decimal | None = at(
        "MEA+ABW/C174.6314", "Net Quantity", condition="more than 0 unless the unit is NR", evidence="I"
    )
    net_quantity_unit: str | None = at(
        "MEA+ABW/C174.6411", "Net Quantity Unit", codes=common.Unit, closed=False, use="M", evidence="I"
    )
    gross_weight: Decimal | None = at("MEA+WT/C174.6314", "Gross Weight", use="M", evidence="I")
    gross_weight_unit: str | None = at(
        "MEA+WT/C174.6411", "Gross Weight Unit", codes=common.Unit, closed=False, use="M", evidence="I"
    )
    assays: tuple[Assay, ...] = group(
        f"MEA+{choices.ASSAY}", "Assays", condition="needed when the AHECC code asks for them", evidence="I"
    )
    fob_value: Decimal | None = at("SG18/MOA+63/C516.5004", "FOB Value", use="M", evidence="I")
    ahecc: str | None = at("SG22/RFF+HS/C506.1154", "AHECC Code", "n8", use="M", evidence="I")
    permits: tuple[str, ...] = each(
        "SG22/RFF+EP/C506.1154", "Permit", condition="needed when the AHECC code asks for a permit", evidence="I"
    )


class PeriodicConsignment(Part):
    """Goods that left by one port and mode for one country, with their lines."""

    consignment_number: int | None = at("DMS/C106.1004", "Consignment Number", "n..4", required=True, evidence="I")
    port_of_loading: str | None = at("LOC+9/C517.3225", "Port of Loading", "an5", use="M", evidence="I")
    first_port_of_discharge: str | None = at(
        "LOC+12/C517.3225", "First Port of Discharge", "an5", use="M", evidence="I"
    )
    destination_country: str | None = at("LOC+28/C517.3225", "Country of Destination", "a2", use="M", evidence="I")
    transport_mode: str | None = at(
        "TDT+20/C228.8179", "Mode of Transport", codes=common.TransportMode, closed=False, use="M", evidence="I"
    )
    invoice_currency: str | None = at("SG12/MOA+39/C516.6345", "Invoice Currency", "a3", use="M", evidence="I")
    fob_currency: str | None = at(
        "SG12/MOA+63/C516.6345", "FOB Currency", "a3", use="M", condition="the same for all lines", evidence="I"
    )
    lines: tuple[PeriodicLine, ...] = group("SG15", "Lines", use="M")


class PeriodicDeclaration(ExportReport):
    """The header items of both periodic declarations."""

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.PeriodicFunction, use="M", required=True, evidence="D"
    )
    settlement_period: str | None = at(
        f"DTM+{choices.SETTLEMENT_PERIOD}/C507.2380",
        "Settlement Period",
        "n6",
        use="M",
        condition="year and month",
        evidence="I",
    )
    declaration_number: str | None = at(
        f"SG1/RFF+{choices.PERIODIC_DECLARATION}/C506.1154",
        "Periodic Declaration Number",
        "an9",
        condition="needed unless original",
        evidence="I",
    )
    accredited_client: str | None = at(
        "SG2/NAD+GO/C082.3039", "Accredited Client Party Id", "an..15", use="M", evidence="D"
    )
