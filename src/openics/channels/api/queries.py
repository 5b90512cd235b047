"""What the API reads. Somebody's records are read through `information.interest`, and messages only as scopes reach."""

from typing import Final

from django.db.models import Q, QuerySet

from openics.channels.api.caller import Caller
from openics.channels.api.scopes import readable
from openics.channels.interactive import queries
from openics.channels.interactive.queries import DECLARATION, MOST_RELATED
from openics.exchange.models import Intake, Interchange, Message
from openics.exports.models import ExportDeclaration
from openics.information import interest

_HEAVY: Final = ("document", "rules")


def messages(caller: Caller) -> QuerySet[Message]:
    """The messages that the caller may see, without their documents."""
    return _own(caller).defer(*_HEAVY)


def _own(caller: Caller) -> QuerySet[Message]:
    rows = interest.messages(Message.objects.all(), caller.viewer)
    return rows.filter(_in_reach(caller))


def _in_reach(caller: Caller) -> Q:
    """What the scopes let a program read; one that a broken message claims to be is nobody's secret but its sender's."""
    return Q(name__in=readable(caller.scopes)) | (Q(state="invalid") if readable(caller.scopes) else Q(pk=None))


def message(caller: Caller, number: int) -> Message | None:
    """One message with its document."""
    return _own(caller).filter(pk=number).first()


def answers(caller: Caller, to: Message) -> list[Message]:
    """What was sent in answer to a message, with its bytes."""
    rows = _own(caller).filter(Q(answers=to) | Q(pk__in=_reports(caller, to.interchange)))
    return list(rows.select_related("interchange").order_by("id")[:MOST_RELATED])


def _reports(caller: Caller, received: Interchange) -> list[int]:
    """The syntax reports on a received interchange."""
    return [each.pk for each in queries.syntax_reports(caller.viewer, received)]


def interchanges(caller: Caller) -> QuerySet[Interchange]:
    """The interchanges that the caller may see, without their bytes: those with no message beyond its scopes."""
    rows = interest.interchanges(Interchange.objects.all(), caller.viewer)
    if not readable(caller.scopes):
        return rows.none()
    beyond = Message.objects.exclude(_in_reach(caller)).values("interchange")
    return rows.exclude(pk__in=beyond).defer("content")


def interchange(caller: Caller, number: int) -> Interchange | None:
    """One interchange with its bytes."""
    return interchanges(caller).defer(None).filter(pk=number).first()


def submissions(caller: Caller) -> QuerySet[Intake]:
    """What came through the API from the caller's sites."""
    rows = interest.intakes(Intake.objects.filter(channel="api"), caller.viewer)
    return rows if readable(caller.scopes) else rows.none()


def submission(caller: Caller, number: int) -> Intake | None:
    """One submission."""
    return submissions(caller).filter(pk=number).first()


def interchanges_in(caller: Caller, received: Intake) -> list[Interchange]:
    """What was found in a submission."""
    return list(interchanges(caller).filter(intake=received).order_by("id")[:MOST_RELATED])


def messages_in(caller: Caller, received: Intake) -> list[Message]:
    """The messages of a submission, in order."""
    rows = messages(caller).filter(interchange__intake=received)
    return list(rows.order_by("interchange", "position")[:MOST_RELATED])


def answers_in(caller: Caller, received: Intake) -> list[Message]:
    """Everything that was sent in answer to a submission."""
    reports = [number for each in interchanges_in(caller, received) for number in _reports(caller, each)]
    rows = _own(caller).filter(Q(answers__interchange__intake=received) | Q(pk__in=reports))
    return list(rows.select_related("interchange").order_by("id")[:MOST_RELATED])


def messages_about(caller: Caller, declared: ExportDeclaration) -> list[Message]:
    """The messages about a declaration and the answers to them, newest first."""
    about = Q(subject_kind=DECLARATION, subject_key=declared.edn)
    answered = Q(answers__subject_kind=DECLARATION, answers__subject_key=declared.edn)
    return list(messages(caller).filter(about | answered).order_by("-id")[:MOST_RELATED])


def declarations_named(caller: Caller, reference: str) -> list[ExportDeclaration]:
    """Declarations by number or sender reference, if the scopes reach so far."""
    if "exports:read" not in caller.scopes:
        return []
    rows = interest.declarations(caller.viewer)
    return list(rows.filter(Q(edn=reference.upper()) | Q(sender_reference=reference)).order_by("edn")[:20])


def messages_named(caller: Caller, reference: str) -> list[Message]:
    """Received messages by sender reference or by what they are about."""
    rows = messages(caller).filter(Q(sender_reference=reference) | Q(subject_key=reference.upper()), direction="in")
    return list(rows.order_by("-id")[:20])
