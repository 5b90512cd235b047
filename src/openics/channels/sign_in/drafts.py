"""What somebody typed into a form and did not send: saved by the page itself, or kept when the session had ended.

A form that was sent after the end of its session is kept for the person whose session it was, whom a signed cookie of
that browser names, and shown to nobody else. It is offered after the person signed in again, and never sent by itself.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from openics.channels.sign_in import places
from openics.channels.sign_in.models import Draft
from openics.clients.models import Person

LASTS: Final = timedelta(days=7)
MOST: Final = 20
"""Drafts of one person; the oldest makes room."""
LARGEST: Final = 1_000_000
"""Characters of one draft."""
LONGEST_PAGE: Final = 300
RECENT: Final = timedelta(hours=12)
_NEVER: Final = ("csrfmiddlewaretoken", "password", "credential", "code", "next")

View = TypeVar("View", bound=Callable[..., Any])


class Way(StrEnum):
    """How a form is filled again with what was typed."""

    FILLED = "opened with `?draft=NUMBER` the page shows it"
    REPLAYED = "posting it to the page changes nothing and shows it"


def filled(view: View) -> View:
    """The page asks `typed` for what to show in its form."""
    view.restores = Way.FILLED  # type: ignore[attr-defined]
    return view


def replayed(view: View) -> View:
    """The page does nothing lasting when its form is posted."""
    view.restores = Way.REPLAYED  # type: ignore[attr-defined]
    return view


def way_back(page: str) -> Way | None:
    """How the form on this page is filled again; None when there is no such page, or it keeps no drafts."""
    try:
        return getattr(resolve(page).func, "restores", None)
    except Resolver404:
        return None


def save(person: int, page: str, content: Mapping[str, str], now: datetime, *, kept: bool = False) -> Draft | None:
    """Keep what was typed on a page, in place of what was kept there before; None when it is too large, or not a form's."""
    fields = {name: text for name, text in content.items() if name not in _NEVER and "password" not in name}
    if way_back(page) is None or len(page) > LONGEST_PAGE or len(json.dumps(fields)) > LARGEST:
        return None
    with transaction.atomic():
        Person.objects.select_for_update().filter(pk=person).first()
        found, _ = Draft.objects.update_or_create(
            person_id=person, page=page, kept=kept, defaults={"content": fields, "changed_at": now}
        )
        old = Draft.objects.filter(person_id=person).order_by("-changed_at", "-pk").values_list("pk")[MOST:]
        Draft.objects.filter(pk__in=[row[0] for row in old]).delete()
    return found


def keep_posted(request: HttpRequest) -> bool:
    """Keep a form that came after the end of its session, for the person whose session this browser had last.

    Only a request that passed the check against forgery comes so far, and files are not kept.
    """
    person = request.user.pk if request.user.is_authenticated else places.last_person(request)
    if person is None or not Person.objects.filter(pk=person, is_active=True).exists():
        return False
    return save(person, request.path, _flat(request.POST), timezone.now(), kept=True) is not None


def drafts_of(person: Person, now: datetime) -> list[Draft]:
    """A person's drafts, the newest first."""
    return list(Draft.objects.filter(person=person, changed_at__gt=now - LASTS).order_by("-changed_at", "-pk"))


def draft_of(person: Person, number: int, now: datetime) -> Draft | None:
    """One of a person's drafts."""
    return Draft.objects.filter(person=person, pk=number, changed_at__gt=now - LASTS).first()


def latest(person: Person, now: datetime) -> Draft | None:
    """What the person typed last, a short while ago."""
    found = Draft.objects.filter(person=person, changed_at__gt=now - RECENT)
    return found.order_by("-changed_at", "-pk").first()


def typed(request: HttpRequest) -> dict[str, str]:
    """What the form of this page is to be filled with: the draft named in `?draft=`, if it is the person's and of this page."""
    number, person = request.GET.get("draft", ""), request.user
    if not (number.isdecimal() and len(number) < 19 and isinstance(person, Person)):
        return {}
    found = draft_of(person, int(number), timezone.now())
    return dict(found.content) if found and found.page == request.path else {}


def forget(request: HttpRequest) -> None:
    """The form of this page was sent: its drafts go."""
    if isinstance(request.user, Person):
        Draft.objects.filter(person=request.user, page=request.path).delete()


def erase_old(now: datetime) -> int:
    """Erase drafts that nobody came back to; returns how many."""
    return Draft.objects.filter(changed_at__lte=now - LASTS).delete()[0]


def _flat(posted: QueryDict) -> dict[str, str]:
    return {name: str(text) for name, text in posted.items()}


def remove(found: Draft) -> None:
    """Throw a draft away."""
    found.delete()
