"""The list of messages, and the journey of one."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.interactive import journey, queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.documents import Sheet, sheet
from openics.channels.interactive.pages.listing import listing
from openics.channels.interactive.raw import segments
from openics.channels.interactive.rulebook import rule_lines
from openics.exchange.models import Message
from openics.information import disclosures
from openics.information.interest import Viewer
from openics.messages.registry import ALL, by_name

MESSAGE = "MESSAGE"


@require_safe
@records
def message_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The messages that the viewer may see, filtered; refreshes itself while the newest are shown."""
    wanted, problem = _wanted(request)
    context = {
        "wanted": wanted,
        "problem": problem,
        "all_but_receipts": queries.ALL_BUT_RECEIPTS,
        "names": sorted(document.name for document in ALL),
        "states": Message.State.choices,
        "entered_day": request.GET.get("day", ""),
    }
    found = queries.messages(viewer, wanted, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    return listing(request, viewer, "messages", found, context)


def _wanted(request: HttpRequest) -> tuple[queries.MessageFilter, str]:
    given = {name: request.GET.get(name, "").strip() for name in ("search", "direction", "state", "name", "day")}
    day, problem = None, ""
    try:
        day = date.fromisoformat(given["day"]) if given["day"] else None
    except ValueError:
        problem = "Enter the day as year, month and day, for example 2026-03-31"
    search = given["search"].replace("\0", "")
    return queries.MessageFilter(search, given["direction"], given["state"], given["name"], day), problem


@require_safe
@records
def message_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """What happened to a message, from its bytes to its answers."""
    message = queries.message(viewer, number)
    if message is None:
        raise refuse(viewer, MESSAGE, number)
    answers = queries.answers(viewer, message)
    context = {"message": message, "answers": answers, "steps": _steps(message, answers)}
    if getattr(request, "htmx", None):
        disclosures.record_refresh(viewer, MESSAGE, number)
        return render(request, "messages/_steps.html", context)
    disclosures.record(viewer, MESSAGE, number)
    return render(request, "messages/journey.html", context | _inside(viewer, message))


def _steps(message: Message, answers: list[Message]) -> list[journey.Step]:
    interchange = message.interchange
    if message.direction == "out":
        return journey.sent_steps(message, getattr(interchange, "outbox_item", None))
    return journey.received_steps(interchange.intake, interchange, message, answers)


def _inside(viewer: Viewer, message: Message) -> dict[str, Any]:
    """What the message says, and the bytes around it if the viewer may see all that is in them."""
    whole = queries.interchange(viewer, message.interchange_id)
    document: Sheet | None = sheet(message.document, by_name(message.name)) if message.document else None
    return {
        "document": document,
        "rules": rule_lines(message.name, message.rules, message.findings),
        "segments": segments(bytes(whole.content)) if whole else "",
        "reported_on": queries.reported_on(viewer, message),
        "intake": whole.intake if whole else None,
        "item": getattr(whole, "outbox_item", None),
    }
