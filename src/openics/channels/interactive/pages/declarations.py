"""Export declarations: the list, and the page of one, whose title is its status."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openics.channels.interactive import queries
from openics.channels.interactive.access import records, refuse
from openics.channels.interactive.documents import Change, changes, sheet
from openics.channels.interactive.pages.listing import listing
from openics.channels.interactive.withdrawal import FINAL, can_be_withdrawn
from openics.channels.interactive.words import DECLARATION_STATUSES
from openics.decision.conditions import Condition, next_actions
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information import disclosures
from openics.information.interest import Viewer
from openics.messages.registry import by_name

DECLARATION = "EDN"
MESSAGE = by_name("EXD")


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version, and what it changed in the one before it."""

    version: ExportDeclarationVersion
    changes: list[Change]


@require_safe
@records
def declaration_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The export declarations that the viewer may see."""
    search = request.GET.get("search", "").replace("\0", "").strip()
    status = request.GET.get("status", "")
    marks = {mark: request.GET.get(mark, "") for mark in ("before", "after")}
    found = queries.declarations(viewer, search, status, **marks)
    context = {"search": search, "status": status, "statuses": DECLARATION_STATUSES}
    return listing(request, viewer, "declarations", found, context)


@require_safe
@records
def declaration_page(request: HttpRequest, viewer: Viewer, edn: str) -> HttpResponse:
    """Status, why, who acts next, what to do now, timeline, versions, lines, messages."""
    if edn != edn.upper():
        return HttpResponseRedirect(reverse("declaration", args=[edn.upper()]))
    declared = queries.declaration(viewer, edn)
    if declared is None:
        raise refuse(viewer, DECLARATION, edn)
    context = _status(viewer, declared)
    if getattr(request, "htmx", None):
        disclosures.record_refresh(viewer, DECLARATION, edn)
        return render(request, "declarations/_status.html", context)
    disclosures.record(viewer, DECLARATION, edn)
    return render(request, "declarations/case.html", context | _history(viewer, declared))


def _status(viewer: Viewer, declared: ExportDeclaration) -> dict[str, Any]:
    conditions = tuple(Condition.from_json(each) for each in declared.conditions)
    return {
        "declaration": declared,
        "conditions": conditions,
        "next_actions": next_actions(conditions),
        "withdrawable": can_be_withdrawn(viewer, declared),
        "closed": declared.status in FINAL,
    }


def _history(viewer: Viewer, declared: ExportDeclaration) -> dict[str, Any]:
    versions = queries.versions(declared)
    older = [*versions[1:], None][: len(versions)]
    return {
        "document": sheet(declared.document, MESSAGE),
        "timeline": queries.timeline(viewer, declared),
        "versions": [
            ShownVersion(each, changes(before.document, each.document, MESSAGE) if before else [])
            for each, before in zip(versions, older, strict=True)
        ],
        "related": list(queries.messages_about(viewer, declared)[: queries.MOST_RELATED]),
    }
