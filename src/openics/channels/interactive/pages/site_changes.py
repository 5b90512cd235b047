"""What an officer changes at a site: asked for first, made on POST, with a reason that the site is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import site_queries
from openics.channels.interactive.access import on_duty, refuse
from openics.channels.interactive.database import raw_connection
from openics.channels.sign_in import drafts
from openics.clients.access_codes import Duty
from openics.clients.register_errors import RegisterError
from openics.exchange import certificate_care, delivery_care, site_care
from openics.exchange.care import SITE, By
from openics.information import disclosures
from openics.information.interest import Viewer

Make = Callable[[str, str, By], bool]
"""Makes a change to what is named, for a reason; False when it is so already."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change as its page asks for it: verb, what it means, the sentence afterwards; `warning` where it is for good.

    `question` and `button` say it in other words than the verb.
    """

    verb: str
    meaning: str
    done: str
    make: Make
    warning: str = ""
    question: str = ""
    button: str = ""


SITES: Final = {
    "pause": Change(
        "Pause",
        "From now on its mail is refused, with your reason. What is for it waits, and goes when it is resumed.",
        "is paused",
        lambda name, reason, by: site_care.pause(raw_connection(), name, reason, by),
    ),
    "resume": Change(
        "Resume",
        "Its mail is taken again, and what waits for it goes.",
        "is active",
        lambda name, reason, by: site_care.resume(raw_connection(), name, by, reason),
    ),
}
DELIVERIES: Final = {
    "fetch": Change(
        "Fetch",
        "Nothing is sent to it by mail any more: the site fetches what waits over HTTPS, also what is on its way now.",
        "fetches its interchanges",
        lambda name, reason, by: delivery_care.set_delivery(raw_connection(), name, "pull", by, reason),
        question="Let {what} fetch its interchanges?",
        button="Let it fetch",
    ),
    "mail": Change(
        "Mail",
        "What waits to be fetched is sent to its EDI address, and all that follows.",
        "gets its interchanges by mail",
        lambda name, reason, by: delivery_care.set_delivery(raw_connection(), name, "mail", by, reason),
        question="Send interchanges to {what} by mail?",
        button="Send by mail",
    ),
}
CERTIFICATES: Final = {
    "suspend": Change(
        "Suspend",
        "Mail signed with it is refused from now on, and nothing is encrypted to it, until it is resumed.",
        "is suspended",
        lambda name, reason, by: certificate_care.suspend(raw_connection(), name, reason, by),
    ),
    "resume": Change(
        "Resume",
        "Mail signed with it is taken again.",
        "is not suspended",
        lambda name, reason, by: certificate_care.resume(raw_connection(), name, by, reason),
    ),
    "revoke": Change(
        "Revoke",
        "Mail signed with it is refused from now on, and nothing is encrypted to it any more.",
        "is revoked",
        lambda name, reason, by: certificate_care.revoke(raw_connection(), name, reason, by),
        warning="This cannot be undone. The site needs another certificate, with a new key, to go on.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty(Duty.REGISTRATION)
@drafts.filled
def site(request: HttpRequest, viewer: Viewer, site: str, change: str) -> HttpResponse:
    """Show what pausing or resuming a site means; on POST do it."""
    if change not in SITES | DELIVERIES:
        raise Http404(change)
    if site_queries.site(viewer, site) is None:
        raise refuse(viewer, SITE, site)
    disclosures.record(viewer, SITE, f"{site} {change}")
    return _ask(request, viewer, (SITES | DELIVERIES)[change], site=site, name=site, what=f"site {site}")


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty(Duty.REGISTRATION)
@drafts.filled
def certificate(request: HttpRequest, viewer: Viewer, site: str, number: int, change: str) -> HttpResponse:
    """Show what changing a certificate means; on POST do it."""
    if change not in CERTIFICATES:
        raise Http404(change)
    found = site_queries.site(viewer, site)
    row = found.certificates.filter(pk=number).first() if found else None
    if row is None:
        raise refuse(viewer, SITE, f"{site} certificate {number}")
    disclosures.record(viewer, SITE, f"{site} certificate {number} {change}")
    what = f"certificate {row.fingerprint[:16]}"
    return _ask(request, viewer, CERTIFICATES[change], site=site, name=row.fingerprint, what=what)


def _ask(request: HttpRequest, viewer: Viewer, change: Change, *, site: str, name: str, what: str) -> HttpResponse:
    reason = drafts.typed(request).get("reason", "")
    context: dict[str, Any] = {"change": change, "site": site, "what": what, "reason": reason, "problem": ""}
    context["question"] = (change.question or f"{change.verb} {{what}}?").format(what=what)
    if request.method != "POST":
        return render(request, "sites/change.html", context)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return _wrong(request, context, "Enter a reason; the site is told it")
    try:
        done = change.make(name, reason, By(viewer.email, "web", timezone.now()))
    except RegisterError as error:
        return _wrong(request, context | {"reason": reason}, f"{error.text} {error.fix}")
    drafts.forget(request)
    subject = f"{what[:1].upper()}{what[1:]} {change.done}"
    if done:
        messages.success(request, f"{subject}.")
    else:
        messages.info(request, f"Nothing was changed: {what} {change.done} already.")
    return HttpResponseRedirect(reverse("site", args=[site]))


def _wrong(request: HttpRequest, context: dict[str, Any], problem: str) -> HttpResponse:
    return render(request, "sites/change.html", context | {"problem": problem}, status=422)
