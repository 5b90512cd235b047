"""IMD: the full import declaration."""

from datetime import date
from decimal import Decimal

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import imports as choices
from openics.messages.fields import at, each, group
from openics.messages.imports import codes as import_codes
from openics.messages.imports.declaration import HEADER_REFERENCES, PARTIES, Declaration
from openics.messages.imports.imd_lines import ImportLine, TransportReference, ValuationAmount
from openics.messages.sources import GUIDELINES


class ImportDeclaration(Declaration):
    """Import declaration: goods for home consumption, into a warehouse, or out of one."""

    guide = Guide(
        name="IMD",
        type="CUSDEC",
        title="Import declaration",
        direction="in",
        parties="owners of goods and licensed customs brokers",
        answer="IMDR, SAM, ATD",
        purpose="Declares goods for home consumption (nature 10), into a licensed warehouse (20) or out of one (30), with "
        "everything that duty, tax, permits and biosecurity need. Its segment table is not published; the layout here is "
        "that of the self-assessed clearance, with more items.",
        source=f"{GUIDELINES}/cusdec-release-3b-(import-declarations)-generic-business-rules",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.DECLARATION}:::IMD
            LOC C99     LOC+8+::6  LOC+12+::6  LOC+{choices.LOADING_PORT}+::6  LOC+{choices.FIRST_ARRIVAL_PORT}+::6
                        LOC+{choices.WAREHOUSE}+::95*90
            DTM C15     DTM+178::102  DTM+{choices.EXPORT_DATE}::102
            GIS C25     GIS+:153:95  GIS+:117:95  GIS+:{choices.VALUATION_BASIS_LIST}:95
                        GIS+:{choices.AMBER_REASON_LIST}:95  GIS+:109:95*9
            FII C1      FII+COQ++:::::215
            FTX C99     FTX+DEL  FTX+{choices.CHANGE_REASON}  FTX+{choices.AMBER_STATEMENT}  FTX+{choices.PROTEST_REASON}
                        FTX+ACD*90
            SG1 C89 (
                RFF M1  RFF+{choices.TRANSPORT_REFERENCES}
                SG2 C10 (
                    PAC M1  PAC+++:67:95  PAC++1
                )
            )
            SG1 C10 (
                RFF M1  {HEADER_REFERENCES}
            )
            SG4 C5 (
                TDT M1  TDT+20+++++++::11
            )
            SG6 C10 (
                NAD M1  {PARTIES}
                CTA C1  CTA+IC
                COM C5  COM+:TE
            )
            SG7 C1 (
                TOD M1  TOD+{choices.INVOICE_TERM}++::95
            )
            SG8 C25 (
                MOA M1  MOA+39  MOA+40  MOA+68  MOA+{choices.OVERSEAS_FREIGHT}  MOA+{choices.OVERSEAS_INSURANCE}
                        MOA+{choices.VALUATION_AMOUNTS}*20
            )
            UNS M1      UNS+D
            SG30 C99999 (
                CST M1  CST++::95+::95
                FTX C9  FTX+AAA  FTX+{choices.DUMPING_EXEMPTION}  FTX+{choices.PROTECTION_ANSWER}*7
                LOC C25 LOC+27+::5  LOC+{choices.PREFERENCE_COUNTRY}+::5  LOC+{choices.DUMPING_COUNTRY}+::5
                        LOC+{choices.QUARANTINE_PREMISES}+::95
                MEA C20 MEA+AAA*18  MEA+{choices.DUMPING_QUANTITY}  MEA+{choices.DUTY_FACTOR}
                NAD C5  NAD+SU+::95  NAD+{choices.QUARANTINE_PRODUCER}+::95
                SG33 C25 (
                    MOA M1  MOA+{choices.LINE_PRICE}  MOA+{choices.DUMPING_PRICE}  MOA+{choices.VALUATION_AMOUNTS}*20
                )
                SG35 C999 (
                    RFF M1  RFF+ABD  RFF+AED  RFF+{choices.RATE_NUMBER}  RFF+{choices.TREATMENT}
                            RFF+{choices.PREFERENCE_SCHEME}  RFF+{choices.PREFERENCE_RULE}  RFF+ABE  RFF+ASA  RFF+DA
                            RFF+{choices.LUXURY_CAR_EXEMPTION}  RFF+{choices.DUMPING_SPECIFICATION}
                            RFF+{choices.PERMIT}*99  RFF+{choices.QUARANTINE_COMMODITY}*99
                            RFF+{choices.WAREHOUSE_SOURCE}  RFF+{choices.SECURITY}
                )
                SG37 C25 (
                    DOC M1  DOC+:={choices.TREATMENT_INSTRUMENT_LIST}:95  DOC+:={choices.CLASS_INSTRUMENT_LIST}:95
                            DOC+:={choices.QUARANTINE_DOCUMENT_LIST}:95*20
                )
                SG40 C25 (
                    GIS M1  GIS+:{choices.VALUATION_BASIS_LIST}:95  GIS+:{choices.QUARANTINE_PROCESSING_LIST}:95
                            GIS+:{choices.QUARANTINE_CONCERN_LIST}:95  GIS+:109:95*9
                )
            )
            UNS M1      UNS+S
            UNT M1
        """,
    )

    loading_port: str | None = at(f"LOC+{choices.LOADING_PORT}/C517.3225", "Loading Port", "an5", use="M", evidence="I")
    first_arrival_port: str | None = at(
        f"LOC+{choices.FIRST_ARRIVAL_PORT}/C517.3225", "First Arrival Port", "an5", evidence="I"
    )
    warehouses: tuple[str, ...] = each(
        f"LOC+{choices.WAREHOUSE}/C517.3225",
        "Warehouse Establishment Id",
        condition="needed with nature 20 lines",
        evidence="I",
    )
    export_date: date | None = at(f"DTM+{choices.EXPORT_DATE}/C507.2380", "Date of Export", use="M", evidence="I")
    pre_lodge: str | None = at("GIS+117/C529.7365", "Pre-lodge Indicator", codes=codes.Indicator)
    valuation_basis: str | None = at(
        f"GIS+{choices.VALUATION_BASIS_LIST}/C529.7365",
        "Valuation Basis Type",
        codes=import_codes.ValuationBasis,
        closed=False,
        condition="here or in every line",
        evidence="I",
    )
    amber_reason: str | None = at(
        f"GIS+{choices.AMBER_REASON_LIST}/C529.7365",
        "Amber Reason Type",
        codes=import_codes.AmberReason,
        closed=False,
        condition="with the amber statement",
        evidence="I",
    )
    amber_statement: str | None = at(
        f"FTX+{choices.AMBER_STATEMENT}/C108.4440", "Amber Statement", condition="with the amber reason", evidence="I"
    )
    protest_reason: str | None = at(
        f"FTX+{choices.PROTEST_REASON}/C108.4440", "Paid Under Protest Reason", evidence="I"
    )
    transport: tuple[TransportReference, ...] = group("SG1", "Transport References", evidence="I")
    invoice_term: str | None = at(
        f"SG7/TOD+{choices.INVOICE_TERM}/C100.4053",
        "Invoice Term Type",
        codes=import_codes.InvoiceTerm,
        closed=False,
        use="M",
        evidence="I",
    )
    invoice_total: Decimal | None = at("SG8/MOA+39/C516.5004", "Invoice Total", use="M", evidence="I")
    invoice_currency: str | None = at("SG8/MOA+39/C516.6345", "Invoice Currency Code", "a3", use="M", evidence="I")
    overseas_freight: Decimal | None = at(
        f"SG8/MOA+{choices.OVERSEAS_FREIGHT}/C516.5004", "Overseas Freight", evidence="I"
    )
    overseas_freight_currency: str | None = at(
        f"SG8/MOA+{choices.OVERSEAS_FREIGHT}/C516.6345", "Overseas Freight Currency Code", "a3", evidence="I"
    )
    overseas_insurance: Decimal | None = at(
        f"SG8/MOA+{choices.OVERSEAS_INSURANCE}/C516.5004", "Overseas Insurance", evidence="I"
    )
    overseas_insurance_currency: str | None = at(
        f"SG8/MOA+{choices.OVERSEAS_INSURANCE}/C516.6345", "Overseas Insurance Currency Code", "a3", evidence="I"
    )
    valuation_amounts: tuple[ValuationAmount, ...] = group(
        f"SG8/MOA+{choices.VALUATION_AMOUNTS}", "Valuation Amounts", evidence="I"
    )
    lines: tuple[ImportLine, ...] = group("SG30", "Lines", use="M")
