"""Register for Customs Interactive: a public form in steps, and how an application stands."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openics.channels.interactive import client_forms as forms
from openics.channels.interactive.access import public
from openics.channels.interactive.database import raw_connection
from openics.clients.applications import CONDITIONS, OPEN_ROLES, STEPS, Application, problems
from openics.clients.codes import ClientKind
from openics.clients.countries import known_countries
from openics.clients.due import legal_date
from openics.clients.register_rules import Problem
from openics.exchange import application_care as care

KEY: Final = "registration"
"""Where the session keeps what has been said so far."""
LIMITS: Final = {"apply": "5/h/ip,20/d/ip", "status": "20/5m/ip,10/h/key"}
"""How often one address may apply, and one address or anybody for one application may try a code."""
TITLES: Final = {
    "identify": "Who are you?",
    "details": "Name, address and contacts",
    "roles": "What part do you play?",
    "person": "The first person",
    "check": "Check your answers",
}


@require_safe
@public
def begin(request: HttpRequest) -> HttpResponse:
    """What registering means, what it takes, and what comes after it."""
    return render(request, "registration/begin.html", {"steps": TITLES})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step of the form; what is right is kept in the session, and leads to the next one."""
    if step not in STEPS:
        raise Http404(step)
    given = Application.from_json(request.session.get(KEY, {}))
    if request.method != "POST":
        missing = _first_missing(given, step)
        if missing:
            return HttpResponseRedirect(reverse("register_step", args=[missing]))
        return _ask(request, step, given, [])
    given = _said(step, given, request)
    wrong = problems(step, given, _countries(given))
    if wrong:
        return _ask(request, step, given, wrong)
    if step == "check":
        return _apply(request, given)
    request.session[KEY] = given.to_json()
    following = STEPS[STEPS.index(step) + 1]
    known_all = _first_missing(given, "check") is None and "change" in request.GET
    return HttpResponseRedirect(reverse("register_step", args=["check" if known_all else following]))


def _said(step: str, given: Application, request: HttpRequest) -> Application:
    """The application with what the form of this step says."""
    form = request.POST
    if step == "identify":
        kind = forms.text(form, "kind")
        abn = forms.code(form, "abn")[:20] if kind == ClientKind.ABN else ""
        return replace(given, kind=kind, abn=abn)
    if step == "details":
        names = ("name", "telephone_prefix", "telephone", "mail")
        return replace(_filled(given, form, names), address=forms.address(form))
    if step == "roles":
        return replace(given, roles=tuple(role for role in OPEN_ROLES if role in form.getlist("roles")))
    if step == "person":
        return _filled(given, form, _PERSON)
    return replace(given, agreed=CONDITIONS if form.get("agreed") == CONDITIONS else "")


def _filled(given: Application, form: forms.Fields, names: Iterable[str]) -> Application:
    return Application.from_json({**given.to_json(), **{name: forms.text(form, name) for name in names}})


_PERSON: Final = ("person_name", "person_mail", "person_title")


def _first_missing(given: Application, until: str) -> str | None:
    """The first step before `until` that is not answered rightly yet."""
    countries = _countries(given)
    return next((each for each in STEPS[: STEPS.index(until)] if problems(each, given, countries)), None)


def _ask(request: HttpRequest, step: str, given: Application, wrong: list[Problem]) -> HttpResponse:
    place = STEPS.index(step)
    context = {
        "step": step,
        "title": TITLES[step],
        "number": place + 1,
        "count": len(STEPS),
        "back": reverse("register_step", args=[STEPS[place - 1]]) if place else reverse("register"),
        "given": given,
        "problems": wrong,
        "open_roles": OPEN_ROLES,
        "conditions": CONDITIONS,
    }
    return render(request, f"registration/{step}.html", context, status=422 if wrong else 200)


def _apply(request: HttpRequest, given: Application) -> HttpResponse:
    if not _within(request, "apply"):
        return render(request, "429.html", status=429)
    reference, secret = care.receive(given, timezone.now())
    request.session.pop(KEY, None)
    code = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return render(request, "registration/done.html", {"reference": reference, "code": code})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def status(request: HttpRequest) -> HttpResponse:
    """How an application stands, for whoever knows its reference and its code; gives out the first password once."""
    context: dict[str, Any] = {"reference": "", "problem": "", "application": None}
    if request.method != "POST":
        return render(request, "registration/status.html", context)
    reference, code = forms.code(request.POST, "reference")[:20], forms.text(request.POST, "code")[:40]
    if not _within(request, "status", key=reference):
        return render(request, "429.html", status=429)
    found = care.find(reference, code)
    if found is None:
        problem = "There is no application with this reference and this code. Check both; capital letters do not matter"
        return render(
            request, "registration/status.html", {**context, "reference": reference, "problem": problem}, status=422
        )
    now = timezone.now()
    password = care.collect(found, now) if request.POST.get("collect") else None
    if password:
        found.refresh_from_db()
    context |= {"application": found, "reference": reference, "code": code, "password": password}
    return render(request, "registration/status.html", {**context, "may_collect": care.may_collect(found, now)})


def _within(request: HttpRequest, action: str, key: str | None = None) -> bool:
    return bool(ratelimit.consume(request, app="openics.registration", action=action, config=LIMITS, key=key))


def _countries(given: Application) -> frozenset[str]:
    if not given.address.get("country"):
        return frozenset()
    today = legal_date(timezone.now())
    with raw_connection().cursor() as cursor:
        return known_countries(cursor, [given.address], today)
