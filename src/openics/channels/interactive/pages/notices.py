"""Notices: what the people of a client were told, and one of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.interactive import notice_queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.pages.listing import listing
from openics.information import disclosures
from openics.information.interest import Viewer

NOTICE = "NOTICE"


@require_safe
@records
def notice_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The viewer's notices, the latest first."""
    only = "open" if request.GET.get("only") == "open" else ""
    marks = {mark: request.GET.get(mark, "") for mark in ("before", "after")}
    return listing(request, viewer, "notices", notice_queries.notices(viewer, only, **marks), {"only": only})


@require_safe
@records
def notice_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """One notice as it was mailed."""
    found = notice_queries.notice(viewer, number)
    if found is None:
        raise refuse(viewer, NOTICE, number)
    disclosures.record(viewer, NOTICE, number)
    return render(request, "notices/notice.html", {"notice": found, "viewer": viewer})
