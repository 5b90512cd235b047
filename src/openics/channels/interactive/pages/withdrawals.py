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
from openics.exports.models import ExportDeclaration
from openics.information import disclosures
from openics.information.interest import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@traders
def withdrawal(request: HttpRequest, viewer: Viewer, edn: str) -> HttpResponse:
    """Show what withdrawing means; on POST do it."""
    declared = queries.declaration(viewer, edn)
    if declared is None:
        raise refuse(viewer, "EDN", edn)
    if not can_be_withdrawn(viewer, declared):
        raise PermissionDenied("This declaration cannot be withdrawn, or not by you.")
    disclosures.record(viewer, "EDN", f"{edn} withdrawal")
    if request.method == "POST":
        return _withdrawn(request, viewer, declared)
    return render(request, "declarations/withdraw.html", {"declaration": declared})


def _withdrawn(request: HttpRequest, viewer: Viewer, declared: ExportDeclaration) -> HttpResponse:
    progress = withdraw(viewer, declared)
    if not progress.messages:
        messages.info(request, "Your withdrawal is stored and will be decided shortly.")
        return HttpResponseRedirect(reverse("received", args=[progress.intake]))
    messages.success(request, "Your withdrawal has been decided. Below is what happened to it.")
    return HttpResponseRedirect(reverse("message", args=[progress.messages[0]]))
