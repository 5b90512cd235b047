"""Planned outages as officers announce, change and call them off."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import outage_board, outage_forms
from openics.channels.interactive.access import on_duty
from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.outage_forms import Entered
from openics.clients.access_codes import Duty
from openics.clients.register_errors import RegisterError
from openics.continuity import outage_store
from openics.continuity.outages import Outage
from openics.exchange import outage_care
from openics.exchange.care import By
from openics.exchange.outage_care import OUTAGE
from openics.information import disclosures
from openics.information.interest import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty(Duty.GATEWAY)
def outage_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All planned outages, and the form for another one; on POST announce it."""
    entered = Entered()
    problems: dict[str, str] = {}
    if request.method == "POST":
        entered = Entered.read(request.POST)
        wanted, problems = outage_forms.wanted(entered, timezone.now())
        if wanted is not None and not problems:
            problems = _announce(request, viewer, wanted)
            if not problems:
                return HttpResponseRedirect(reverse("outages"))
    disclosures.record(viewer, OUTAGE, "")
    now = timezone.now()
    with raw_connection().cursor() as cursor:
        found = [(each, each.phase(now)) for each in outage_store.latest(cursor)]
    context = {"outages": found, "entered": entered, "problems": problems, "concerns": outage_forms.CONCERNS}
    return render(request, "outages/list.html", context, status=422 if problems else 200)


def _announce(request: HttpRequest, viewer: Viewer, wanted: Outage) -> dict[str, str]:
    try:
        made, new = outage_care.announce(raw_connection(), wanted, _by(viewer))
    except RegisterError as error:
        return outage_forms.placed(error)
    outage_board.forget()
    said = f"Outage {made.number} is announced{'' if new else ' already'}."
    messages.success(request, said)
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty(Duty.GATEWAY)
def outage_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """One outage with its history; on POST change it or call it off."""
    now = timezone.now()
    problems: dict[str, str] = {}
    entered = Entered.read(request.POST) if request.method == "POST" else None
    if entered is not None:
        problems = _change(request, viewer, number, entered)
        if not problems:
            return HttpResponseRedirect(reverse("outage", args=[number]))
    with raw_connection().transaction(), raw_connection().cursor() as cursor:
        found = outage_store.load(cursor, number)
        done = outage_care.history(cursor, number)
    if found is None:
        raise Http404(f"{OUTAGE} {number}")
    disclosures.record(viewer, OUTAGE, number)
    context: dict[str, Any] = {
        "outage": found,
        "phase": found.phase(now),
        "history": [(at, code.partition(".")[2].replace("-", " "), actor) for at, code, actor in done],
        "entered": entered or Entered.of(found),
        "problems": problems,
    }
    return render(request, "outages/outage.html", context, status=422 if problems else 200)


def _change(request: HttpRequest, viewer: Viewer, number: int, entered: Entered) -> dict[str, str]:
    """Do what was asked for; what is wrong with it, by field."""
    problems: dict[str, str] = {}
    try:
        if entered.action == "cancel":
            _, new = outage_care.cancel(raw_connection(), number, entered.reason, _by(viewer))
            said = "It is called off." if new else "Nothing was changed: it is called off already."
        else:
            times, problems = outage_forms.times(entered)
            if problems:
                return problems
            starts, ends = times
            _, new = outage_care.change(
                raw_connection(), number, _by(viewer), starts_at=starts, ends_at=ends, words=entered.words
            )
            said = "It is changed. Who was told of it is told anew." if new else "Nothing was changed."
    except RegisterError as error:
        return _unless_missing(error, number)
    outage_board.forget()
    messages.success(request, said)
    return problems


def _unless_missing(error: RegisterError, number: int) -> dict[str, str]:
    if error.code == "unknown-outage":
        raise Http404(f"{OUTAGE} {number}")
    return outage_forms.placed(error)


def _by(viewer: Viewer, now: datetime | None = None) -> By:
    return By(viewer.email, "web", now or timezone.now())
