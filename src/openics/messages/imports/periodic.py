"""What both periodic declarations have in common: header, releases, tariff lines."""

from datetime import date
from decimal import Decimal
from typing import Final

from openics.messages import codes
from openics.messages.choices import imports as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes as import_codes
from openics.messages.imports.declaration import Quantity

HEADER: Final = f"""
    DTM C99     DTM+{choices.PERIOD_START}::102  DTM+{choices.PERIOD_END}::102
    GIS C99     GIS+:153:95  GIS+:{choices.VALUATION_BASIS_LIST}:95  GIS+:109:95*9
    FII C1      FII+COQ++:::::215
    SG1 C99 (
        RFF M1  RFF+ABQ  RFF+ABT  RFF+ADU  RFF+ANU
    )
    SG2 C99 (
        NAD M1  NAD+AT+::95  NAD+WP+::95  NAD+VT+::95  NAD+CB+::95
    )
    SG4 C99 (
        MOA M1  MOA+39  MOA+40  MOA+68
    )
"""
"""The header of both (segments D, their use I)."""

SEGMENTS: Final = """
    UNH M1
    BGM M1      BGM+~{code}:::{name}
    {header}
    SG7 C9999 (
        DMS M1
        RFF C9  RFF+MB  RFF+MWB  RFF+BH  RFF+HWB  RFF+AAQ*5
        SG8 C1 (
            NAD M1  NAD+SU+::95
        )
        SG11 C9 (
            TOD M1  TOD+{term}++::95
            FTX C9  FTX+AAA
        )
        SG15 C9999 (
            CST M1  CST++::95
            LOC C99 LOC+27+::5  LOC+{preference}+::5
            MEA C99 MEA+AAA*99
            NAD C9  NAD+SU+::95
            {transport}
            SG18 C99 (
                MOA M1  MOA+{price}  MOA+68
            )
            SG22 C99 (
                RFF M1  RFF+ABD  RFF+AED  RFF+{treatment}  RFF+{scheme}  RFF+{rule}  RFF+ASA  RFF+DA  RFF+{permit}*20
            )
            SG25 C99 (
                GIS M1  GIS+:109:95*9
            )
        )
    )
    UNT M1
"""


def periodic_segments(name: str, transport: str = "") -> str:
    """The segment table of a periodic declaration; `transport` is the row that only one of them has in a line."""
    return SEGMENTS.format(
        name=name,
        code=choices.PERIODIC_DECLARATION,
        header=HEADER,
        term=choices.INVOICE_TERM,
        preference=choices.PREFERENCE_COUNTRY,
        price=choices.LINE_PRICE,
        treatment=choices.TREATMENT,
        scheme=choices.PREFERENCE_SCHEME,
        rule=choices.PREFERENCE_RULE,
        permit=choices.PERMIT,
        transport=transport,
    )


