"""Sessions of people: begun at sign-in, seen, listed, ended."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from openics.channels.sign_in.history import tell
from openics.channels.sign_in.models import SignIn
from openics.clients.models import Person
from openics.exchange.care import By

KEY: Final = "sign_in"
"""Where the session keeps the number of its row."""
LONGEST: Final = timedelta(hours=12)
"""How long a session lasts, however busy it is."""
SEEN_EVERY = timedelta(minutes=1)
_METHODS: Final = {
    "password": "password",
    "certificate": "certificate",
    "invitation": "invitation link",
    "totp": "one-time code",
    "recovery_codes": "recovery code",
    "webauthn": "passkey",
}


class State(Enum):
    """How a session stands."""

    LIVE = "goes on"
    ENDED = "was ended"
    TOO_LONG = "has lasted as long as a session may"


def begin(request: HttpRequest, person: Person) -> SignIn:
    """Write down that a session has begun, and how."""
    records = get_authentication_records(request, person)
    certificates = [record.get("certificate") for record in records if record.get("method") == "certificate"]
    made = SignIn.objects.create(
        person=person,
        method=_in_words(records),
        certificate_id=certificates[-1] if certificates else None,
        address=request.META.get("REMOTE_ADDR", "")[:45],
        browser=request.META.get("HTTP_USER_AGENT", "")[:300],
    )
    request.session[KEY] = made.pk
    return made


def state(request: HttpRequest, person: Person, now: datetime) -> State:
    """Whether the session may go on; notes that it was seen."""
    found = SignIn.objects.filter(pk=request.session.get(KEY, 0), person=person, ended_at=None).first()
    if found is None:
        return State.ENDED
    if now - found.begun_at >= LONGEST:
        sign_out(found.pk, now)
        return State.TOO_LONG
    if now - found.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=found.pk).update(seen_at=now)
    return State.LIVE


def sign_out(number: int, now: datetime) -> None:
    """Write down that its person ended a session."""
    SignIn.objects.filter(pk=number, ended_at=None).update(ended_at=now)


def current(person: Person, now: datetime) -> QuerySet[SignIn]:
    """A person's sessions that have not ended, the last seen first; one that idled too long has ended by itself."""
    idle = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = SignIn.objects.filter(person=person, ended_at=None, seen_at__gt=idle, begun_at__gt=now - LONGEST)
    return found.order_by("-seen_at", "-pk")


def end(which: Q, by: By, reason: str) -> int:
    """End sessions at once, with a reason for the person and the history; returns how many."""
    found = SignIn.objects.filter(which, ended_at=None)
    return found.update(ended_at=by.now, ended_by=by.actor[:64], reason=reason[:300])


def end_all(person: Person, by: By, reason: str, but: int | None = None) -> int:
    """End a person's sessions, all or all `but` one, and leave an event when there were any."""
    which = Q(person=person) if but is None else Q(person=person) & ~Q(pk=but)
    live_ones = current(person, by.now).filter(which).count()
    end(which, by, reason)
    if live_ones:
        tell(by, "person.sessions-ended", person.email, count=live_ones, reason=reason)
    return live_ones


def by_person(person: Person) -> By:
    """The person itself, now, on these pages."""
    return By(person.email, "web", timezone.now())


def _in_words(records: list[dict[str, Any]]) -> str:
    """`password and one-time code`; a proof that was asked for again later is not named."""
    first = [record for record in records if not record.get("reauthenticated")]
    names = [_METHODS.get(record.get("type") or record["method"], "unknown") for record in first]
    return " and ".join(dict.fromkeys(names))[:60] or "unknown"
