"""What load balancers, operators' tools and Prometheus read over HTTP."""

from dataclasses import asdict

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from openics import __version__
from openics.ops.health import examine
from openics.ops.metrics import render


def _connect() -> psycopg.Connection:
    connection.ensure_connection()
    raw = connection.connection
    if not isinstance(raw, psycopg.Connection):
        raise psycopg.OperationalError("no connection")
    return raw


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answers as long as the process does."""
    return JsonResponse({"status": "live", "version": __version__})


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Ready (200), or not (503) and why not."""
    findings = examine(_connect)
    ready = all(finding.well for finding in findings)
    body = {
        "status": "ready" if ready else "not ready",
        "version": __version__,
        "checks": [asdict(f) for f in findings],
    }
    return JsonResponse(body, status=200 if ready else 503)


@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """Queue ages, rates, latencies and outcomes."""
    return HttpResponse(render(_connect()), content_type="text/plain; version=0.0.4; charset=utf-8")