class PeriodicLine(Part):
    """One tariff line of a periodic declaration."""

    number: int | None = at("CST/1496", "Line Number", use="M", required=True, evidence="I")
    action: str | None = at(
        "CST/C246.7361",
        "Line Action Code",
        codes=codes.LineAction,
        closed=False,
        condition="I on an original, needed on a change (4)",
        evidence="I",
    )
    origin_country: str | None = at("LOC+27/C517.3225", "Goods Origin Country Code", "a2", use="M", evidence="I")
    preference_country: str | None = at(
        f"LOC+{choices.PREFERENCE_COUNTRY}/C517.3225",
        "Preference Origin Country Code",
        "a2",
        condition="with scheme and rule",
        evidence="I",
    )
    quantities: tuple[Quantity, ...] = group(
        "MEA+AAA",
        "Quantities",
        condition="one for each unit that the tariff or statistical code demands",
        evidence="I",
    )
    supplier_id: str | None = at("NAD+SU/C082.3039", "Supplier Id", "an..11", evidence="I")
    supplier_name: str | None = at("NAD+SU/C080.3036#1", "Supplier Name", evidence="I")
    supplier_name_2: str | None = at("NAD+SU/C080.3036#2", "Supplier Name, continued", evidence="I")
    price: Decimal | None = at(f"SG18/MOA+{choices.LINE_PRICE}/C516.5004", "Price", use="M", evidence="I")
    price_currency: str | None = at(
        f"SG18/MOA+{choices.LINE_PRICE}/C516.6345", "Price Currency Code", "a3", use="M", evidence="I"
    )
    transport_insurance: Decimal | None = at("SG18/MOA+68/C516.5004", "Transport and Insurance", evidence="I")
    transport_insurance_currency: str | None = at(
        "SG18/MOA+68/C516.6345", "Transport and Insurance Currency Code", "a3", evidence="I"
    )
    tariff_class: str | None = at("SG22/RFF+ABD/C506.1154", "Tariff Classification", "n8", use="M", evidence="I")
    statistical_code: str | None = at("SG22/RFF+AED/C506.1154", "Statistical Code", "n2", use="M", evidence="I")
    treatment: str | None = at(
        f"SG22/RFF+{choices.TREATMENT}/C506.1154",
        "Treatment Code",
        "an..4",
        codes=import_codes.Treatment,
        closed=False,
        evidence="I",
    )
    preference_scheme: str | None = at(
        f"SG22/RFF+{choices.PREFERENCE_SCHEME}/C506.1154",
        "Preference Scheme Type",
        codes=import_codes.PreferenceScheme,
        closed=False,
        condition="with country and rule",
        evidence="I",
    )
    preference_rule: str | None = at(
        f"SG22/RFF+{choices.PREFERENCE_RULE}/C506.1154",
        "Preference Rule Type",
        codes=import_codes.PreferenceRule,
        closed=False,
        condition="with country and scheme",
        evidence="I",
    )
    gst_exemption: str | None = at(
        "SG22/RFF+ASA/C506.1154", "GST Exemption Code", codes=import_codes.GstExemption, closed=False, evidence="I"
    )
    wet_exemption: str | None = at(
        "SG22/RFF+DA/C506.1154", "WET Exemption Code", condition="not with WET quoted", evidence="I"
    )
    permits: tuple[str, ...] = each(
        f"SG22/RFF+{choices.PERMIT}/C506.1154", "Permit", condition="prefix and number", evidence="I"
    )
    indicators: tuple[str, ...] = each(
        "SG25/GIS+109/C529.7365", "Line Indicators", codes=import_codes.LineIndicator, closed=False, evidence="I"
    )


class Release(Part):
    """One request for cargo release that a periodic declaration covers."""

    release_number: str | None = at(
        "DMS/C106.1004", "Request for Cargo Release Number", use="M", required=True, evidence="I"
    )
    ocean_bill: str | None = at("RFF+MB/C506.1154", "Ocean Bill of Lading", "an..35", evidence="I")
    master_waybill: str | None = at("RFF+MWB/C506.1154", "Master Waybill", "an11", evidence="I")
    house_bill: str | None = at("RFF+BH/C506.1154", "House Bill of Lading", "an..35", evidence="I")
    house_waybill: str | None = at("RFF+HWB/C506.1154", "House Waybill", "an..35", evidence="I")
    containers: tuple[str, ...] = each("RFF+AAQ/C506.1154", "Container Number", evidence="I")
    supplier_id: str | None = at("SG8/NAD+SU/C082.3039", "Supplier Id", "an..11", evidence="I")
    supplier_name: str | None = at("SG8/NAD+SU/C080.3036#1", "Supplier Name", evidence="I")
    supplier_name_2: str | None = at("SG8/NAD+SU/C080.3036#2", "Supplier Name, continued", evidence="I")
    invoice_term: str | None = at(
        f"SG11/TOD+{choices.INVOICE_TERM}/C100.4053",
        "Invoice Term Type",
        codes=import_codes.InvoiceTerm,
        closed=False,
        evidence="I",
    )
    description: str | None = at(
        "SG11/FTX+AAA/C108.4440", "Goods Description", condition="only with an invoice term", evidence="I"
    )


