"""Every query of the pages. Somebody's records are read through `information.interest` and no other way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from openics.channels.interactive.paging import Page, page
from openics.exchange.models import Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information import interest
from openics.information.interest import Viewer

DECLARATION = "EDN"
"""The subject kind under which messages and events speak of an export declaration."""
MOST_RELATED = 200
BATCH_SPAN = 10_000
"""Answers to an interchange are recorded in its own batch, so that their numbers lie close behind."""

_NO_BYTES = ("interchange__content", "interchange__faults", "document", "rules")


ALL_BUT_RECEIPTS = "business"
"""Instead of a message's name: everything but CONTRL."""


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """What to look for in the list of messages; empty fields do not restrict."""

    search: str = ""
    direction: str = ""
    state: str = ""
    name: str = ""
    day: date | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything restricts the list."""
        return any((self.search, self.direction, self.state, self.name, self.day))


def messages(viewer: Viewer, wanted: MessageFilter, *, before: str = "", after: str = "") -> Page[Message]:
    """A page of the messages that the viewer may see, newest first."""
    rows = interest.messages(Message.objects.all(), viewer).filter(_message_conditions(wanted))
    rows = rows.select_related("answers", "interchange", "interchange__outbox_item")
    rows = rows.defer(*_NO_BYTES, "answers__document", "answers__rules")
    return page(rows, ("id",), before=before, after=after)


def _message_conditions(wanted: MessageFilter) -> Q:
    conditions = Q()
    if wanted.search:
        upper = wanted.search.upper()
        conditions &= (
            Q(sender_reference__startswith=wanted.search)
            | Q(sender_reference__startswith=upper)
            | Q(subject_key=upper)
            | Q(site=upper)
            | Q(name=upper)
            | Q(interchange__control_reference=wanted.search)
        )
    if wanted.day:
        start = datetime.combine(wanted.day, time(), UTC)
        conditions &= Q(recorded_at__gte=start, recorded_at__lt=start + timedelta(days=1))
    if wanted.name == ALL_BUT_RECEIPTS:
        conditions &= ~Q(name="CONTRL")
    elif wanted.name:
        conditions &= Q(name=wanted.name)
    exact = {"direction": wanted.direction, "state": wanted.state}
    return conditions & Q(**{field: value for field, value in exact.items() if value})


def message(viewer: Viewer, number: int) -> Message | None:
    """One message with its interchange, or None when there is none that the viewer may see."""
    rows = interest.messages(Message.objects.all(), viewer)
    related = (
        "interchange",
        "interchange__outbox_item",
        "interchange__outbox_item__evidence",
        "interchange__intake",
        "answers",
    )
    return (
        rows.select_related(*related)
        .defer(
            *("interchange__content", "interchange__outbox_item__evidence__content"),
            *("answers__document", "answers__rules"),
        )
        .filter(pk=number)
        .first()
    )


def interchange(viewer: Viewer, number: int) -> Interchange | None:
    """One interchange, or None when there is none that the viewer may see."""
    rows = interest.interchanges(Interchange.objects.all(), viewer)
    related = ("intake", "outbox_item", "outbox_item__evidence")
    return rows.select_related(*related).defer("outbox_item__evidence__content").filter(pk=number).first()


def messages_of(viewer: Viewer, owner: Interchange) -> Sequence[Message]:
    """The messages in an interchange, in order."""
    rows = interest.messages(Message.objects.all(), viewer).filter(interchange=owner)
    return list(rows.order_by("position").defer("document", "rules")[:MOST_RELATED])


def answers(viewer: Viewer, to: Message) -> list[Message]:
    """What was sent in answer to a message: the syntax report on its interchange, then the business answers."""
    rows = interest.messages(Message.objects.all(), viewer).filter(answers=to)
    own = list(_with_mail(rows).order_by("id")[:MOST_RELATED])
    known = {each.pk for each in own}
    return [each for each in syntax_reports(viewer, to.interchange) if each.pk not in known] + own


def syntax_reports(viewer: Viewer, received: Interchange) -> list[Message]:
    """The syntax reports (CONTRL) on a received interchange."""
    if received.direction != "in":
        return []
    rows = interest.messages(Message.objects.all(), viewer).filter(
        interchange__id__gt=received.pk,
        interchange__id__lt=received.pk + BATCH_SPAN,
        direction="out",
        name="CONTRL",
        site=received.site,
        recorded_at=received.recorded_at,
        document__control_reference=received.control_reference,
    )
    return list(_with_mail(rows).order_by("id")[:MOST_RELATED])


def reported_on(viewer: Viewer, report: Message) -> Interchange | None:
    """The received interchange that a syntax report of ours is about."""
    reference = (report.document or {}).get("control_reference")
    if report.direction != "out" or report.name != "CONTRL" or not reference:
        return None
    rows = interest.interchanges(Interchange.objects.all(), viewer).filter(
        id__lt=report.interchange_id,
        id__gt=report.interchange_id - BATCH_SPAN,
        direction="in",
        site=report.site,
        control_reference=reference,
        recorded_at=report.recorded_at,
    )
    return rows.defer("content").order_by("id").last()


def _with_mail(rows: QuerySet[Message]) -> QuerySet[Message]:
    return rows.select_related("interchange", "interchange__outbox_item").defer(*_NO_BYTES)


def declarations(
    viewer: Viewer, search: str, status: str, *, before: str = "", after: str = ""
) -> Page[ExportDeclaration]:
    """A page of the export declarations that the viewer may see, last lodged first."""
    rows = interest.declarations(viewer).defer("document")
    if search:
        upper = search.upper()
        rows = rows.filter(
            Q(edn=upper)
            | Q(sender_reference__startswith=search)
            | Q(sender_reference__startswith=upper)
            | Q(owner=upper)
            | Q(goods_owner=upper)
            | Q(site=upper)
        )
    if status:
        rows = rows.filter(status=status)
    return page(rows, ("lodged_at", "edn"), before=before, after=after)


def declaration(viewer: Viewer, edn: str) -> ExportDeclaration | None:
    """One export declaration, or None when there is none that the viewer may see."""
    return interest.declarations(viewer).filter(edn=edn).first()


def versions(declared: ExportDeclaration) -> list[ExportDeclarationVersion]:
    """The versions of a declaration that the viewer has been shown, newest first."""
    return list(declared.versions.order_by("-version")[:MOST_RELATED])


def timeline(viewer: Viewer, declared: ExportDeclaration) -> list[Event]:
    """What happened to a declaration that the viewer has been shown, newest first."""
    rows = Event.objects.filter(subject_kind=DECLARATION, subject_key=declared.edn)
    visible = set(messages_about(viewer, declared).values_list("pk", flat=True)[:MOST_RELATED])
    events = list(rows.order_by("-id")[:MOST_RELATED])
    for event in events:
        event.message_id = event.message_id if event.message_id in visible else None
    return events


def messages_about(viewer: Viewer, declared: ExportDeclaration) -> QuerySet[Message]:
    """The messages about a declaration and the answers to them, newest first."""
    about = Q(subject_kind=DECLARATION, subject_key=declared.edn)
    answered = Q(answers__subject_kind=DECLARATION, answers__subject_key=declared.edn)
    rows = interest.messages(Message.objects.all(), viewer).filter(about | answered)
    return _with_mail(rows).order_by("-id")


def intakes(viewer: Viewer, state: str, *, before: str = "", after: str = "") -> Page[Intake]:
    """A page of received items in a state, newest first."""
    return page(interest.intakes(Intake.objects.filter(state=state), viewer), ("id",), before=before, after=after)


def intake(viewer: Viewer, number: int) -> Intake | None:
    """One received item, or None when there is none that the viewer may see."""
    return interest.intakes(Intake.objects.all(), viewer).filter(pk=number).first()


def interchanges_from(viewer: Viewer, received: Intake) -> list[Interchange]:
    """What was found in a received item."""
    rows = interest.interchanges(Interchange.objects.filter(intake=received), viewer)
    return list(rows.defer("content").order_by("id")[:MOST_RELATED])


def unconfirmed(viewer: Viewer, *, before: str = "", after: str = "") -> Page[OutboxItem]:
    """A page of what was sent and is not confirmed, newest first."""
    unfinished = ~Q(state=OutboxItem.State.CONFIRMED) & ~Q(state=OutboxItem.State.DELIVERED, wants_confirmation=False)
    rows = interest.outbox_items(OutboxItem.objects.filter(unfinished), viewer)
    rows = rows.select_related("interchange").defer("interchange__content", "interchange__faults")
    return page(rows, ("id",), before=before, after=after)


def outbox_item(viewer: Viewer, number: int) -> OutboxItem | None:
    """One outgoing mail, or None when there is none that the viewer may see."""
    return interest.outbox_items(OutboxItem.objects.all(), viewer).select_related("evidence").filter(pk=number).first()


def received_bytes(received: Intake) -> bytes:
    """An item that the viewer has been shown, exactly as received."""
    return bytes(Evidence.objects.values_list("content", flat=True).get(pk=received.evidence_id))


def first_message(viewer: Viewer, numbers: Sequence[int]) -> dict[int, int]:
    """For each interchange the number of its first message."""
    rows = interest.messages(Message.objects.filter(interchange__in=numbers), viewer)
    return dict(rows.order_by("-position").values_list("interchange", "id"))
