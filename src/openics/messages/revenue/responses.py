"""The answers to payment approvals and drawback claims; none of them has been seen (I)."""

from openics.messages.imports.answers import DeclarationAnswer, answer_guide


class StandardPaymentResponse(DeclarationAnswer):
    """Response to a standard payment approval."""

    guide = answer_guide(
        "PAYSTDR",
        "a standard payment approval",
        "Payment approval response, standard",
        "the sender of the payment approval",
        page="paystd-payment-approval-standard",
    )


class PeriodicPaymentResponse(DeclarationAnswer):
    """Response to a periodic payment approval."""

    guide = answer_guide(
        "PAYPEDR",
        "a periodic payment approval",
        "Payment approval response, periodic",
        "the sender of the payment approval",
        page="payped-payment-approval-periodic",
    )


class WeeklyPaymentResponse(DeclarationAnswer):
    """Response to a weekly payment approval."""

    guide = answer_guide(
        "PAYWKR",
        "a weekly payment approval",
        "Payment approval response, weekly",
        "the sender of the payment approval",
        page="paywk-payment-approval-weekly",
    )


class DrawbackResponse(DeclarationAnswer):
    """Response to a drawback claim."""

    guide = answer_guide(
        "DRWBCKR",
        "a drawback claim",
        "Drawback request response",
        "the sender of the drawback claim",
        page="drwbck-drawback-request",
    )
