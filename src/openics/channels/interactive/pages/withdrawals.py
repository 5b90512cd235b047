"""Asking before an export declaration is withdrawn, and withdrawing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import queries
from openics.channels.interactive.access import refuse, traders
from openics.channels.interactive.withdrawal import can_be_withdrawn, withdraw
from openics.channels.interactive.words import DECLARATION_STATUSES, word
from openics.channels.sign_in import drafts
from openics.exchange.models import Message
from openics.exports.models import ExportDeclaration
from openics.information import disclosures
from openics.information.interest import Viewer, may_act


@require_http_methods(["GET", "HEAD", "POST"])
@traders
@drafts.filled
def withdrawal(request: HttpRequest, viewer: Viewer, edn: str) -> HttpResponse:
    """Show what withdrawing means; on POST do it."""
    declared = queries.declaration(viewer, edn)
    if declared is None:
        raise refuse(viewer, "EDN", edn)
    if not may_act(viewer, declared):
        raise PermissionDenied("Only the reporting party can withdraw a declaration.")
    if not can_be_withdrawn(viewer, declared):
        status = word(DECLARATION_STATUSES, declared.status).text
        messages.info(request, f"Nothing was sent: this declaration is already {status}.")
        return HttpResponseRedirect(reverse("declaration", args=[edn]))
    disclosures.record(viewer, "EDN", f"{edn} withdrawal")
    if request.method == "POST":
        return _withdrawn(request, viewer, declared)
    return render(request, "declarations/withdraw.html", {"declaration": declared})


def _withdrawn(request: HttpRequest, viewer: Viewer, declared: ExportDeclaration) -> HttpResponse:
    progress = withdraw(viewer, declared)
    drafts.forget(request)
    if not progress.messages:
        messages.info(request, "Your withdrawal is stored and will be decided shortly.")
        return HttpResponseRedirect(reverse("received", args=[progress.intake]))
    decided = queries.message(viewer, progress.messages[0])
    if decided is not None and decided.state == Message.State.ACCEPTED:
        messages.success(request, f"Export declaration {declared.edn} is withdrawn. Below is what happened to it.")
    else:
        messages.error(request, "Your withdrawal was not accepted. Below is why.")
    return HttpResponseRedirect(reverse("message", args=[progress.messages[0]]))
