"""An organisation: its people, what they may do, delegations given and received, and what changed. The list is officers'."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive import access_words, client_queries, organisation_queries
from openics.channels.interactive.access import on_duty, records, refuse
from openics.channels.interactive.pages.listing import listing
from openics.channels.sign_in import administration
from openics.clients.access_codes import Duty
from openics.clients.models import Client
from openics.exchange.delegation_care import CLIENT
from openics.exchange.policy import CANBERRA
from openics.information import disclosures
from openics.information.interest import Viewer


@require_safe
@on_duty(Duty.REGISTRATION)
def organisation_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The clients, for officers."""
    search = request.GET.get("search", "").replace("\0", "").strip()
    marks = {mark: request.GET.get(mark, "") for mark in ("before", "after")}
    found = organisation_queries.organisations(viewer, search, **marks)
    return listing(request, viewer, "organisations", found, {"search": search})


@require_safe
@records
def organisation_page(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """People, delegations and history; for administrators with what they can change."""
    found = shown_organisation(viewer, client)
    disclosures.record(viewer, CLIENT, client)
    people = organisation_queries.people(found)
    given, received = organisation_queries.delegations(found, timezone.now().astimezone(CANBERRA).date())
    context = {
        "organisation": found,
        "viewer": viewer,
        "administers": administers(viewer, client),
        "looks_after_sign_in": administration.people(viewer).filter(client=found).exists(),
        "sees_record": client_queries.client(viewer, client) is not None,
        "people": people,
        "given": given,
        "received": received,
        "history": organisation_queries.history(viewer, found, people),
        "names": access_words,
    }
    return render(request, "organisations/organisation.html", context)


def shown_organisation(viewer: Viewer, client: str) -> Client:
    """The client, if the viewer may see it; the refusal is logged."""
    found = organisation_queries.organisation(viewer, client)
    if found is None:
        raise refuse(viewer, CLIENT, client)
    return found


def administers(viewer: Viewer, client: str) -> bool:
    """Whether the viewer is an administrator of this client."""
    return viewer.administrator and viewer.client == client


def administered_organisation(viewer: Viewer, client: str) -> Client:
    """The client, if the viewer looks after its people."""
    found = shown_organisation(viewer, client)
    if not administers(viewer, client):
        disclosures.record(viewer, CLIENT, f"{client} administration", allowed=False)
        raise PermissionDenied(
            "Only an administrator of the organisation itself can change its people and delegations."
        )
    return found
