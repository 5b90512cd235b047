"""Middleware: a second factor for everybody, and an idle time-out that a self-refreshing page does not reset."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from openics.channels.interactive.access import Access
from openics.channels.sign_in.stages import certificate_was_enough

Respond = Callable[[HttpRequest], HttpResponseBase]
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactor:
    """Sends signed-in people who have no second factor to the page that sets one up, whatever they wanted to open."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the decision needs the view."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: Any
    ) -> HttpResponseBase | None:
        """Decide by the rule that the view carries; a view without one needs the second factor too."""
        if getattr(view, "access", None) in {Access.PUBLIC, Access.SETUP} or not request.user.is_authenticated:
            return None
        if is_mfa_enabled(request.user, SECOND_FACTORS) or certificate_was_enough(request, request.user):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))


class IdleTimeout:
    """Starts the session's idle time again with each page that a person opens, not with those that refresh themselves."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the session for saving."""
        response = self.respond(request)
        htmx: Any = getattr(request, "htmx", None)
        if request.user.is_authenticated and not htmx:
            request.session.modified = True
        return response
