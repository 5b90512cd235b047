"""What is on its way out, and sending it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from openics.channels.interactive import queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.pages.listing import listing
from openics.exchange.models import OutboxItem
from openics.exchange.outbox import request_redelivery
from openics.information import disclosures
from openics.information.interest import Viewer


@require_safe
@records
def outbox_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was sent and is not confirmed."""
    found = queries.unconfirmed(viewer, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    owners = [item.interchange_id for item in found.rows if item.interchange_id]
    return listing(request, viewer, "outbox", found, {"first_message": queries.first_message(viewer, owners)})


@require_POST
@records
def send_again(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """Send an answer again; harmless, as the site's software drops what it has already."""
    item = queries.outbox_item(viewer, number)
    if item is None:
        raise refuse(viewer, "OUTBOX", number)
    disclosures.record(viewer, "OUTBOX", f"{number} again")
    if request_redelivery(raw_connection(), number, timezone.now()):
        messages.success(request, "It will be signed, encrypted and sent again within a few seconds.")
    else:
        messages.info(request, "Nothing to do: it is on its way already.")
    return HttpResponseRedirect(_back(viewer, item))


def _back(viewer: Viewer, item: OutboxItem) -> str:
    owners = [item.interchange_id] if item.interchange_id else []
    message = queries.first_message(viewer, owners).get(item.interchange_id or 0)
    return reverse("message", args=[message]) if message else reverse("outbox")
