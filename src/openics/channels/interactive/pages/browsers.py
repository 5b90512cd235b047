"""The public page on the browsers in which the pages were tried."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.interactive.access import public
from openics.channels.interactive.guidance.browsers import last_run


@require_safe
@public
def browsers(request: HttpRequest) -> HttpResponse:
    """Which browsers went which journeys through the pages, with scripts and without, and when."""
    return render(request, "guidance/browsers.html", {"run": last_run()})
