"""Opening the link of an invitation, and choosing how to sign in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openics.channels.interactive.access import public
from openics.channels.sign_in import invitations
from openics.channels.sign_in.models import Invitation
from openics.exchange.care import By


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Say whom the link is for; on POST sign the person in, to set up a passkey or a password with codes.

    Opening the page alone changes nothing: mail filters open links too.
    """
    too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if too_many:
        return too_many
    found = invitations.find(secret, timezone.now())
    if found is None:
        return render(request, "account/invitation_ended.html", status=404)
    if request.method != "POST":
        return render(request, "account/invitation.html", {"invitation": found})
    return _accept(request, found)


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    if not invitations.accept(found, By(found.person.email, "web", timezone.now())):
        return render(request, "account/invitation_ended.html", status=404)
    request.session.flush()
    found.person.refresh_from_db()
    record_authentication(request, found.person, method="invitation")
    login(request, found.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponseRedirect(reverse("mfa_index"))
