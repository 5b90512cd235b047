"""Certificates that end soon and are not renewed, with what their sites were told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive import site_queries
from openics.channels.interactive.access import on_duty
from openics.channels.interactive.database import raw_connection
from openics.clients.access_codes import Duty
from openics.exchange.notices.reading import last_reminders
from openics.information import disclosures
from openics.information.interest import Viewer

MOST = 500
"""Certificates on one page, those that end first; the command lists all."""


@require_safe
@on_duty(Duty.REGISTRATION)
def renewals(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The certificates, those that end first coming first."""
    found = site_queries.expiring(viewer, timezone.now())
    shown = found[:MOST]
    with raw_connection().cursor() as cursor:
        told = last_reminders(cursor, [each.certificate.fingerprint for each in shown])
    sites = site_queries.by_name(viewer, [each.certificate.site for each in shown])
    disclosures.record(viewer, "RENEWALS", "")
    rows = [(each, sites[each.certificate.site], told.get(each.certificate.fingerprint)) for each in shown]
    return render(request, "sites/renewals.html", {"rows": rows, "more": len(found) - len(shown)})
