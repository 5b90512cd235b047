"""Programs that use the API for a client: listed, made, given another secret, ended."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openics.channels.api import programs
from openics.channels.api.models import Program
from openics.channels.api.scopes import SCOPES, givable
from openics.channels.interactive.access import administrators, refuse
from openics.clients.models import Person
from openics.clients.register_errors import RegisterError
from openics.exchange.care import By
from openics.information import disclosures
from openics.information.interest import Viewer

CHANGES: Final = {
    "secret": (
        "Make another secret",
        "You are shown a new secret, once. The one before it goes on working for as long as you say, so that nothing stops.",
    ),
    "end": (
        "End",
        "From this moment its secrets and tokens count no more. This cannot be undone; make a new program instead.",
    ),
}
OVERLAPS: Final = {"0": "not at all: it ends now", "1": "for one day", "7": "for seven days", "30": "for 30 days"}
"""For how many days the secret before goes on working."""


@require_safe
@administrators
def program_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The programs of one's organisation."""
    disclosures.record(viewer, programs.PROGRAM, "list")
    now = timezone.now()
    shown = [
        (each, [secret for secret in each.secrets.all() if programs.working(secret, now)])
        for each in programs.of_client(programs.client_of(viewer))
    ]
    return render(request, "programs/list.html", {"programs": shown, "scopes": SCOPES})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def make(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask for the name and the scopes; on POST make the program and show its secret, this once.

    A program is given no more than who makes it may do.
    """
    name, chosen = request.POST.get("name", "").strip(), request.POST.getlist("scopes")
    scopes = givable(viewer)
    about: dict[str, Any] = {"scopes": scopes, "name": name, "chosen": chosen, "problem": None}
    if request.method != "POST":
        return render(request, "programs/new.html", about)
    try:
        made = programs.make(programs.client_of(viewer), name, chosen, _by(viewer), _person(request), scopes)
    except RegisterError as error:
        return render(request, "programs/new.html", {**about, "problem": error}, status=422)
    return _told(request, made)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def change(request: HttpRequest, viewer: Viewer, identifier: str, change: str) -> HttpResponse:
    """Show what another secret, or the end, means; on POST do it."""
    if change not in CHANGES:
        raise Http404(change)
    found = programs.own(viewer, identifier)
    if found is None:
        raise refuse(viewer, programs.PROGRAM, identifier)
    disclosures.record(viewer, programs.PROGRAM, f"{identifier} {change}")
    if found.ended_at is not None:
        messages.info(request, f"Nothing was changed: {found.name} is ended already.")
        return HttpResponseRedirect(reverse("programs"))
    if request.method != "POST":
        return _change_page(request, found, change)
    if change == "end":
        programs.end(found, _by(viewer))
        messages.success(request, f"{found.name} is ended.")
        return HttpResponseRedirect(reverse("programs"))
    days = request.POST.get("overlap", "7")
    overlap = timedelta(days=int(days if days in OVERLAPS else "7"))
    try:
        return _told(request, programs.rotate(found, _by(viewer), overlap, givable(viewer)))
    except RegisterError as error:
        return _change_page(request, found, change, error)


def _change_page(
    request: HttpRequest, found: Program, change: str, problem: RegisterError | None = None
) -> HttpResponse:
    verb, meaning = CHANGES[change]
    about = {"program": found, "change": change, "verb": verb, "meaning": meaning, "overlaps": OVERLAPS}
    status = 422 if problem else 200
    return render(request, "programs/change.html", {**about, "problem": problem}, status=status)


def _told(request: HttpRequest, made: programs.Made) -> HttpResponse:
    """The secret, shown this once: it stands in no log, no session, and as every page for traders in no cache."""
    return render(request, "programs/secret.html", {"program": made.program, "secret": made.secret})


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _by(viewer: Viewer) -> By:
    return By(viewer.email, "web", timezone.now())
