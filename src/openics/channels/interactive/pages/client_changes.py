"""Amending a client's record: typed in, checked, shown with what it changes, and made on confirmation."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openics.channels.interactive import client_forms as forms
from openics.channels.interactive import client_queries as queries
from openics.channels.interactive.access import on_duty, records, refuse
from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.pages.clients import about, seen
from openics.clients.access_codes import Duty
from openics.clients.codes import EntryKind, Standing
from openics.clients.countries import known_countries
from openics.clients.due import CLIENT, legal_date
from openics.clients.models import Client
from openics.clients.register_errors import RegisterError, checked_reason
from openics.clients.register_record import ClientRecord, Entry, differences
from openics.clients.register_rules import Problem, entries_problems, entry_problems, problems
from openics.clients.register_store import Stored
from openics.exchange import client_care
from openics.exchange.care import By
from openics.information import client_interest
from openics.information.interest import Viewer

SALT: Final = "openics.client-amendment"
KEPT_FOR: Final = 3600
"""Seconds for which an amendment waits for its confirmation."""


@require_http_methods(["GET", "HEAD", "POST"])
@records
def amend(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Name, address and contacts: the form, and on POST what it would change."""
    found, stored = _amendable(viewer, client, " amend")
    wanted = forms.amended(stored.record, request.POST) if request.method == "POST" else stored.record
    wrong: list[Problem] = []
    if request.method == "POST":
        wrong = [*problems(wanted, _countries(wanted)), *entries_problems(wanted)]
        if not wrong:
            return _ask(request, viewer, found, stored, wanted)
    context = {
        **about(viewer, found, legal_date(timezone.now())),
        "record": wanted,
        "problems": wrong,
        "own_address": not stored.record.of_kind(EntryKind.CENTRE),
        "centres": stored.record.of_kind(EntryKind.CENTRE),
        "rows": forms.blank_rows(len(wanted.contacts)),
        "kinds": forms.kinds_of_contact(),
    }
    return render(request, "clients/amend.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@records
def entry_add(request: HttpRequest, viewer: Viewer, client: str, kind: str) -> HttpResponse:
    """A new role, licence, place, branch or activity centre: the form, and on POST what it would change."""
    if kind not in set(EntryKind):
        raise Http404(kind)
    return _entry(request, viewer, client, EntryKind(kind), None)


@require_http_methods(["GET", "HEAD", "POST"])
@records
def entry_change(request: HttpRequest, viewer: Viewer, client: str, place: int) -> HttpResponse:
    """An entry that is there, to be ended or put right: the form, and on POST what it would change."""
    _, stored = _amendable(viewer, client, f" entry {place}")
    if place >= len(stored.record.entries):
        raise refuse(viewer, CLIENT, f"{client} entry {place}")
    return _entry(request, viewer, client, stored.record.entries[place].kind, place)


def _entry(request: HttpRequest, viewer: Viewer, client: str, kind: EntryKind, place: int | None) -> HttpResponse:
    found, stored = _amendable(viewer, client, f" {kind}")
    if kind not in client_interest.amendable(viewer):
        raise refuse(viewer, CLIENT, f"{client} {kind}")
    entry: Entry | None = stored.record.entries[place] if place is not None else None
    wrong: list[Problem] = []
    if request.method == "POST":
        entry, wrong = forms.entry(kind, request.POST)
        wanted = stored.record.with_entry(entry, place)
        wrong = wrong or [*entry_problems(entry, _countries(wanted)), *entries_problems(wanted)]
        if not wrong:
            return _ask(request, viewer, found, stored, wanted)
    context = {
        **about(viewer, found, legal_date(timezone.now())),
        "kind": kind,
        "entry": entry,
        "given": request.POST if request.method == "POST" else {},
        "problems": wrong,
        "is_new": place is None,
    }
    return render(request, "clients/entry.html", context, status=422 if wrong else 200)


def _ask(request: HttpRequest, viewer: Viewer, found: Client, stored: Stored, wanted: ClientRecord) -> HttpResponse:
    changed = differences(stored.record, wanted)
    if not changed:
        messages.info(request, "Nothing differs from what the register holds; nothing was changed.")
        return HttpResponseRedirect(reverse("client", args=[found.client_id]))
    proposal = signing.dumps([viewer.person, stored.version, wanted.to_json()], salt=SALT, compress=True)
    return _confirmation(request, viewer, found, wanted, proposal)


def _confirmation(
    request: HttpRequest, viewer: Viewer, found: Client, wanted: ClientRecord, proposal: str, problem: str = ""
) -> HttpResponse:
    context = {
        **about(viewer, found, legal_date(timezone.now())),
        "changed": differences(queries.stored(found).record, wanted),
        "proposal": proposal,
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return render(request, "clients/confirm.html", context, status=422 if problem else 200)


@require_POST
@records
def confirm(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Make the amendment that was shown, if nobody amended the record meanwhile."""
    found, _ = _amendable(viewer, client, " confirm")
    proposal = request.POST.get("proposal", "")
    try:
        person, version, content = signing.loads(proposal, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return _again(request, found, "That amendment waited for too long. Make it again.")
    wanted = ClientRecord.from_json(content)
    if person != viewer.person or wanted.client_id != found.client_id:
        raise refuse(viewer, CLIENT, f"{client} confirm")
    reason = request.POST.get("reason", "").strip()
    try:
        reason = checked_reason(f"client {client}", reason) if reason or viewer.officer else ""
    except RegisterError as error:
        return _confirmation(request, viewer, found, wanted, proposal, f"{error.text} {error.fix}")
    return _make(request, viewer, found, wanted, version, reason)


def _make(
    request: HttpRequest, viewer: Viewer, found: Client, wanted: ClientRecord, version: int, reason: str
) -> HttpResponse:
    by = By(viewer.email, "web", timezone.now())
    try:
        done = client_care.amend(raw_connection(), wanted, version, by, reason)
    except RegisterError as error:
        return _again(request, found, f"{error.text} {error.fix}")
    if done:
        messages.success(request, "The record is amended. What it was before stays in its history.")
    else:
        messages.info(request, "Nothing was changed: the register holds just that already.")
    return HttpResponseRedirect(reverse("client", args=[found.client_id]))


def _again(request: HttpRequest, found: Client, text: str) -> HttpResponse:
    messages.error(request, text)
    return HttpResponseRedirect(reverse("client", args=[found.client_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty(Duty.REGISTRATION)
def standing(request: HttpRequest, viewer: Viewer, client: str) -> HttpResponse:
    """Cancel a client, or make it active again, for a reason."""
    found, stored = _amendable(viewer, client, " standing")
    active = stored.record.standing is Standing.ACTIVE
    context: dict[str, Any] = {**about(viewer, found, legal_date(timezone.now())), "active": active}
    reason = request.POST.get("reason", "")
    if request.method != "POST":
        return render(request, "clients/standing.html", {**context, "reason": "", "problem": ""})
    wanted = Standing.CANCELLED if active else Standing.ACTIVE
    try:
        by = By(viewer.email, "web", timezone.now())
        client_care.set_standing(raw_connection(), found.client_id, wanted, reason, by)
    except RegisterError as error:
        shown = {**context, "reason": reason, "problem": f"{error.text} {error.fix}"}
        return render(request, "clients/standing.html", shown, status=422)
    messages.success(request, f"Client {found.client_id} is {'cancelled' if active else 'active'}.")
    return HttpResponseRedirect(reverse("client", args=[found.client_id]))


def _amendable(viewer: Viewer, client: str, what: str) -> tuple[Client, Stored]:
    found = seen(viewer, client, what)
    if not client_interest.may_amend(viewer, found.client_id):
        raise refuse(viewer, CLIENT, client)
    return found, queries.stored(found)


def _countries(record: ClientRecord) -> frozenset[str]:
    with raw_connection().cursor() as cursor:
        return known_countries(cursor, record.addresses(), legal_date(timezone.now()))
