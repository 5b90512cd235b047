"""The gateway's own keys, and how far the sites have come in changing to the new one."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive import gateway_queries
from openics.channels.interactive.access import on_duty
from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.words import Word
from openics.channels.mail.key_use import Standing, key_use
from openics.clients.access_codes import Duty
from openics.exchange.policy import CANBERRA
from openics.information import disclosures
from openics.information.interest import Viewer
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import PublicKeyDates, read_public
from openics.pki.key_ring import coming, state

MOST_SITES = 500
"""Sites on one page; those that need attention come first, and the command lists all."""

CANBERRA_TIME = "%a %-d %b %H:%M %Z"
TAGS = {
    Standing.OLD: Word("Old key", "red"),
    Standing.BACK: Word("Old key again", "orange"),
    Standing.SILENT: Word("Nothing sent", "grey"),
    Standing.NEW: Word("New key", "green"),
}


@require_safe
@on_duty(Duty.GATEWAY)
def gateway_keys(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The keys with their dates, what comes next, and every active site's last mail and key."""
    now = timezone.now()
    keys, problem = _keys()
    with raw_connection().cursor() as cursor:
        use = key_use(cursor, keys, now, test=settings.TEST_ENVIRONMENT)
    disclosures.record(viewer, "GATEWAY_KEYS", "")
    context = {
        "keys": [(key, state(keys, key, now)) for key in keys],
        "coming": [(change, f"{change.at.astimezone(CANBERRA):{CANBERRA_TIME}}") for change in coming(keys, now)[:3]],
        "problem": problem,
        "use": use,
        "sites": use.sites[:MOST_SITES],
        "tags": TAGS,
        "confirmed": _confirmed(keys, use.new_key),
    }
    return render(request, "gateway/keys.html", context)


def _confirmed(keys: list[PublicKeyDates], new: str) -> dict[str, datetime]:
    """When the people of each site said that it has switched to the new key."""
    names = [fingerprint(key.certificate) for key in keys if key.name == new]
    return gateway_queries.confirmations(names[0]) if names else {}


def _keys() -> tuple[list[PublicKeyDates], PkiError | None]:
    try:
        return read_public(settings.GATEWAY_DIRECTORY), None
    except PkiError as error:
        return [], error
