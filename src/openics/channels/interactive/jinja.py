"""The Jinja environment of the pages."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from openics.channels.interactive import notice_queries, outage_board, purpose, words
from openics.channels.interactive.guidance.linking import link_terms
from openics.channels.interactive.navigation import navigation
from openics.clients.models import Person
from openics.exchange.models import Notice

COMPONENTS = "govuk_frontend_jinja"
GUIDANCE_PAGES = (
    ("start", "First time users"),
    ("certificates", "About digital certificates"),
    ("gateway_certificates", "The gateway's certificates"),
    ("terms", "ICS terms and acronyms"),
    ("continuity", "Business continuity"),
    ("information", "Accessing information"),
    ("api", "The API"),
    ("status", "System status"),
    ("browsers", "Browser support"),
)
"""Public pages that every page leads to: routes with their names."""


def environment(**options: Any) -> Environment:
    """Jinja with the component macros, our words and functions."""
    components = PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)})
    options["loader"] = ChoiceLoader([options["loader"], components])
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django turns autoescape on
    made.globals |= {
        "url": reverse_to,
        "static": static,
        "json_script": json_script,
        "words": words,
        "navigation": navigation,
        "guidance_pages": GUIDANCE_PAGES,
        "flash_messages": get_messages,
        "purpose_text": purpose_text,
        "near_outages": outage_board.near,
        "open_notices": open_notices,
        "test_environment": settings.TEST_ENVIRONMENT,
        "gateway_address": settings.GATEWAY_ADDRESS,
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "test_authority": has_test_authority,
        "now": timezone.now,
    }
    made.filters |= {"when": when, "clock": clock, "day": day, "minute": minute, "linked": linked}
    return made


def has_test_authority() -> bool:
    """Whether this instance issues test certificates."""
    return settings.TEST_ENVIRONMENT and (settings.PKI_DIRECTORY / "authority").is_dir()


def reverse_to(name: str, *args: Any) -> str:
    """The address of a route."""
    return reverse(name, args=args)


def when(value: datetime | str | None) -> Markup:
    """A moment as `22 Nov 2026 21:45:03`, in a time element; ISO text is read first."""
    return _time(value, "%-d %b %Y %H:%M:%S")


def clock(value: datetime | str | None) -> Markup:
    """A moment as `21:45:03`."""
    return _time(value, "%H:%M:%S")


def day(value: datetime | str | None) -> Markup:
    """A moment as `22 Nov 2026`."""
    return _time(value, "%-d %b %Y")


def minute(value: datetime | str | None) -> Markup:
    """A moment as `22 Nov 2026 21:45`."""
    return _time(value, "%-d %b %Y %H:%M")


def linked(html: str) -> Markup:
    """The HTML of a page with the terms of the trade linked to the page that explains them."""
    return link_terms(html, reverse("terms"))


def _time(value: datetime | str | None, shape: str) -> Markup:
    if not value:
        return Markup()
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="seconds"), local.strftime(shape))


def purpose_text(request: HttpRequest) -> dict[str, Any] | None:
    """An officer's purpose in force in words, with its end."""
    text = purpose.current(request.session)
    return {"text": purpose.in_words(text), "until": purpose.until(request.session)} if text else None


def open_notices(request: HttpRequest) -> list[Notice]:
    """The notices on which the people of a trader still have to act; none on the pages of notices themselves."""
    person = request.user
    if not isinstance(person, Person) or person.is_officer or person.client is None:
        return []
    return (
        []
        if request.path.startswith(reverse("notices"))
        else notice_queries.still_open(person.client.client_id, timezone.now())
    )
