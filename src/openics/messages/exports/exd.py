"""EXD: the export declaration."""

from datetime import date
from decimal import Decimal

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import exports as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.sources import FIELD_GUIDE, GUIDELINES, SUPPLEMENTARY_PAGE


class ExportLine(Part):
    """One line of an export declaration: goods under one AHECC code."""

    number: int | None = at("CST/1496", "Line Number", "n..3", use="M", required=True, evidence="D")
    action: str | None = at(
        "CST/C246.7361",
        "Line Action Code",
        codes=codes.LineAction,
        condition="needed on a change (4)",
        evidence="D",
    )
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", use="M", evidence="D")
    origin_country: str | None = at(
        "LOC+27/C517.3225",
        "Goods Origin Country Code",
        "a2",
        condition="needed when the origin code is YY-FO",
    )
    origin_code: str | None = at(
        "LOC+27/C519.3223",
        "Goods Origin Code",
        codes=codes.GoodsOrigin,
        use="M",
        evidence="D",
        source=SUPPLEMENTARY_PAGE,
    )
    net_quantity: Decimal | None = at(
        "MEA+ABW/C174.6314", "Net Quantity", condition="more than 0 unless the unit is NR", evidence="I"
    )
    net_quantity_unit: str | None = at(
        "MEA+ABW/C174.6411",
        "Net Quantity Unit",
        codes=codes.Unit,
        closed=False,
        use="M",
        condition="the unit of the AHECC code",
        evidence="I",
    )
    gross_weight: Decimal | None = at("MEA+WT/C174.6314", "Gross Weight", use="M", evidence="I")
    gross_weight_unit: str | None = at(
        "MEA+WT/C174.6411", "Gross Weight Unit", codes=codes.Unit, closed=False, use="M", evidence="I"
    )
    fob_value: Decimal | None = at("SG33/MOA+63/C516.5004", "FOB Value", use="M")
    ahecc: str | None = at("SG35/RFF+HS/C506.1154", "AHECC Code", "n8", use="M", evidence="D")
    permits: tuple[str, ...] = each(
        "SG35/RFF+EP/C506.1154", "Permit", condition="needed when the AHECC code asks for a permit; prefix and number"
    )
    temporary_import_number: str | None = at(
        f"SG35/RFF+{choices.TEMPORARY_IMPORT}/C506.1154",
        "Temporary Import Number",
        condition="needed when goods imported temporarily leave again",
        evidence="I",
    )


