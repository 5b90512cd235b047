"""Middleware: a session that was ended, or has lasted too long, opens nothing more."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from openics.channels.sign_in import places, sessions
from openics.clients.models import Person

Respond = Callable[[HttpRequest], HttpResponseBase]
_ENDED = "Your session has ended. Sign in to go on."


class LiveSession:
    """Holds each session against its row: begins the row, ends the session with it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End what has ended before the page is opened; note beginnings and ends afterwards."""
        ended = self._end_what_has_ended(request)
        before = request.session.get(sessions.KEY)
        response = self.respond(request)
        person = request.user
        if isinstance(person, Person) and sessions.KEY not in request.session:
            sessions.begin(request, person)
            places.remember(response, person)
        elif not isinstance(person, Person) and before is not None:
            sessions.sign_out(before, timezone.now())
            places.forget(response)
        elif ended:
            places.forget(response)
        return response

    def _end_what_has_ended(self, request: HttpRequest) -> bool:
        """Whether somebody ended it: then what is typed in this browser is nobody's any more."""
        person = request.user
        if not isinstance(person, Person) or sessions.KEY not in request.session:
            return False
        state = sessions.state(request, person, timezone.now())
        if state is not sessions.State.LIVE:
            logout(request)
            messages.info(request, _ENDED)
        return state is sessions.State.ENDED
