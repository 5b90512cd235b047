"""Applications to be registered, for registration officers: the list, the check of identity, approval and refusal."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from openics.channels.interactive import application_queries as queries
from openics.channels.interactive import client_forms as forms
from openics.channels.interactive.access import on_duty, refuse
from openics.channels.interactive.pages.listing import listing
from openics.clients import identity
from openics.clients.access_codes import Duty
from openics.clients.applications import Application
from openics.clients.codes import ApplicationState
from openics.clients.due import legal_date
from openics.clients.identity import Sighted
from openics.clients.identity_due import APPLICATION
from openics.clients.register_errors import RegisterError
from openics.clients.register_models import ClientApplication
from openics.clients.register_rules import Problem
from openics.exchange import application_care as care
from openics.exchange.care import By
from openics.information import disclosures
from openics.information.interest import Viewer


@require_safe
@on_duty(Duty.REGISTRATION)
def application_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The applications in a state, newest first."""
    state = request.GET.get("state", "")
    chosen = state if state in set(ApplicationState) else ApplicationState.WAITING.value
    marks = {mark: request.GET.get(mark, "") for mark in ("before", "after")}
    found = queries.applications(viewer, chosen, **marks)
    rows = [(each, Application.from_json(each.content)) for each in found.rows]
    return listing(
        request, viewer, "applications", found, {"state": chosen, "states": list(ApplicationState), "rows": rows}
    )


@require_safe
@on_duty(Duty.REGISTRATION)
def application_page(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """What the applicant said, what the register holds that is alike, and the form for the check of identity."""
    return _show(request, viewer, _seen(viewer, reference))


@require_POST
@on_duty(Duty.REGISTRATION)
def approve(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Keep the check of identity, register the client and make its first person."""
    found = _seen(viewer, reference)
    documents, wrong = _documents(request)
    wrong = wrong or identity.problems(documents, legal_date(timezone.now()))
    use = forms.code(request.POST, "use")
    if wrong:
        return _show(request, viewer, found, wrong)
    by = By(viewer.email, "web", timezone.now())
    try:
        client = care.approve(found.reference, documents, by, settings.IDENTITY_DETAILS_KEPT, use)
    except RegisterError as error:
        return _show(request, viewer, found, [Problem("use", f"{error.text} {error.fix}")])
    messages.success(request, f"Approved: the client is {client.client_id}. The applicant collects the first password.")
    return HttpResponseRedirect(reverse("application", args=[found.reference]))


@require_POST
@on_duty(Duty.REGISTRATION)
def refuse_it(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Turn the application down for a reason that the applicant is told."""
    found = _seen(viewer, reference)
    try:
        care.refuse(found.reference, request.POST.get("reason", ""), By(viewer.email, "web", timezone.now()))
    except RegisterError as error:
        return _show(request, viewer, found, [Problem("reason", f"{error.text} {error.fix}")])
    messages.success(request, "The application is refused. The applicant reads the reason on the status page.")
    return HttpResponseRedirect(reverse("application", args=[found.reference]))


def _seen(viewer: Viewer, reference: str) -> ClientApplication:
    found = queries.application(viewer, reference)
    if found is None:
        raise refuse(viewer, APPLICATION, reference)
    disclosures.record(viewer, APPLICATION, reference)
    return found


def _show(
    request: HttpRequest, viewer: Viewer, found: ClientApplication, wrong: list[Problem] | None = None
) -> HttpResponse:
    given = Application.from_json(found.content)
    waiting = found.state == ApplicationState.WAITING
    holder = queries.holder(given)
    context: dict[str, Any] = {
        "viewer": viewer,
        "application": found,
        "given": given,
        "waiting": waiting,
        "holder": holder,
        "holder_people": queries.people_of(holder) if holder else 0,
        "mail_taken": waiting and queries.mail_is_taken(given),
        "similar": queries.similar(given) if waiting else [],
        "check": getattr(found, "identity", None),
        "documents": identity.DOCUMENTS,
        "needed": identity.NEEDED,
        "rows": range(4),
        "posted": request.POST,
        "problems": wrong or [],
        "kept_for": settings.IDENTITY_DETAILS_KEPT.days,
    }
    return render(request, "applications/application.html", context, status=422 if wrong else 200)


def _documents(request: HttpRequest) -> tuple[list[Sighted], list[Problem]]:
    """The documents of the form, and what cannot be read of them; rows without a kind are left out."""
    documents: list[Sighted] = []
    wrong: list[Problem] = []
    for place in range(identity.MOST_DOCUMENTS):
        kind, tail, expiry = (
            forms.text(request.POST, f"document_{place}_{name}") for name in ("kind", "tail", "expiry")
        )
        if not kind:
            continue
        day = _day(expiry)
        if expiry and day is None:
            wrong.append(Problem(f"document_{place}", "Enter the expiry as a date like 2026-03-31"))
        documents.append(Sighted(kind, tail.upper(), day))
    return documents, wrong or ([] if documents else [Problem("document_0", "Enter the documents that you sighted")])


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
