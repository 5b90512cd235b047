"""How people sign in, for those who look after it: certificates to confirm, sessions to end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.pages.my_certificates import from_file
from openics.channels.sign_in import administration, certificates, drafts, sessions
from openics.channels.sign_in.history import PERSON
from openics.channels.sign_in.kinds import RefusedError
from openics.clients.models import Person
from openics.exchange.care import By
from openics.information import disclosures
from openics.information.interest import Viewer


@require_safe
@records
def people(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Certificates that wait for confirmation, and a search for people."""
    _must_look_after(viewer)
    search = request.GET.get("search", "").replace("\0", "").strip()
    disclosures.record(viewer, PERSON, f"sign-in {search}".strip())
    context = {
        "search": search,
        "found": administration.searched(viewer, search),
        "pending": certificates.pending(administration.people(viewer)),
    }
    return render(request, "people/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@records
@drafts.filled
def person(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """A person's certificates and sessions; on POST what was asked for by a button."""
    _must_look_after(viewer)
    found = administration.person(viewer, number)
    if found is None:
        raise refuse(viewer, PERSON, number)
    disclosures.record(viewer, PERSON, found.email)
    if request.method != "POST":
        return _page(request, found, reason=drafts.typed(request).get("reason", ""))
    by = By(viewer.email, "web", timezone.now())
    if request.POST.get("do") == "end":
        return _end(request, found, by)
    return _certificate(request, found, by)


def _must_look_after(viewer: Viewer) -> None:
    if not administration.looks_after_people(viewer):
        raise PermissionDenied(
            "This page is for administrators of an organisation, and officers who look after people."
        )


def _end(request: HttpRequest, found: Person, by: By) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return _page(request, found, problem={"text": "Enter a reason; the person is told it", "href": "#reason"})
    count = sessions.end_all(found, by, reason)
    messages.success(request, f"{count} {'session is' if count == 1 else 'sessions are'} ended.")
    return _done(request, found)


def _certificate(request: HttpRequest, found: Person, by: By) -> HttpResponse:
    action, _, number = request.POST.get("do", "").partition(":")
    row = next((each for each in certificates.certificates_of(found) if str(each.pk) == number), None)
    if action == "add":
        try:
            certificates.add(found, from_file(request), by, confirmed=True)
        except RefusedError as error:
            return _page(request, found, problem={"text": f"{error.text} {error.fix}", "href": "#file"})
        messages.success(request, "The certificate is registered, and signs this person in.")
    elif action == "confirm" and row and certificates.confirm(row, by):
        messages.success(request, "The certificate is confirmed.")
    elif action == "remove" and row and certificates.remove(row, by):
        messages.success(request, "The certificate is removed.")
    else:
        messages.info(request, "Nothing was changed: somebody was faster.")
    return _done(request, found)


def _done(request: HttpRequest, found: Person) -> HttpResponse:
    drafts.forget(request)
    return HttpResponseRedirect(reverse("person_sign_in", args=[found.pk]))


def _page(
    request: HttpRequest, found: Person, *, problem: dict[str, str] | None = None, reason: str = ""
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "person": found,
        "certificates": certificates.certificates_of(found),
        "sessions": sessions.current(found, now),
        "problem": problem,
        "reason": reason,
        "moment": now,
    }
    return render(request, "people/person.html", context, status=422 if problem else 200)
