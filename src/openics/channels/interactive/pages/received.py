"""Received items that went no further, and what became of a submission."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.interactive import journey, queries
from openics.channels.interactive.access import on_duty, records, refuse
from openics.channels.interactive.pages.listing import listing
from openics.clients.access_codes import Duty
from openics.exchange.models import Intake
from openics.information import disclosures
from openics.information.interest import Viewer

SHOWN_STATES = (Intake.State.REFUSED, Intake.State.PARKED, Intake.State.PENDING)


@require_safe
@on_duty(Duty.GATEWAY)
def gateway(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the gateway refused, what is parked, and what waits."""
    state = request.GET.get("state", "")
    chosen = state if state in SHOWN_STATES else Intake.State.REFUSED
    found = queries.intakes(viewer, chosen, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    return listing(request, viewer, "gateway", found, {"state": chosen, "states": SHOWN_STATES})


@require_safe
@records
def received_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """One received item: how far it came, what was checked, and why it went no further."""
    intake = queries.intake(viewer, number)
    if intake is None:
        raise refuse(viewer, "RECEIVED", number)
    interchanges = queries.interchanges_from(viewer, intake)
    steps = journey.received_steps(intake, interchanges[0] if interchanges else None, None, [])[:3]
    owners = [each.pk for each in interchanges]
    context = {
        "intake": intake,
        "interchanges": interchanges,
        "steps": steps,
        "first_message": queries.first_message(viewer, owners),
    }
    if getattr(request, "htmx", None):
        disclosures.record_refresh(viewer, "RECEIVED", number)
        return render(request, "gateway/_state.html", context)
    disclosures.record(viewer, "RECEIVED", number)
    return render(request, "gateway/received.html", context)
