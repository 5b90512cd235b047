"""Messages on payments, receipts, refunds and drawback."""

from typing import Final

from openics.messages.document import Document
from openics.messages.revenue.drwbck import DrawbackClaim
from openics.messages.revenue.payment import PeriodicPayment, StandardPayment, WeeklyPayment
from openics.messages.revenue.payrec import PaymentReceipt
from openics.messages.revenue.refund import RefundAccepted, RefundRejected
from openics.messages.revenue.responses import (
    DrawbackResponse,
    PeriodicPaymentResponse,
    StandardPaymentResponse,
    WeeklyPaymentResponse,
)

MESSAGES: Final[tuple[type[Document], ...]] = (
    StandardPayment,
    StandardPaymentResponse,
    PeriodicPayment,
    PeriodicPaymentResponse,
    WeeklyPayment,
    WeeklyPaymentResponse,
    PaymentReceipt,
    RefundAccepted,
    RefundRejected,
    DrawbackClaim,
    DrawbackResponse,
)
