"""Merging two clients that are found to be the same: proposals, both records side by side, and the merging itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import client_forms as forms
from openics.channels.interactive import client_queries as queries
from openics.channels.interactive.access import on_duty
from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.pages.clients import about, seen
from openics.clients import merging, similarity
from openics.clients.access_codes import Duty
from openics.clients.due import legal_date
from openics.clients.models import Client
from openics.clients.register_errors import RegisterError
from openics.clients.register_record import differences
from openics.exchange import client_care
from openics.exchange.care import By
from openics.information import disclosures
from openics.information.interest import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty(Duty.REGISTRATION)
def merge(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Clients that resemble this one; with `other`, both records and what the merging does; on POST the merging."""
    found = seen(viewer, client, " merge")
    other_id = forms.code(request.POST if request.method == "POST" else request.GET, "other")
    context: dict[str, Any] = {
        **about(viewer, found, legal_date(timezone.now())),
        "other_id": other_id[:40],
        "reason": request.POST.get("reason", ""),
        "problem": "",
    }
    if not other_id:
        return render(request, "clients/similar.html", {**context, "similar": _similar(viewer, found)})
    other = queries.client(viewer, other_id)
    if other is None or other.pk == found.pk:
        problem = "Enter the ABN or CCID of another client on the register"
        return render(
            request,
            "clients/similar.html",
            {**context, "similar": _similar(viewer, found), "problem": problem},
            status=422,
        )
    disclosures.record(viewer, "CLIENT", f"{other.client_id} merge")
    if request.method == "POST":
        return _make(request, viewer, found, other, context)
    return _compare(request, found, other, context)


def _similar(viewer: Viewer, found: Client) -> list[similarity.Likeness]:
    with raw_connection().cursor() as cursor:
        proposed = similarity.similar(cursor, found.name, found.address, but=found.client_id)
    for each in proposed:
        disclosures.record(viewer, "CLIENT", f"{each.client_id} similar")
    return proposed


def _compare(request: HttpRequest, found: Client, other: Client, context: dict[str, Any]) -> HttpResponse:
    kept, gone = queries.stored(found).record, queries.stored(other).record
    try:
        merged = merging.merge(kept, gone)
    except RegisterError as error:
        return _wrong(request, found, f"{error.text} {error.fix}")
    shown = {**context, "other": other, "records": (kept, gone), "taken": differences(kept, merged.survivor)}
    return render(request, "clients/merge.html", shown, status=422 if context["problem"] else 200)


def _make(request: HttpRequest, viewer: Viewer, found: Client, other: Client, context: dict[str, Any]) -> HttpResponse:
    by = By(viewer.email, "web", timezone.now())
    try:
        client_care.merge(raw_connection(), found.client_id, other.client_id, context["reason"], by)
    except RegisterError as error:
        if error.code.endswith("-reason"):
            return _compare(request, found, other, {**context, "problem": f"{error.text} {error.fix}"})
        return _wrong(request, found, f"{error.text} {error.fix}")
    messages.success(request, f"{other.client_id} is merged into {found.client_id} and answers with this record.")
    return HttpResponseRedirect(reverse("client", args=[found.client_id]))


def _wrong(request: HttpRequest, found: Client, text: str) -> HttpResponse:
    messages.error(request, text)
    return HttpResponseRedirect(reverse("client_merge", args=[found.client_id]))
