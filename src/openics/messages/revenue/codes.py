"""Code lists of the messages on payments, refunds and drawback.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class PaymentFunction(CodeList):
    """BGM 1225 values of a payment approval (as on the other messages, I)."""

    ORIGINAL = "9", "original"
    CHANGE = "4", "change: takes the place of an approval that is not processed yet"
    WITHDRAW = "50", "withdraw: before the payment is processed"


class ClaimMethod(CodeList):
    """Methods of a drawback claim (customs guidance, D; letters as published there, place I)."""

    SHIPMENT = "A", "shipment by shipment"
    REPRESENTATIVE = "B", "representative shipment"
    IMPUTATION = "C", "imputation"


class PaymentAmountKind(CodeList):
    """MOA 5025 of what makes up a payment: the amounts of a receipt without the total (codes seen, S; most meanings I)."""

    DUTY = "7", "not known, taken as duty"
    PROCESSING_CHARGE = "23", "import processing charge"
    DUMPING_DUTY = "9", "not known, taken as dumping and countervailing duty"
    OTHER = "58", "not known, taken as other charges"
    WINE_TAX = "149", "not known, taken as wine equalisation tax"
    GST = "369", "goods and services tax"
    LUXURY_CAR_TAX = "371", "not known, taken as luxury car tax"
    QUARANTINE_CHARGE = "26", "biosecurity entry charge"
    INTEREST = "206", "not known, taken as interest and penalty"
    DEPOSITS = "304", "not known, taken as deposits and securities"
