"""PAYREC: a payment receipt."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from openics.edifact.guide import Guide
from openics.messages.fields import at, group
from openics.messages.imports.amounts import Total, totals
from openics.messages.imports.answers import TOTALS
from openics.messages.imports.codes import AmountKind
from openics.messages.response import Answer
from openics.messages.sources import WALNUT

RECEIPT_ORDER: Final = (
    AmountKind.RECEIVED_DUTY,
    AmountKind.PROCESSING_CHARGE,
    AmountKind.RECEIVED_DUMPING_DUTY,
    AmountKind.RECEIVED_OTHER,
    AmountKind.RECEIVED_WINE_TAX,
    AmountKind.GST,
    AmountKind.RECEIVED_LUXURY_CAR_TAX,
    AmountKind.QUARANTINE_CHARGE,
    AmountKind.RECEIVED_INTEREST,
    AmountKind.RECEIVED_DEPOSITS,
    AmountKind.TOTAL,
)
"""The amounts of a receipt: all of them are sent, in this order, zero or not (S)."""


def receipt_totals(amounts: Mapping[AmountKind, Decimal]) -> tuple[Total, ...]:
    """The amounts of a receipt: what is not given is zero, and the total is the sum of the others."""
    parts = [(kind, amounts.get(kind, Decimal(0))) for kind in RECEIPT_ORDER[:-1]]
    return totals([*parts, (AmountKind.TOTAL, sum((amount for _, amount in parts), Decimal(0)))])


class PaymentReceipt(Answer):
    """Payment receipt: what was paid for a declaration."""

    guide = Guide(
        name="PAYREC",
        type="CUSRES",
        title="Payment receipt",
        direction="out",
        parties="the sender of the declaration, or of the payment approval",
        purpose="Customs confirms a payment with a receipt number and with every amount that it was made of.",
        source=WALNUT,
        evidence="S",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::PAYREC
            DTM C9      DTM+138::102
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+CM+::95  NAD+IM+::95  NAD+VT+::95  NAD+COQ+::215  NAD+AO+::215
            )
            SG3 C999 (
                RFF M1  RFF+ABO  RFF+ABQ  RFF+ADU  RFF+ABT  RFF+RA  RFF+AII
            )
            {TOTALS}
            UNT M1
        """,
    )

    payment_date: date | None = at("DTM+138/C507.2380", "Payment Date")
    agency_abn: str | None = at("SG1/NAD+CM/C082.3039", "Customs Agency ABN", "n11")
    importer_id: str | None = at("SG1/NAD+IM/C082.3039", "Importer ABN or CCID", "an..11")
    branch: str | None = at("SG1/NAD+VT/C082.3039", "Branch Id", "an6")
    bsb: str | None = at("SG1/NAD+COQ/C082.3039", "Bank State Branch", "n6")
    bank_account: str | None = at("SG1/NAD+AO/C082.3039", "Bank Account Number")
    bank_account_name: str | None = at("SG1/NAD+AO/C080.3036", "Bank Account Name")
    owner_reference: str | None = at("SG3/RFF+ABQ/C506.1154", "Owner Reference", "an..20")
    broker_reference: str | None = at("SG3/RFF+ADU/C506.1154", "Broker Reference")
    declaration_number: str | None = at("SG3/RFF+ABT/C506.1154", "Import Declaration Number", "an9")
    receipt_number: str | None = at("SG3/RFF+RA/C506.1154", "Receipt Number", "an9")
    bank_transaction: str | None = at("SG3/RFF+AII/C506.1154", "Bank Transaction Number")
    totals: tuple[Total, ...] = group("SG5", "Amounts")
