"""EDI sites: the list, and the page of one with its certificates and its history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive import gateway_queries, site_queries
from openics.channels.interactive.access import may_amend_sites, records, refuse
from openics.channels.interactive.pages.listing import listing
from openics.exchange.care import SITE
from openics.information import disclosures
from openics.information.interest import Viewer


@require_safe
@records
def site_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The sites that the viewer may see."""
    search = request.GET.get("search", "").replace("\0", "").strip()
    only = request.GET.get("only", "")
    only = only if only in site_queries.FILTERS else ""
    marks = {mark: request.GET.get(mark, "") for mark in ("before", "after")}
    now = timezone.now()
    found = site_queries.sites(viewer, search, only, now, **marks)
    ends = {each.certificate.site: each for each in reversed(site_queries.expiring(viewer, now))}
    context = {
        "search": search,
        "only": only,
        "filters": site_queries.FILTERS,
        "ends": ends,
        "may_amend": may_amend_sites(viewer),
    }
    return listing(request, viewer, "sites", found, context)


@require_safe
@records
def site_page(request: HttpRequest, viewer: Viewer, site: str) -> HttpResponse:
    """State, addresses, certificates, history, and for officers what can be changed."""
    found = site_queries.site(viewer, site)
    if found is None:
        raise refuse(viewer, SITE, site)
    disclosures.record(viewer, SITE, site)
    held = site_queries.certificates(found, timezone.now())
    context = {
        "site": found,
        "viewer": viewer,
        "may_amend": may_amend_sites(viewer),
        "line": gateway_queries.line(found.site_id, timezone.now()),
        "certificates": held,
        "counting": sum(each.standing in {"in force", "not yet valid"} for each in held),
        "history": site_queries.history(found, own=not viewer.officer),
        "waiting": site_queries.waiting(found),
    }
    return render(request, "sites/site.html", context)
