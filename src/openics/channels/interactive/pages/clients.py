"""The client register: search, a client's record with its history, and the lists of licences, places and roles."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive import client_queries as queries
from openics.channels.interactive.access import on_duty, records, refuse, traders
from openics.channels.interactive.pages.listing import listing
from openics.clients.access_codes import Duty
from openics.clients.codes import EntryKind, Role, Standing
from openics.clients.due import CLIENT, legal_date
from openics.clients.models import Client
from openics.clients.register_record import KIND_NAMES
from openics.clients.register_store import as_at
from openics.information import client_interest, disclosures
from openics.information.interest import Viewer


@require_safe
@on_duty(Duty.REGISTRATION)
def client_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Find clients by id, name, code, role and status."""
    search = request.GET.get("search", "").replace("\0", "").strip()[: queries.LONGEST_SEARCH]
    role = request.GET.get("role", "")
    only = request.GET.get("only", "")
    role, only = role if role in set(Role) else "", only if only in queries.ONLY else ""
    found = queries.clients(viewer, search, role, only, **_marks(request))
    context = {"search": search, "role": role, "roles": list(Role), "only": only, "narrowed": queries.ONLY}
    return listing(request, viewer, "clients", found, context)


@require_safe
@on_duty(Duty.REGISTRATION)
def entry_list(request: HttpRequest, viewer: Viewer, kind: str) -> HttpResponse:
    """Every licence, branch, place, activity centre or role with who holds it, on a day or at any time."""
    if kind not in set(EntryKind):
        raise Http404(kind)
    search = request.GET.get("search", "").replace("\0", "").strip()[: queries.LONGEST_SEARCH]
    today = legal_date(timezone.now())
    on = today if request.GET.get("only") == "now" else None
    found = queries.entries(viewer, kind, search, on, **_marks(request))
    context = {"kind": EntryKind(kind), "names": KIND_NAMES, "search": search, "on": on, "today": today}
    return listing(request, viewer, "client_entries", found, context)


def _marks(request: HttpRequest) -> dict[str, str]:
    return {mark: request.GET.get(mark, "") for mark in ("before", "after")}


@require_safe
@traders
def own(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001 - as called
    """Lead to the record of the viewer's own client."""
    if not viewer.client:
        raise refuse(viewer, CLIENT, "own")
    return HttpResponseRedirect(reverse("client", args=[viewer.client]))


@require_safe
@records
def client_page(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """What the register holds of a client; a merged id shows the surviving record."""
    found = seen(viewer, client)
    stored, today = queries.stored(found), legal_date(timezone.now())
    context = {
        **about(viewer, found, today),
        "stored": stored,
        "record": stored.record,
        "asked": client,
        "sites": queries.sites(found),
        "merged": queries.merged(found),
        "addable": _addable(viewer, found),
    }
    return render(request, "clients/record.html", context)


@require_safe
@records
def client_history(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Every version with who, when, through which channel, and what was before; or the record as it was on a day."""
    found = seen(viewer, client, " history")
    changes = queries.history(found)
    given = request.GET.get("on", "")
    day = _day(given)
    end = datetime.combine(day, time(23, 59, 59, 999_999), UTC) if day else None
    shown = as_at([change.version for change in reversed(changes)], end) if end else None
    context = {
        **about(viewer, found, day or legal_date(timezone.now())),
        "changes": changes,
        "on": given,
        "day": day,
        "shown": shown,
        "problem": "Enter a date like 2026-03-31" if given and not day else "",
    }
    return render(request, "clients/history.html", context, status=422 if context["problem"] else 200)


def seen(viewer: Viewer, client: str, what: str = "") -> Client:
    """The client, after the look is recorded; a refusal when there is none that the viewer may see."""
    found = queries.client(viewer, client)
    if found is None:
        raise refuse(viewer, CLIENT, client)
    disclosures.record(viewer, CLIENT, f"{found.client_id}{what}")
    return found


def about(viewer: Viewer, found: Client, today: date) -> dict[str, Any]:
    """What every page of a client shows."""
    may = client_interest.may_amend(viewer, found.client_id)
    return {
        "viewer": viewer,
        "client": found,
        "today": today,
        "names": KIND_NAMES,
        "may_amend": may,
        "amendable": client_interest.amendable(viewer) if may else frozenset(),
        "cancelled": found.status == Standing.CANCELLED,
    }


def _addable(viewer: Viewer, found: Client) -> list[EntryKind]:
    allowed = client_interest.amendable(viewer)
    centres = found.kind == "ABN"
    return [kind for kind in EntryKind if kind in allowed and (centres or kind is not EntryKind.CENTRE)]


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
