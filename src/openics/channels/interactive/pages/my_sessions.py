"""Where somebody is signed in: list, end one, end all others; and going on before the session idles out."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from openics.channels.interactive.access import setup
from openics.channels.sign_in import sessions
from openics.clients.models import Person


@require_safe
@setup
def my_sessions(request: HttpRequest) -> HttpResponse:
    """One's sessions; the present one is marked."""
    found = sessions.current(_person(request), timezone.now())
    context = {"sessions": found, "here": request.session.get(sessions.KEY)}
    return render(request, "account/sessions.html", context)


@require_POST
@setup
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's other sessions."""
    person = _person(request)
    if number == request.session.get(sessions.KEY):
        return HttpResponseRedirect(reverse("account_logout"))
    if not sessions.end(Q(person=person, pk=number), sessions.by_person(person), "ended from another session"):
        raise Http404(f"session {number}")
    messages.success(request, "That session is ended.")
    return HttpResponseRedirect(reverse("my_sessions"))


@require_POST
@setup
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    person = _person(request)
    here = request.session.get(sessions.KEY)
    count = sessions.end_all(person, sessions.by_person(person), "ended from another session", but=here)
    said = {0: "You were signed in nowhere else.", 1: "One other session is ended."}
    messages.success(request, said.get(count, f"{count} other sessions are ended."))
    return HttpResponseRedirect(reverse("my_sessions"))


@require_POST
@setup
def stay(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the middleware starts the idle time again
    """Start the session's idle time again."""
    return HttpResponse(status=204)


def _person(request: HttpRequest) -> Person:
    person = request.user
    if not isinstance(person, Person):  # the access rule has seen to it
        raise Http404
    return person
