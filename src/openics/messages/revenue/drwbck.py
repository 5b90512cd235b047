"""DRWBCK: a claim for drawback of duty."""

from datetime import date
from decimal import Decimal

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import imports as import_choices
from openics.messages.choices import revenue as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, group
from openics.messages.imports import codes as import_codes
from openics.messages.revenue import codes as revenue_codes


class DrawbackLine(Part):
    """Goods that were imported and have been exported again, with the duty claimed for them."""

    number: int | None = at("CST/1496", "Line Number", use="M", required=True, evidence="I")
    action: str | None = at(
        "CST/C246.7361",
        "Line Action Code",
        codes=codes.LineAction,
        closed=False,
        condition="I on an original, needed on a change (4)",
        evidence="I",
    )
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", use="M", evidence="I")
    export_date: date | None = at(f"DTM+{choices.EXPORT_DATE}/C507.2380", "Date of Export", use="M", evidence="I")
    quantity: Decimal | None = at("MEA+AAA/C174.6314", "Quantity Exported", use="M", evidence="I")
    quantity_unit: str | None = at(
        "MEA+AAA/C174.6411", "Quantity Unit", codes=codes.Unit, closed=False, use="M", evidence="I"
    )
    customs_value: Decimal | None = at(
        "SG33/MOA+40/C516.5004", "Import Customs Value", use="M", condition="in AUD", evidence="I"
    )
    export_price: Decimal | None = at(
        f"SG33/MOA+{choices.EXPORT_PRICE}/C516.5004", "FOB Export Price", use="M", condition="in AUD", evidence="I"
    )
    duty_paid: Decimal | None = at(
        f"SG33/MOA+{choices.DUTY_PAID}/C516.5004", "Duty Paid", condition="unless by imputation", evidence="I"
    )
    duty_claimed: Decimal | None = at(
        f"SG33/MOA+{choices.DUTY_CLAIMED}/C516.5004", "Duty Claimed", use="M", condition="in AUD", evidence="I"
    )
    tariff_class: str | None = at("SG35/RFF+ABD/C506.1154", "Tariff Classification", "n8", use="M", evidence="I")
    statistical_code: str | None = at("SG35/RFF+AED/C506.1154", "Statistical Code", "n2", evidence="I")
    import_declaration: str | None = at(
        f"SG35/RFF+{choices.IMPORT_LINE}/C506.1154",
        "Import Declaration Number",
        "an9",
        condition="needed unless by imputation",
        evidence="I",
    )
    import_line: int | None = at(
        f"SG35/RFF+{choices.IMPORT_LINE}/C506.1156",
        "Import Declaration Line Number",
        condition="with the import declaration",
        evidence="I",
    )
    export_declaration: str | None = at(
        f"SG35/RFF+{choices.EXPORT_LINE}/C506.1154", "Export Declaration Number", "an9", use="M", evidence="I"
    )
    export_line: int | None = at(
        f"SG35/RFF+{choices.EXPORT_LINE}/C506.1156", "Export Declaration Line Number", evidence="I"
    )


class DrawbackClaim(Document):
    """Drawback claim: duty paid on goods that have been exported is claimed back."""

    guide = Guide(
        name="DRWBCK",
        type="CUSDEC",
        title="Drawback request",
        direction="in",
        parties="exporters of imported goods and their brokers",
        answer="DRWBCKR, REFACC, REFREJ",
        purpose="Claims back the duty paid on imported goods that have been exported. Its segment table is not published; the "
        "layout here is that of the self-assessed clearance, with the items of a claim.",
        source="https://www.ato.gov.au/law/view/document?DocID=RRG/19260203/133",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.DRAWBACK}:::DRWBCK
            GIS C25     GIS+:{choices.CLAIM_METHOD_LIST}:95
            FII C1      FII+COQ++:::::215
            FTX C99     FTX+{import_choices.CHANGE_REASON}
            SG1 C99 (
                RFF M1  RFF+ABT  RFF+ABQ  RFF+ADU  RFF+ANU
            )
            SG6 C10 (
                NAD M1  NAD+AT+::95  NAD+WP+::95  NAD+IM+::95  NAD+VT+::95  NAD+CB+::95
                COM C5  COM+:TE
            )
            SG8 C25 (
                MOA M1  MOA+{choices.CLAIM_TOTAL}
            )
            UNS M1      UNS+D
            SG30 C99999 (
                CST M1  CST++::95
                FTX C9  FTX+AAA
                DTM C5  DTM+{choices.EXPORT_DATE}::102
                MEA C20 MEA+AAA
                SG33 C25 (
                    MOA M1  MOA+40  MOA+{choices.EXPORT_PRICE}  MOA+{choices.DUTY_PAID}  MOA+{choices.DUTY_CLAIMED}
                )
                SG35 C999 (
                    RFF M1  RFF+ABD  RFF+AED  RFF+{choices.IMPORT_LINE}  RFF+{choices.EXPORT_LINE}
                )
            )
            UNS M1      UNS+S
            UNT M1
        """,
    )

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
    method: str | None = at(
        f"GIS+{choices.CLAIM_METHOD_LIST}/C529.7365",
        "Claim Method",
        codes=revenue_codes.ClaimMethod,
        closed=False,
        use="M",
        evidence="I",
    )
    bank_account: str | None = at("FII+COQ/C078.3194", "Bank Account Number", use="M", evidence="I")
    bank_account_name: str | None = at(
        "FII+COQ/C078.3192#1", "Bank Account Name", condition="with an account number", evidence="I"
    )
    bsb: str | None = at("FII+COQ/C088.3434", "Bank State Branch", "n6", use="M", evidence="I")
    change_reason: str | None = at(
        f"FTX+{import_choices.CHANGE_REASON}/C108.4440",
        "Change Reason",
        condition="needed on a change (4)",
        evidence="I",
    )
    claim_number: str | None = at(
        "SG1/RFF+ABT/C506.1154", "Drawback Claim Number", "an9", condition="needed unless original", evidence="I"
    )
    owner_reference: str | None = at("SG1/RFF+ABQ/C506.1154", "Owner Reference", "an..20", evidence="I")
    broker_reference: str | None = at("SG1/RFF+ADU/C506.1154", "Broker Reference", evidence="I")
    bank_account_owner: str | None = at(
        "SG1/RFF+ANU/C506.1154",
        "Bank Account Owner Type",
        codes=import_codes.BankAccountOwner,
        closed=False,
        evidence="I",
    )
    claimant_abn: str | None = at(
        "SG6/NAD+AT/C082.3039", "Claimant ABN", "n11", condition="or claimant id", evidence="I"
    )
    claimant_centre: str | None = at("SG6/NAD+WP/C082.3039", "Claimant Client Activity Centre", "n3", evidence="I")
    claimant_id: str | None = at(
        "SG6/NAD+IM/C082.3039", "Claimant Id", "an..11", condition="or claimant ABN", evidence="I"
    )
    claimant_name: str | None = at("SG6/NAD+IM/C058.3124", "Claimant Name", evidence="I")
    branch: str | None = at("SG6/NAD+VT/C082.3039", "Branch Id", "an6", evidence="I")
    licence: str | None = at("SG6/NAD+CB/C082.3039", "Nominee Licence Number", evidence="I")
    contact_phone: str | None = at("SG6/COM+TE/C076.3148", "Contact Telephone", evidence="I")
    total: Decimal | None = at(
        f"SG8/MOA+{choices.CLAIM_TOTAL}/C516.5004", "Total Claimed", use="M", condition="in AUD", evidence="I"
    )
    lines: tuple[DrawbackLine, ...] = group("SG30", "Lines", use="M")
