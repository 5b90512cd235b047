"""Withdrawing an export declaration from its page: the same message that a trader's software would send."""

from django.conf import settings
from django.utils import timezone

from openics.channels.interactive.database import raw_connection
from openics.exchange import submission
from openics.exchange.submission import Progress
from openics.exports.codes import Status
from openics.exports.models import ExportDeclaration
from openics.information.interest import Viewer, may_act
from openics.messages.codes import DeclarationFunction
from openics.messages.exports.exd import ExportDeclaration as Message

FINAL = frozenset({Status.WITHDRAWN, Status.EXPIRED, Status.EXPIRED_ERROR, Status.REJECTED})
"""Statuses that a withdrawal cannot follow: the goods have left, or there is nothing to take back."""


def can_be_withdrawn(viewer: Viewer, declared: ExportDeclaration) -> bool:
    """Whether the viewer may withdraw it now."""
    return may_act(viewer, declared) and declared.status not in FINAL


def withdrawal_of(declared: ExportDeclaration) -> Message:
    """The message that withdraws a declaration: its document in force, as the next version, with function 50."""
    return Message.from_json(declared.document).replace(
        function=DeclarationFunction.WITHDRAW.value,
        sender_reference=declared.sender_reference,
        version=declared.version + 1,
        declaration_number=declared.edn,
    )


def withdraw(viewer: Viewer, declared: ExportDeclaration) -> Progress:
    """Submit the withdrawal and wait a little for the decision; it is durable even when the answer is still to come."""
    connection = raw_connection()
    intake = submission.submit_document(
        connection,
        withdrawal_of(declared),
        site=declared.site,
        channel="web",
        person=viewer.email,
        policy=settings.EXCHANGE_POLICY,
        now=timezone.now(),
    )
    return submission.wait(connection, intake, settings.DECISION_PATIENCE)
