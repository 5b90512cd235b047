"""Code lists of the messages on payments, refunds and drawback.

Sources are named in each list. `evidence` is D documented, S seen in traffic, I inferred, U unverified.
"""

from openics.messages.codes import CodeList


class PaymentFunction(CodeList):
    """BGM 1225 values of a payment approval (as on the other messages, I)."""

    ORIGINAL = "9", "original"
    WITHDRAW = "50", "withdraw: before the payment is processed"


class ClaimMethod(CodeList):
    """Methods of a drawback claim (customs guidance, D; letters as published there, place I)."""

    SHIPMENT = "A", "shipment by shipment"
    REPRESENTATIVE = "B", "representative shipment"
    IMPUTATION = "C", "imputation"
