"""What people change of their own sites: addresses, default, pause, the gateway's new certificate, and another site."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openics.channels.interactive import gateway_queries, site_queries
from openics.channels.interactive.access import refuse, site_keepers
from openics.channels.interactive.database import raw_connection
from openics.clients.models import Site
from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import SiteRecord
from openics.exchange import own_site_care, site_care
from openics.exchange.care import SITE, By
from openics.information import disclosures
from openics.information.interest import Viewer

Make = Callable[[str, str, By], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """A change as its page asks for it: verb, what it means, the sentence afterwards, and whether it takes a reason."""

    verb: str
    meaning: str
    done: str
    make: Make
    reason: bool = False


CHANGES: Final = {
    "pause": Change(
        "Pause",
        "From now on mail from it is refused. What is for it waits, and goes when you resume it.",
        "is paused",
        lambda name, reason, by: site_care.pause(raw_connection(), name, reason, by, by_owner=True),
        reason=True,
    ),
    "resume": Change(
        "Resume",
        "Its mail is taken again, and what waits for it goes.",
        "is active",
        lambda name, _, by: site_care.resume(raw_connection(), name, by, by_owner=True),
    ),
    "default": Change(
        "Write by default to",
        "Customs writes to it when no message says to which of your sites. Every answer goes to the site that asked.",
        "is your default site",
        lambda name, _, by: site_care.set_default(raw_connection(), name, by),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@site_keepers
def change(request: HttpRequest, viewer: Viewer, site: str, change: str) -> HttpResponse:
    """Show what a change of a site means; on POST make it."""
    if change not in CHANGES:
        raise Http404(change)
    _required(viewer, site, change)
    chosen, reason = CHANGES[change], request.POST.get("reason", "").strip()
    context: dict[str, Any] = {"change": chosen, "site": site, "reason": reason, "problem": ""}
    if request.method == "POST":
        try:
            done = chosen.make(site, reason, _by(viewer))
        except RegisterError as error:
            context["problem"] = f"{error.text} {error.fix}"
        else:
            said = f"Site {site} {chosen.done}."
            (messages.success if done else messages.info)(request, said if done else f"Nothing was changed. {said}")
            return HttpResponseRedirect(reverse("site", args=[site]))
    return render(request, "sites/own_change.html", context, status=422 if context["problem"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@site_keepers
def addresses(request: HttpRequest, viewer: Viewer, site: str) -> HttpResponse:
    """The addresses for text and for the administrator, and whether plain text is asked for; on POST change them."""
    found = _required(viewer, site, "addresses")
    entered = {
        "administrator": found.administrator_address,
        "text_address": found.text_address,
        "plain_text": found.plain_text,
    }
    problem = ""
    if request.method == "POST":
        entered = _contacts(request)
        try:
            new = own_site_care.set_contacts(raw_connection(), site, **entered, by=_by(viewer))  # type: ignore[arg-type]
        except RegisterError as error:
            problem, entered["field"] = f"{error.text} {error.fix}", _field(error)
        else:
            messages.success(request, "The addresses are changed." if new else "Nothing was changed.")
            return HttpResponseRedirect(reverse("site", args=[site]))
    context = {"site": site, "entered": entered, "problem": problem}
    return render(request, "sites/addresses.html", context, status=422 if problem else 200)


def _contacts(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    return {
        "administrator": given.get("administrator", "").strip(),
        "text_address": given.get("text_address", "").strip(),
        "plain_text": given.get("plain_text") == "yes",
    }


def _field(error: RegisterError) -> str:
    return "administrator" if error.place.startswith("administrator") else "text_address"


@require_http_methods(["GET", "HEAD", "POST"])
@site_keepers
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add a site of the viewer's client; it takes mail once a certificate is registered."""
    disclosures.record(viewer, SITE, "new")
    entered = {**_contacts(request), "address": request.POST.get("address", "").strip()}
    problem = ""
    if request.method == "POST":
        wanted = SiteRecord(
            "",
            viewer.client,
            entered["address"],
            entered["text_address"],
            entered["administrator"],
            settings.TEST_ENVIRONMENT,
            plain_text=entered["plain_text"],
        )
        try:
            made, is_new = site_care.add(raw_connection(), wanted, _by(viewer), settings.EXCHANGE_POLICY.customs_site)
        except RegisterError as error:
            problem = f"{error.text} {error.fix}"
            entered["field"] = "address" if error.place.startswith("EDI") or "taken" in error.code else _field(error)
        else:
            said = f"Site {made.site} is registered{'' if is_new else ' already'}. Register its certificate next."
            messages.success(request, said)
            return HttpResponseRedirect(reverse("site", args=[made.site]))
    context = {"entered": entered, "problem": problem}
    return render(request, "sites/new.html", context, status=422 if problem else 200)


@require_POST
@site_keepers
def switched(request: HttpRequest, viewer: Viewer, site: str) -> HttpResponse:
    """Keep that the site has changed to the gateway's new certificate."""
    found = _required(viewer, site, "switched")
    line = gateway_queries.line(found.site_id, timezone.now())
    if line is None or not line.may_confirm:
        messages.info(request, "Nothing to say: the gateway's certificate does not change at present.")
    elif own_site_care.say_switched(raw_connection(), site, line.new_key, _by(viewer)):
        messages.success(request, "Thank you. Customs knows that this site has switched.")
    else:
        messages.info(request, "Nothing was changed: you have said so before.")
    return HttpResponseRedirect(reverse("site", args=[site]))


def _required(viewer: Viewer, site: str, what: str) -> Site:
    found = site_queries.site(viewer, site)
    if found is None:
        raise refuse(viewer, SITE, site)
    disclosures.record(viewer, SITE, f"{site} {what}")
    return found


def _by(viewer: Viewer) -> By:
    return By(viewer.email, "web", timezone.now())
