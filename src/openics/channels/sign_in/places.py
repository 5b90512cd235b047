"""Two signed cookies: who was signed in last, so that a lost form finds its person; and which browsers a person used before."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase

from openics.clients.models import Person

PLACE, DEVICE = "openics_place", "openics_device"
PLACE_LASTS: Final = timedelta(hours=12)
DEVICE_LASTS: Final = timedelta(days=90)


def remember(response: HttpResponseBase, person: Person) -> None:
    """Note in the browser that this person is signed in, and that the browser is one of the person's."""
    for name, lasts in ((PLACE, PLACE_LASTS), (DEVICE, DEVICE_LASTS)):
        response.set_cookie(
            name,
            TimestampSigner(salt=name).sign(str(person.pk)),
            max_age=lasts,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget(response: HttpResponseBase) -> None:
    """Forget who was signed in: the person signed out, or the session was ended."""
    response.delete_cookie(PLACE, samesite="Lax")


def last_person(request: HttpRequest) -> int | None:
    """The person whose session in this browser came to its end by itself; None where there is none."""
    return _person(request, PLACE, PLACE_LASTS)


def known_browser(request: HttpRequest) -> int | None:
    """The person who signed in with this browser before."""
    return _person(request, DEVICE, DEVICE_LASTS)


def _person(request: HttpRequest, name: str, lasts: timedelta) -> int | None:
    try:
        return int(TimestampSigner(salt=name).unsign(request.COOKIES.get(name, ""), max_age=lasts))
    except (BadSignature, ValueError):
        return None
