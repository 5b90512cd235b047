"""Delegations of an organisation: giving one, and ending one that it gave or received."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import access_words, organisation_queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.pages.organisations import administered_organisation
from openics.channels.interactive.pages.people import by
from openics.clients.access_codes import Application
from openics.clients.access_levels import ALL_GRANTS, may_have, read_grant
from openics.clients.models import Client
from openics.clients.register_errors import RegisterError
from openics.exchange import delegation_care
from openics.exchange.policy import CANBERRA
from openics.information.interest import Viewer

DELEGATION = "DELEGATION"
OWN = frozenset({Application.REGISTER, Application.SITES})
"""Applications that are looked after by the client's own people only."""
FIELDS = {
    "days-swapped": "last_day",
    "day-past": "first_day",
    "too-long": "last_day",
    "role-needed": "what",
    "not-delegable": "what",
}
"""The field that a refusal is about; the others are about the delegate."""


@require_http_methods(["GET", "HEAD", "POST"])
@records
def give(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Ask for whom, what and from when to when; on POST give it."""
    organisation = administered_organisation(viewer, client)
    if request.method != "POST":
        today = timezone.now().astimezone(CANBERRA).date()
        return _asked(request, organisation, {"first_day": today.isoformat()})
    entered = {name: request.POST.get(name, "").strip() for name in ("delegate", "what", "first_day", "last_day")}
    problems = _problems(entered)
    if not problems:
        try:
            _give(organisation, entered, viewer)
        except RegisterError as error:
            problems = {FIELDS.get(error.code, "delegate"): f"{error.text} {error.fix}"}
        else:
            messages.success(request, f"{entered['delegate'].upper()} may act for you on the days you chose.")
            return HttpResponseRedirect(reverse("organisation", args=[client]))
    return _asked(request, organisation, entered, problems)


def _problems(entered: dict[str, str]) -> dict[str, str]:
    found = {}
    if not entered["delegate"].isalnum():
        found["delegate"] = "Enter the ABN or CCID of the client that is to act for you"
    if read_grant(*entered["what"].partition(" ")[::2]) is None:
        found["what"] = "Choose what the client may do for you"
    for name, text in (("first_day", "first"), ("last_day", "last")):
        if _day(entered[name]) is None:
            found[name] = f"Enter the {text} day as year, month and day, for example 2026-03-31"
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _give(organisation: Client, entered: dict[str, str], viewer: Viewer) -> None:
    grant = read_grant(*entered["what"].partition(" ")[::2])
    first, last = date.fromisoformat(entered["first_day"]), date.fromisoformat(entered["last_day"])
    assert grant is not None  # noqa: S101 - checked with the other entries
    delegation_care.give(organisation, entered["delegate"].upper(), grant, first, last, by(viewer))


def _asked(
    request: HttpRequest, organisation: Client, entered: dict[str, str], problems: dict[str, str] | None = None
) -> HttpResponse:
    grants = [each for each in ALL_GRANTS if each[0] not in OWN and may_have(organisation.roles, each)]
    context: dict[str, Any] = {
        "organisation": organisation,
        "entered": entered,
        "problems": problems or {},
        "grants": [(f"{each} {level}", access_words.grant_in_words(each, level)) for each, level in grants],
    }
    return render(request, "organisations/delegate.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@records
def end(request: HttpRequest, viewer: Viewer, client: str, number: int) -> HttpResponse:
    """Show what ending a delegation means; on POST end it."""
    organisation = administered_organisation(viewer, client)
    found = organisation_queries.delegation(organisation, number)
    if found is None:
        raise refuse(viewer, DELEGATION, f"{client} {number}")
    if request.method != "POST":
        context = {"organisation": organisation, "delegation": found, "names": access_words}
        return render(request, "organisations/end.html", context)
    if delegation_care.end(number, organisation, by(viewer)):
        messages.success(request, "The delegation is ended.")
    else:
        messages.info(request, "Nothing was changed: the delegation is over already.")
    return HttpResponseRedirect(reverse("organisation", args=[client]))