class PeriodicDeclaration(Document):
    """Header items of both periodic declarations."""

    sender_reference: str | None = at("BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True)
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True)
    function: str | None = at(
        "BGM/1225",
        "Transaction Type",
        codes=import_codes.DeclarationFunction,
        closed=False,
        use="M",
        required=True,
        evidence="I",
    )
    period_start: date | None = at(f"DTM+{choices.PERIOD_START}/C507.2380", "Period Start Date", use="M", evidence="I")
    period_end: date | None = at(f"DTM+{choices.PERIOD_END}/C507.2380", "Period End Date", use="M", evidence="I")
    eft_indicator: str | None = at(
        "GIS+153/C529.7365", "EFT Payment Indicator", codes=codes.Indicator, closed=False, evidence="I"
    )
    valuation_basis: str | None = at(
        f"GIS+{choices.VALUATION_BASIS_LIST}/C529.7365",
        "Valuation Basis Type",
        codes=import_codes.ValuationBasis,
        closed=False,
        evidence="I",
    )
    indicators: tuple[str, ...] = each(
        "GIS+109/C529.7365",
        "Declaration Indicators",
        codes=import_codes.DeclarationIndicator,
        closed=False,
        evidence="I",
    )
    bank_account: str | None = at("FII+COQ/C078.3194", "Bank Account Number", evidence="I")
    bank_account_name: str | None = at(
        "FII+COQ/C078.3192#1", "Bank Account Name", condition="with an account number", evidence="I"
    )
    bsb: str | None = at(
        "FII+COQ/C088.3434", "Bank State Branch", "n6", condition="with an account number", evidence="I"
    )
    owner_reference: str | None = at("SG1/RFF+ABQ/C506.1154", "Accredited Importer Reference", "an..20", evidence="D")
    declaration_number: str | None = at(
        "SG1/RFF+ABT/C506.1154", "Import Declaration Number", "an9", condition="needed unless original", evidence="I"
    )
    broker_reference: str | None = at("SG1/RFF+ADU/C506.1154", "Broker Reference", evidence="I")
    bank_account_owner: str | None = at(
        "SG1/RFF+ANU/C506.1154",
        "Bank Account Owner Type",
        codes=import_codes.BankAccountOwner,
        closed=False,
        evidence="I",
    )
    importer_abn: str | None = at("SG2/NAD+AT/C082.3039", "Accredited Importer ABN", "n11", evidence="D")
    owner_centre: str | None = at(
        "SG2/NAD+WP/C082.3039", "Accredited Importer Client Activity Centre", "n3", evidence="D"
    )
    branch: str | None = at("SG2/NAD+VT/C082.3039", "Branch Id", "an6", evidence="I")
    licence: str | None = at("SG2/NAD+CB/C082.3039", "Nominee Licence Number", evidence="I")
    invoice_total: Decimal | None = at("SG4/MOA+39/C516.5004", "Invoice Total", evidence="I")
    invoice_currency: str | None = at("SG4/MOA+39/C516.6345", "Invoice Currency Code", "a3", evidence="I")
    customs_value: Decimal | None = at("SG4/MOA+40/C516.5004", "Customs Value", evidence="I")
    customs_value_currency: str | None = at("SG4/MOA+40/C516.6345", "Customs Value Currency Code", "a3", evidence="I")
    transport_insurance: Decimal | None = at("SG4/MOA+68/C516.5004", "Transport and Insurance", evidence="I")
    transport_insurance_currency: str | None = at(
        "SG4/MOA+68/C516.6345", "Transport and Insurance Currency Code", "a3", evidence="I"
    )
