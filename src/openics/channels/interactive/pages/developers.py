"""The page about the API, for those who write software that uses it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openics.channels.api import description
from openics.channels.api.examples import CURL, PYTHON
from openics.channels.api.scopes import SCOPES
from openics.channels.interactive.access import public
from openics.exchange.scripted import TABLE


@require_safe
@public
def developers(request: HttpRequest) -> HttpResponse:
    """How to begin, every operation, every form, every problem, and the scripted outcomes of industry test."""
    about = {
        "sections": description.sections(),
        "forms": description.forms(),
        "kinds": description.kinds(),
        "scopes": SCOPES,
        "scripted": [(each.prefix, each.outcome, f"{each.happens}.", each.messages) for each in TABLE],
        "curl": CURL.format(address=settings.PUBLIC_URL),
        "python": PYTHON.replace("http://localhost:8080", settings.PUBLIC_URL),
        "address": settings.PUBLIC_URL,
        "most": settings.API_REQUESTS_PER_MINUTE,
        "largest": settings.API_LARGEST_INTERCHANGE,
    }
    return render(request, "api/api.html", about)
