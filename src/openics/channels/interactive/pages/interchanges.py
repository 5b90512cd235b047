"""One interchange: what was in it, what is wrong with it, and what was answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.interactive import journey, queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.raw import segments
from openics.information import disclosures
from openics.information.interest import Viewer

INTERCHANGE = "INTERCHANGE"


@require_safe
@records
def interchange_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """The interchange as a whole; most people start from one of its messages."""
    interchange = queries.interchange(viewer, number)
    if interchange is None:
        raise refuse(viewer, INTERCHANGE, number)
    disclosures.record(viewer, INTERCHANGE, number)
    reports = queries.syntax_reports(viewer, interchange)
    steps = journey.received_steps(interchange.intake, interchange, None, reports)
    context = {
        "interchange": interchange,
        "messages_inside": queries.messages_of(viewer, interchange),
        "reports": reports,
        "steps": [step for step in steps if step.name != "Decided"] if interchange.direction == "in" else [],
        "segments": segments(bytes(interchange.content)),
    }
    return render(request, "messages/interchange.html", context)