class ExportDeclaration(Document):
    """Export declaration: goods meant for export, reported before they reach the wharf or the airport."""

    guide = Guide(
        name="EXD",
        type="CUSDEC",
        title="Export declaration",
        direction="in",
        parties="owners of goods for export, and their agents",
        evidence="D",
        answer="EXDR",
        purpose="An owner of goods, or an agent, reports goods meant for export. The answer carries the export declaration "
        "number (EDN) and its status; a clear EDN is the authority to export.",
        source=f"{GUIDELINES}/exd-export-declaration",
        version="2.5 (27 October 2004)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~830:::EXD
            LOC C99     LOC+9+::6  LOC+12+::6  LOC+28+::6  LOC+18+::95
            DTM C15     DTM+129::102
            GIS C25     GIS+:79:95  GIS+:107:95  GIS+:{choices.PRESCRIBED_GOODS_LIST}:95
            SG1 C99 (
                RFF M1  RFF+{choices.DECLARATION}  RFF+{choices.CONSOLIDATION}  RFF+{choices.UNIQUE_CONSIGNMENT}  RFF+AWH
                SG2 C10 (
                    PAC M1  PAC+++:67:95  PAC+++:146:95
                )
            )
            SG4 C5 (
                TDT M1  TDT+20+++++++::11
            )
            SG6 C10 (
                NAD M1  NAD+CN  NAD+GO+::95  NAD+{choices.BRANCH}+::95
            )
            SG8 C25 (
                MOA M1  MOA+39  MOA+63
            )
            UNS M1      UNS+D
            SG30 C99999 (
                CST M1  CST++::95
                FTX C9  FTX+AAA
                LOC C25 LOC+27+::5+::6
                MEA C20 MEA+ABW  MEA+WT
                SG33 C25 (
                    MOA M1  MOA+63
                )
                SG35 C999 (
                    RFF M1  RFF+HS  RFF+EP*99  RFF+{choices.TEMPORARY_IMPORT}
                )
            )
            UNS M1      UNS+S
            CNT C5      CNT+11  CNT+{choices.TOTAL_CONTAINERS}
            UNT M1
        """,
    )

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True, evidence="D")
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.DeclarationFunction, use="M", required=True, evidence="D"
    )
    port_of_loading: str | None = at("LOC+9/C517.3225", "Port of Loading", "an5", use="M", evidence="D")
    first_port_of_discharge: str | None = at(
        "LOC+12/C517.3225", "First Port of Discharge", "an5", condition="needed unless PO, ST or SP", evidence="D"
    )
    destination_country: str | None = at(
        "LOC+28/C517.3225", "Final Destination Country Code", "a2", condition="needed unless ST or SP", evidence="D"
    )
    warehouse_establishment: str | None = at(
        "LOC+18/C517.3225", "Warehouse Establishment Id", condition="needed when customable or excisable"
    )
    intended_export_date: date | None = at("DTM+129/C507.2380", "Intended Date of Export", use="M", evidence="D")
    confirming_export_type: str | None = at(
        "GIS+79/C529.7365", "Confirming Export Type", codes=codes.ConfirmingExportType, use="M", evidence="I"
    )
    customable_excisable: str | None = at(
        "GIS+107/C529.7365", "Customable Excisable Indicator", codes=codes.Indicator, use="M", evidence="I"
    )
    prescribed_goods: str | None = at(
        f"GIS+{choices.PRESCRIBED_GOODS_LIST}/C529.7365",
        "Prescribed Goods Indicator",
        codes=codes.Indicator,
        use="M",
        evidence="I",
    )
    declaration_number: str | None = at(
        f"SG1/RFF+{choices.DECLARATION}/C506.1154",
        "Export Declaration Number",
        "an9",
        condition="needed unless original",
        evidence="I",
    )
    consolidation_reference: str | None = at(
        f"SG1/RFF+{choices.CONSOLIDATION}/C506.1154",
        "Consolidation Reference Number",
        "an9",
        condition="blank unless the goods type is OT",
        evidence="I",
    )
    consignment_reference: str | None = at(
        f"SG1/RFF+{choices.UNIQUE_CONSIGNMENT}/C506.1154",
        "Unique Consignment Reference Number",
        use="O",
        condition="after an outage, the number given on paper",
        evidence="I",
    )
    reporting_party_type: str | None = at(
        "SG1/RFF+AWH/C506.1154", "Reporting Party Type", codes=codes.ReportingPartyType, use="M"
    )
    cargo_type: str | None = at("SG1/SG2/PAC+67/C202.7065", "Cargo Type", codes=codes.CargoType, source=FIELD_GUIDE)
    goods_type: str | None = at("SG1/SG2/PAC+146/C202.7065", "Export Goods Type", codes=codes.GoodsType, use="M")
    voyage_or_flight: str | None = at(
        "SG4/TDT+20/8028", "Voyage or Flight Number", condition="needed with ST, SP, and AB by air"
    )
    transport_mode: str | None = at(
        "SG4/TDT+20/C228.8179",
        "Mode of Transport",
        codes=codes.TransportMode,
        closed=False,
        condition="needed unless PO",
    )
    carrier: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", condition="needed by air with ST, SP or AB")
    vessel_id: str | None = at(
        "SG4/TDT+20/C222.8213", "Vessel Id", "an..8", condition="needed by sea with ST, SP or AB", evidence="D"
    )
    consignee_name: str | None = at(
        "SG6/NAD+CN/C080.3036", "Consignee Name", condition="needed unless ST or SP", evidence="S"
    )
    consignee_city: str | None = at("SG6/NAD+CN/3164", "Consignee City", condition="needed unless ST or SP")
    goods_owner: str | None = at(
        "SG6/NAD+GO/C082.3039", "Goods Owner Party Id", "an11", condition="needed when an agent reports", evidence="I"
    )
    branch: str | None = at(f"SG6/NAD+{choices.BRANCH}/C082.3039", "Branch Id", use="O", evidence="I")
    invoice_currency: str | None = at("SG8/MOA+39/C516.6345", "Invoice Currency Code", "a3", use="M")
    total_fob_value: Decimal | None = at("SG8/MOA+63/C516.5004", "Total FOB Value", use="M")
    fob_currency: str | None = at("SG8/MOA+63/C516.6345", "FOB Currency Code", "a3", use="M")
    lines: tuple[ExportLine, ...] = group("SG30", "Lines", use="M")
    total_packages: int | None = at("CNT+11/C270.6066", "Total Packages")
    total_containers: int | None = at(f"CNT+{choices.TOTAL_CONTAINERS}/C270.6066", "Total Containers", evidence="I")
