"""Webhooks: where a client's programs are told of events, and how the deliveries do."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openics.channels.interactive import webhook_queries
from openics.channels.interactive.access import records, refuse, traders
from openics.channels.interactive.database import raw_connection
from openics.channels.webhooks.addresses import AddressError, check_form
from openics.exchange import webhook_care
from openics.exchange.care import By
from openics.exchange.webhook_care import WEBHOOK, Wanted, WebhookError
from openics.information import disclosures
from openics.information.interest import Viewer

CODES: Final = {
    "": "Everything",
    "export.": "Export declarations",
    "site.": "Sites",
    "certificate.": "Certificates",
}
"""What may be chosen to be told of: the beginning of an event's code, and its name."""
LONGEST_CURSOR: Final = 18


@require_http_methods(["GET", "HEAD", "POST"])
@records
def webhook_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The webhooks with their health; on POST register one."""
    if not (viewer.officer or viewer.administrator):
        disclosures.record(viewer, WEBHOOK, "list", allowed=False)
        raise PermissionDenied("Webhooks are for administrators of an organisation; ask one of yours.")
    context: dict[str, Any] = {"viewer": viewer, "codes": CODES, "url_given": "", "problem": "", "code": ""}
    if request.method == "POST" and not viewer.officer:
        return _register(request, viewer, context)
    disclosures.record(viewer, WEBHOOK, "list")
    return render(request, "webhooks/list.html", context | {"shown": webhook_queries.webhooks(viewer)})


def _register(request: HttpRequest, viewer: Viewer, context: dict[str, Any]) -> HttpResponse:
    url, code = request.POST.get("url", "").strip(), request.POST.get("code", "")
    code = code if code in CODES else ""
    try:
        check_form(url, private=settings.WEBHOOKS_PRIVATE)
        wanted = Wanted(viewer.client, url, [code] if code else [])
        number = webhook_care.register(raw_connection(), wanted, _by(viewer))
    except (AddressError, WebhookError) as error:
        shown = {"shown": webhook_queries.webhooks(viewer), "url_given": url, "code": code, "problem": str(error)}
        return render(request, "webhooks/list.html", context | shown, status=422)
    messages.success(
        request, "The webhook is registered. Put its secret into your program, which checks deliveries with it."
    )
    return HttpResponseRedirect(reverse("webhook", args=[number]))


@require_safe
@records
@sensitive_variables("context")
def webhook_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """State, secret, deliveries, history, and what can be changed; the secret is shown to its own client alone."""
    found = webhook_queries.webhook(viewer, number)
    if found is None:
        raise refuse(viewer, WEBHOOK, number)
    disclosures.record(viewer, WEBHOOK, number)
    context = {
        "viewer": viewer,
        "webhook": found.row,
        "health": found.health,
        "secret": "" if viewer.officer else webhook_queries.secret(found.row),
        "deliveries": webhook_queries.deliveries(found.row),
        "history": webhook_queries.history(found.row),
    }
    return render(request, "webhooks/webhook.html", context)


@require_POST
@traders
def change(request: HttpRequest, viewer: Viewer, number: int, change: str) -> HttpResponse:
    """Pause, resume, renew the secret, send again, or end."""
    if change not in _CHANGES:
        raise Http404(change)
    if webhook_queries.webhook(viewer, number) is None:
        raise refuse(viewer, WEBHOOK, number)
    messages.success(request, _CHANGES[change](request, viewer, number))
    if change == "end":
        return HttpResponseRedirect(reverse("webhooks"))
    return HttpResponseRedirect(reverse("webhook", args=[number]))


def _pause(request: HttpRequest, viewer: Viewer, number: int) -> str:
    reason = request.POST.get("reason", "").strip() or "Paused by its owner"
    done = webhook_care.pause(raw_connection(), number, reason, _by(viewer))
    return "The webhook is paused; what is for it waits." if done else "Nothing was changed: it is not active."


def _resume(request: HttpRequest, viewer: Viewer, number: int) -> str:  # noqa: ARG001 - the changes' common shape
    done = webhook_care.resume(raw_connection(), number, _by(viewer))
    return "The webhook goes on with what waits." if done else "Nothing was changed: it is not paused."


def _renew(request: HttpRequest, viewer: Viewer, number: int) -> str:  # noqa: ARG001 - the changes' common shape
    webhook_care.renew_secret(raw_connection(), number, _by(viewer))
    return "The webhook has a new secret. For a day, deliveries are signed with the one before as well."


def _replay(request: HttpRequest, viewer: Viewer, number: int) -> str:
    given = request.POST.get("after", "").strip()
    after = int(given) if given.isdecimal() and len(given) <= LONGEST_CURSOR else 0
    count = webhook_care.replay(raw_connection(), number, after, _by(viewer))
    return f"{count} {'event is' if count == 1 else 'events are'} sent once more."


def _end(request: HttpRequest, viewer: Viewer, number: int) -> str:  # noqa: ARG001 - the changes' common shape
    webhook_care.end(raw_connection(), number, _by(viewer))
    return f"Webhook {number} has ended."


_CHANGES: Final[dict[str, Callable[[HttpRequest, Viewer, int], str]]] = {
    "pause": _pause,
    "resume": _resume,
    "renew": _renew,
    "replay": _replay,
    "end": _end,
}


def _by(viewer: Viewer) -> By:
    return By(viewer.email, "web", timezone.now())
