"""An officer says what for, before seeing anything."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from openics.channels.interactive import purpose
from openics.channels.interactive.access import signed_in
from openics.information import disclosures
from openics.information.interest import Viewer


@signed_in
def give(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask for a purpose and keep it."""
    if not viewer.officer:
        return HttpResponseRedirect(reverse("messages"))
    entered = {"reason": request.POST.get("reason", ""), "words": request.POST.get("words", "")}
    back = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    problems = purpose.problems(entered["reason"], entered["words"]) if request.method == "POST" else {}
    if request.method != "POST" or problems:
        context = {"entered": entered, "problems": problems, "next": back, "reasons": purpose.REASONS}
        return render(request, "purpose.html", context, status=422 if problems else 200)
    text = purpose.give(request.session, entered["reason"], entered["words"])
    disclosures.record(Viewer(viewer.person, viewer.email, officer=True, purpose=text), "PURPOSE", "given")
    return HttpResponseRedirect(back)


@signed_in
def end(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Forget the purpose."""
    disclosures.record(viewer, "PURPOSE", "ended")
    purpose.end(request.session)
    messages.success(request, "Your purpose has ended. Give a new one before you look at records again.")
    return HttpResponseRedirect(reverse("home"))


give = require_http_methods(["GET", "HEAD", "POST"])(give)
end = require_POST(end)


def _safe(request: HttpRequest, address: str) -> str:
    inside = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and inside else reverse("messages")
