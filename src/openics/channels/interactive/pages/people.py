"""The people of an organisation: registering a colleague, the page of one, and what an administrator changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import access_words, organisation_queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.pages.organisations import administered_organisation, administers, shown_organisation
from openics.channels.sign_in import administration
from openics.clients.access_levels import read_grant
from openics.clients.models import Client, Person
from openics.clients.register_errors import RegisterError
from openics.exchange import people_care
from openics.exchange.care import By
from openics.exchange.people_care import PERSON
from openics.information import disclosures
from openics.information.interest import Viewer

LONGEST_NAME = 200
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class Change:
    """A change as its page asks for it: verb, what it means, the sentence afterwards; `warning` where it takes away."""

    verb: str
    meaning: str
    done: str
    make: Callable[[Client, str, By], bool]
    warning: str = ""


CHANGES: Final = {
    "confirm": Change(
        "Confirm",
        "The person belongs to your organisation and can be granted what it may do. Nothing is granted by this alone.",
        "is confirmed",
        people_care.confirm,
    ),
    "close": Change(
        "Close the access of",
        "The person can sign in no more. What the person did stays on record.",
        "can sign in no more",
        people_care.close,
        warning="All that was granted to the person is taken back.",
    ),
    "appoint": Change(
        "Make an administrator of",
        "The person can register, confirm and close people, grant what your organisation may do, and delegate.",
        "is an administrator",
        people_care.appoint,
    ),
    "dismiss": Change(
        "Take the administration from",
        "The person changes people and delegations no more; what was granted stays.",
        "is not an administrator",
        people_care.dismiss,
    ),
}


def by(viewer: Viewer) -> By:
    """Who makes a change on a page, now."""
    return By(viewer.email, "web", timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@records
def register(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Ask for a colleague's name and address; on POST register the colleague and show the first password, once."""
    found = administered_organisation(viewer, client)
    entered = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("name", "email")}
    problems = _problems(entered) if request.method == "POST" else {}
    password: str | None = None
    if request.method == "POST" and not problems:
        try:
            password = people_care.register(found, entered["email"], entered["name"], by(viewer))
        except RegisterError as error:
            problems = {"email": f"{error.text} {error.fix}"}
        else:
            problems = {} if password else {"email": "Somebody with this address is registered already"}
    context = {"organisation": found, "entered": entered, "problems": problems, "password": password}
    return render(request, "organisations/register.html", context, status=422 if problems else 200)


def _problems(entered: dict[str, str]) -> dict[str, str]:
    found = {}
    if not entered["name"] or len(entered["name"]) > LONGEST_NAME:
        found["name"] = f"Enter the person's name, in at most {LONGEST_NAME} characters"
    try:
        validate_email(entered["email"])
    except ValidationError:
        found["email"] = "Enter an e-mail address, like name@company.example"
    if len(entered["email"]) > LONGEST_EMAIL:
        found["email"] = f"Enter an address of at most {LONGEST_EMAIL} characters"
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@records
def person_page(request: HttpRequest, viewer: Viewer, client: str, number: int) -> HttpResponse:
    """How a person stands and what the person may do; on POST an administrator's choice of grants is kept."""
    if request.method == "POST":
        organisation = administered_organisation(viewer, client)
        return _grants_kept(request, viewer, organisation, _person(viewer, organisation, number))
    organisation = shown_organisation(viewer, client)
    found = _person(viewer, organisation, number)
    disclosures.record(viewer, PERSON, number)
    return _shown(request, viewer, organisation, found)


def _person(viewer: Viewer, organisation: Client, number: int) -> Person:
    found = organisation_queries.person(organisation, number)
    if found is None:
        raise refuse(viewer, PERSON, f"{organisation.client_id} {number}")
    return found


def _shown(
    request: HttpRequest, viewer: Viewer, organisation: Client, found: Person, problem: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "organisation": organisation,
        "person": found,
        "administers": administers(viewer, organisation.client_id),
        "looks_after_sign_in": administration.person(viewer, found.pk) is not None,
        "choices": organisation_queries.choices(organisation, found),
        "history": organisation_queries.history_of(viewer, organisation, found),
        "names": access_words,
        "problem": problem,
    }
    return render(request, "organisations/person.html", context, status=422 if problem else 200)


def _grants_kept(request: HttpRequest, viewer: Viewer, organisation: Client, found: Person) -> HttpResponse:
    posted = {read_grant(*text.partition(" ")[::2]) for text in request.POST.getlist("grant")}
    wanted = {grant for grant in posted if grant is not None}
    if len(wanted) < len(posted):
        return _shown(request, viewer, organisation, found, "Choose among the permissions that are listed")
    offered = organisation_queries.choices(organisation, found)
    held = {each.grant for each in offered if each.held}
    try:
        done = people_care.set_grants(organisation, found.email, wanted - held, held - wanted, by(viewer))
    except RegisterError as error:
        return _shown(request, viewer, organisation, found, f"{error.text} {error.fix}")
    if done:
        messages.success(request, f"What {found.name} may do has been changed.")
    else:
        messages.info(request, "Nothing was changed.")
    return HttpResponseRedirect(reverse("person", args=[organisation.client_id, found.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@records
def person_change(request: HttpRequest, viewer: Viewer, client: str, number: int, change: str) -> HttpResponse:
    """Show what confirming, closing, appointing or dismissing means; on POST do it."""
    if change not in CHANGES:
        raise Http404(change)
    organisation = administered_organisation(viewer, client)
    found = _person(viewer, organisation, number)
    wanted, problem = CHANGES[change], ""
    if request.method == "POST":
        try:
            done = wanted.make(organisation, found.email, by(viewer))
        except RegisterError as error:
            problem = f"{error.text} {error.fix}"
        else:
            return _changed(request, organisation, found, wanted, done=done)
    context = {"organisation": organisation, "person": found, "change": wanted, "problem": problem}
    return render(request, "organisations/change.html", context, status=422 if problem else 200)


def _changed(request: HttpRequest, organisation: Client, found: Person, wanted: Change, *, done: bool) -> HttpResponse:
    if done:
        messages.success(request, f"{found.name} {wanted.done}.")
    else:
        messages.info(request, f"Nothing was changed: {found.name} {wanted.done} already.")
    return HttpResponseRedirect(reverse("organisation", args=[organisation.client_id]))
