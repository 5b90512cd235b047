"""What all lists have in common: a recorded look, a fragment for the page that refreshes itself, links to neighbours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openics.channels.interactive.paging import Page
from openics.information import disclosures
from openics.information.interest import Viewer


def listing(request: HttpRequest, viewer: Viewer, name: str, found: Page[Any], context: dict[str, Any]) -> HttpResponse:
    """Answer with the list `name` (templates `name/list.html` and `name/_rows.html`)."""
    query = request.GET.copy()
    for mark in ("before", "after"):
        query.pop(mark, None)
    looked_for = query.urlencode()
    context = {**context, "page": found, "query": looked_for, "viewer": viewer}
    if getattr(request, "htmx", None):
        disclosures.record_refresh(viewer, name.upper(), looked_for)
        return render(request, f"{name}/_rows.html", context)
    disclosures.record(viewer, name.upper(), looked_for)
    return render(request, f"{name}/list.html", context)
