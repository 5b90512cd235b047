"""PAYSTD, PAYPED and PAYWK: approvals of payment. One layout serves all three."""

from datetime import date
from decimal import Decimal
from typing import Final

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import revenue as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes as import_codes
from openics.messages.revenue import codes as revenue_codes
from openics.messages.sources import GUIDELINES

_SEGMENTS: Final = """
    UNH M1
    BGM M1      BGM+~{code}:::{name}
    DTM M5      DTM+{day}::102  {period}
    RFF C5      RFF+ABT  RFF+ABQ  RFF+ADU  RFF+ANU
    FII C5      FII+COQ++:::::215
    GIS C5      GIS+:153:95  GIS+:109:95*4
    SG1 C99 (
        NAD M1  NAD+AT+::95  NAD+WP+::95  NAD+IM+::95  NAD+VT+::95  NAD+CB+::95
    )
    UNS M1      UNS+S
    MOA M99     MOA+{total}  MOA+{amounts}*10
    UNT M1
"""

PERIOD: Final = f"DTM+{choices.PERIOD_START}::102  DTM+{choices.PERIOD_END}::102"
"""The uses of DTM that a payment for a week or a period has beyond the day of payment."""


def payment_guide(name: str, title: str, purpose: str, page: str, evidence: str, period: str = "") -> Guide:
    """The guide of a payment approval; `period` is `PERIOD` for those that pay for one."""
    return Guide(
        name=name,
        type="REMADV",
        title=title,
        direction="in",
        parties="owners of goods and their brokers",
        answer=f"{name}R, PAYREC",
        purpose=purpose,
        source=f"{GUIDELINES}/{page}",
        version="2.3 (12 February 2007)" if evidence == "D" else "",
        evidence=evidence,
        segments=_SEGMENTS.format(
            name=name,
            code=choices.PAYMENT,
            day=choices.PAYMENT_DATE,
            period=period,
            total=choices.PAYMENT_TOTAL,
            amounts=choices.PAYMENT_AMOUNTS,
        ),
    )


class PaymentAmount(Part):
    """One amount of what is paid."""

    kind: str | None = at(
        "C516.5025", "Amount Type", codes=revenue_codes.PaymentAmountKind, required=True, evidence="I"
    )
    amount: Decimal | None = at("C516.5004", "Amount", use="M", required=True, evidence="I")


class PaymentApproval(Document):
    """What all approvals of payment say."""

    sender_reference: str | None = at("BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True)
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True)
    function: str | None = at(
        "BGM/1225",
        "Transaction Type",
        codes=revenue_codes.PaymentFunction,
        closed=False,
        use="M",
        required=True,
        evidence="I",
    )
    payment_date: date | None = at(f"DTM+{choices.PAYMENT_DATE}/C507.2380", "Payment Date", use="M", evidence="I")
    owner_reference: str | None = at("RFF+ABQ/C506.1154", "Owner Reference", "an..20", evidence="I")
    broker_reference: str | None = at("RFF+ADU/C506.1154", "Broker Reference", evidence="I")
    bank_account_owner: str | None = at(
        "RFF+ANU/C506.1154",
        "Bank Account Owner Type",
        codes=import_codes.BankAccountOwner,
        closed=False,
        condition="with bank data",
        evidence="I",
    )
    bank_account: str | None = at("FII+COQ/C078.3194", "Bank Account Number", condition="with the BSB", evidence="I")
    bank_account_name: str | None = at(
        "FII+COQ/C078.3192#1", "Bank Account Name", condition="with an account number", evidence="I"
    )
    bsb: str | None = at(
        "FII+COQ/C088.3434", "Bank State Branch", "n6", condition="with the account number", evidence="I"
    )
    eft_indicator: str | None = at(
        "GIS+153/C529.7365", "EFT Payment Indicator", codes=codes.Indicator, closed=False, evidence="I"
    )
    indicators: tuple[str, ...] = each(
        "GIS+109/C529.7365",
        "Payment Indicators",
        codes=import_codes.DeclarationIndicator,
        closed=False,
        evidence="I",
    )
    owner_abn: str | None = at("SG1/NAD+AT/C082.3039", "Owner ABN", "n11", evidence="I")
    owner_centre: str | None = at("SG1/NAD+WP/C082.3039", "Owner Client Activity Centre", "n3", evidence="I")
    importer_id: str | None = at("SG1/NAD+IM/C082.3039", "Importer Id", "an..11", evidence="I")
    branch: str | None = at("SG1/NAD+VT/C082.3039", "Branch Id", "an6", evidence="I")
    licence: str | None = at("SG1/NAD+CB/C082.3039", "Nominee Licence Number", evidence="I")
    total: Decimal | None = at(f"MOA+{choices.PAYMENT_TOTAL}/C516.5004", "Total", use="M", evidence="I")
    currency: str | None = at(
        f"MOA+{choices.PAYMENT_TOTAL}/C516.6345", "Currency Code", "a3", condition="AUD if given", evidence="I"
    )
    amounts: tuple[PaymentAmount, ...] = group(f"MOA+{choices.PAYMENT_AMOUNTS}", "Amounts", evidence="I")


class DeclarationPayment(PaymentApproval):
    """A payment approval for one declaration."""

    declaration_number: str | None = at("RFF+ABT/C506.1154", "Import Declaration Number", "an9", use="M", evidence="I")
    declaration_version: int | None = at("RFF+ABT/C506.4000", "Import Declaration Version", evidence="I")


class StandardPayment(DeclarationPayment):
    """Payment approval for one declaration that is lodged."""

    guide = payment_guide(
        "PAYSTD",
        "Payment approval, standard",
        "Approves the payment of one declaration already lodged, by electronic transfer.",
        "paystd-payment-approval-standard",
        "D",
    )


class PeriodicPayment(DeclarationPayment):
    """Payment approval for one periodic declaration."""

    guide = payment_guide(
        "PAYPED",
        "Payment approval, periodic",
        "Approves the payment of one periodic declaration, by electronic transfer.",
        "payped-payment-approval-periodic",
        "I",
        PERIOD,
    )

    period_start: date | None = at(
        f"DTM+{choices.PERIOD_START}/C507.2380", "Period Start Date", condition="with the end", evidence="I"
    )
    period_end: date | None = at(
        f"DTM+{choices.PERIOD_END}/C507.2380", "Period End Date", condition="with the start", evidence="I"
    )


class WeeklyPayment(PaymentApproval):
    """Payment approval for the declarations lodged in the previous week."""

    guide = payment_guide(
        "PAYWK",
        "Payment approval, weekly",
        "Approves the payment, in one sum, of the declarations lodged in the previous week.",
        "paywk-payment-approval-weekly",
        "D",
        PERIOD,
    )

    settlement_number: str | None = at("RFF+ABT/C506.1154", "Weekly Settlement Number", "an9", evidence="I")
    period_start: date | None = at(
        f"DTM+{choices.PERIOD_START}/C507.2380", "Week Start Date", condition="with the end", evidence="I"
    )
    period_end: date | None = at(
        f"DTM+{choices.PERIOD_END}/C507.2380", "Week End Date", condition="with the start", evidence="I"
    )
