"""What load balancers, operators' tools and Prometheus read over HTTP.

Each look opens a connection of its own: one that a page keeps may have died with the database that is asked about.
"""

from dataclasses import asdict

import psycopg
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from openics import __version__
from openics.ops import database
from openics.ops.health import examine
from openics.ops.metrics import render

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answers as long as the process does."""
    return JsonResponse({"status": "live", "version": __version__})


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Ready (200), or not (503) and why not."""
    findings = examine(lambda: database.connect("health"))
    ready = all(finding.well for finding in findings)
    body = {
        "status": "ready" if ready else "not ready",
        "version": __version__,
        "checks": [asdict(finding) for finding in findings],
    }
    return JsonResponse(body, status=200 if ready else 503)


@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """Queue ages, rates, latencies and outcomes; 503 when the database cannot be reached."""
    try:
        with database.connect("metrics") as connection:
            return HttpResponse(render(connection), content_type=PROMETHEUS)
    except (psycopg.Error, database.NotRunningError):
        return HttpResponse("the database cannot be reached\n", status=503, content_type="text/plain")
