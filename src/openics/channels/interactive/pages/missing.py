"""Answers that are missing: what a site sent and nothing answers, and asking for a range of interchanges again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openics.channels.interactive import outbox_queries, site_queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.pages.listing import listing
from openics.clients.register_errors import RegisterError
from openics.exchange.care import By
from openics.exchange.retransmission import MOST_AT_ONCE, send_range_again
from openics.information import disclosures
from openics.information.interest import Viewer


@require_safe
@records
def unanswered(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was sent to customs and nothing answers."""
    found = outbox_queries.unanswered(viewer, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    return listing(request, viewer, "unanswered", found, {})


@require_http_methods(["GET", "HEAD", "POST"])
@records
def again(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask which interchanges shall be sent again; on POST send them."""
    own = outbox_queries.sites(viewer)
    given = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("site", "first", "last")}
    given["site"] = given["site"] or (own[0] if len(own) == 1 else request.GET.get("site", ""))
    context: dict[str, Any] = {
        "sites": own,
        "most": MOST_AT_ONCE,
        "viewer": viewer,
        "problem": "",
        "at": "first",
        **given,
    }
    if request.method != "POST":
        return render(request, "outbox/again.html", context)
    if not given["first"]:
        return _wrong(request, context, "Enter the control reference of the first interchange")
    if site_queries.site(viewer, given["site"]) is None:
        raise refuse(viewer, "OUTBOX", f"{given['site'][:7]} again")
    disclosures.record(viewer, "OUTBOX", f"{given['site']} {given['first'][:14]}-{given['last'][:14]} again")
    return _send(request, viewer, context, **given)


def _send(
    request: HttpRequest, viewer: Viewer, context: dict[str, Any], *, site: str, first: str, last: str
) -> HttpResponse:
    by = By(viewer.email, "web", timezone.now())
    try:
        sent = send_range_again(raw_connection(), site, first, last, by)
    except RegisterError as error:
        return _wrong(request, context, f"{error.text} {error.fix}")
    if sent:
        many = "1 interchange is" if len(sent) == 1 else f"{len(sent)} interchanges are"
        messages.success(request, f"{many} sent again to {site} within a few seconds.")
    else:
        messages.info(request, "Nothing to do: all of it is on its way already.")
    return HttpResponseRedirect(reverse("outbox"))


def _wrong(request: HttpRequest, context: dict[str, Any], problem: str) -> HttpResponse:
    return render(request, "outbox/again.html", context | {"problem": problem}, status=422)
