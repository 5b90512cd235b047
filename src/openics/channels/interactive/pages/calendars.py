"""Calendar files to take into one's own calendar."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive import calendars, site_queries
from openics.channels.interactive.access import public, traders
from openics.continuity import outage_store
from openics.exchange import outage_care
from openics.information import disclosures
from openics.information.interest import Viewer
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import PublicKeyDates, read_public


@require_safe
@public
def gateway(_request: HttpRequest) -> HttpResponse:
    """The dates of the gateway's certificates."""
    entries = calendars.gateway(_keys(), settings.GATEWAY_DIRECTORY, _web())
    return _file("gateway-certificates", "Certificates of the customs gateway", entries)


@require_safe
@public
def outages(_request: HttpRequest) -> HttpResponse:
    """Planned outages."""
    with connection.cursor() as cursor:
        found = outage_store.latest(cursor)
        changed = outage_care.last_changes(cursor, [each.number for each in found])
    return _file("planned-outages", "Planned outages of customs", calendars.outages(found, changed, _web()))


@require_safe
@traders
def certificates(_request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """When the certificates of the viewer's sites end."""
    held = site_queries.held(viewer)
    changes = site_queries.certificate_changes(viewer)
    disclosures.record(viewer, "SITES", "calendar")
    return _file(
        "certificates", "Certificates of our EDI sites", calendars.certificates(held, changes, timezone.now(), _web())
    )


def _keys() -> list[PublicKeyDates]:
    try:
        return read_public(settings.GATEWAY_DIRECTORY)
    except PkiError:
        return []


def _web() -> str:
    return str(settings.PUBLIC_URL).rstrip("/")


def _file(name: str, title: str, entries: list[calendars.Entry]) -> HttpResponse:
    domain = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    content = calendars.calendar(title, entries, domain)
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type=calendars.MEDIA_TYPE, headers=headers)
