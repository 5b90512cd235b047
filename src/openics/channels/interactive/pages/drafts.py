"""Drafts: what somebody typed and did not send."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from openics.channels.interactive.access import refuse, signed_in
from openics.channels.sign_in import drafts
from openics.channels.sign_in.models import Draft
from openics.clients.models import Person
from openics.information.interest import Viewer

KIND = "DRAFT"


@require_safe
@signed_in
def draft_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001 - one sees one's own
    """One's drafts."""
    assert isinstance(request.user, Person)  # noqa: S101 - the access rule has seen to it
    return render(
        request,
        "drafts/list.html",
        {"drafts": drafts.drafts_of(request.user, timezone.now()), "days": drafts.LASTS.days},
    )


@require_safe
@signed_in
def kept(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001
    """Back to the form that was being filled when the session ended; for anybody but its person to the start."""
    assert isinstance(request.user, Person)  # noqa: S101
    found = drafts.latest(request.user, timezone.now())
    return HttpResponseRedirect(_back(found) if found else reverse("messages"))


@require_safe
@signed_in
def draft(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """What was typed, and the way back to its form."""
    found = _own(request, viewer, number)
    return render(
        request, "drafts/draft.html", {"draft": found, "way": drafts.way_back(found.page), "back": _back(found)}
    )


@require_POST
@signed_in
def remove(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """Throw a draft away."""
    drafts.remove(_own(request, viewer, number))
    messages.success(request, "The draft is thrown away.")
    return HttpResponseRedirect(reverse("drafts"))


@require_POST
@signed_in
def save(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Save what a page's form holds: its address in `page`, its fields as JSON in `content`. 204, or 422 when it cannot."""
    try:
        content = json.loads(request.POST.get("content", ""))
    except (ValueError, RecursionError):
        content = None
    texts = isinstance(content, dict) and all(isinstance(text, str) for text in content.values())
    saved = texts and drafts.save(viewer.signed_in, request.POST.get("page", ""), content, timezone.now())
    return HttpResponse(status=204 if saved else 422)


def _own(request: HttpRequest, viewer: Viewer, number: int) -> Draft:
    assert isinstance(request.user, Person)  # noqa: S101
    found = drafts.draft_of(request.user, number, timezone.now())
    if found is None:
        raise refuse(viewer, KIND, number)
    return found


def _back(found: Draft) -> str:
    """Where the form is filled again: on its page, or, when it has to be posted there, from the draft's own."""
    if drafts.way_back(found.page) is drafts.Way.FILLED:
        return f"{found.page}?draft={found.pk}"
    return reverse("draft", args=[found.pk])
