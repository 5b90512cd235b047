"""What the pages of the client register read, through `information.client_interest` and no other way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from django.db.models import Q, QuerySet

from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.paging import Page, page
from openics.clients import register_store
from openics.clients.codes import EntryKind
from openics.clients.models import Client, Site
from openics.clients.register_models import ClientEntry
from openics.clients.register_record import Difference, differences
from openics.clients.register_store import Stored, Version
from openics.clients.similarity import name_key
from openics.information import client_interest
from openics.information.interest import Viewer

FOUND_BY: Final = [kind.value for kind in EntryKind if kind not in {EntryKind.ROLE, EntryKind.CENTRE}]
"""Entries whose code leads to a client."""
ONLY: Final = {
    "ACTIVE": "Active",
    "CANCELLED": "Cancelled",
    "MERGED": "Merged into another",
    "NOBODY": "Nobody signs in",
}
"""What the list can be narrowed to."""
LONGEST_SEARCH: Final = 200


def clients(viewer: Viewer, search: str, role: str, only: str, *, before: str = "", after: str = "") -> Page[Client]:
    """A page of the clients that the viewer may see, last registered first; `search` is an id, a name or a code."""
    rows = client_interest.clients(Client.objects.all(), viewer).select_related("merged_into").defer("address_key")
    if search:
        rows = rows.filter(_named(search))
    if role:
        rows = rows.filter(roles__contains=[role])
    return page(_narrowed(rows, only), ("id",), before=before, after=after)


def _named(search: str) -> Q:
    code = "".join(search.upper().split())
    by_code = Q(pk__in=ClientEntry.objects.filter(kind__in=FOUND_BY, code=code).values("client"))
    name = name_key(search)
    return Q(client_id=code) | by_code | (Q(name_key__contains=name) if name else Q())


def _narrowed(rows: QuerySet[Client], only: str) -> QuerySet[Client]:
    if only == "MERGED":
        return rows.exclude(merged_into=None)
    if only == "NOBODY":
        return rows.filter(people=None, merged_into=None)
    return rows.filter(status=only, merged_into=None) if only else rows


def entries(
    viewer: Viewer, kind: str, search: str, on: date | None, *, before: str = "", after: str = ""
) -> Page[ClientEntry]:
    """A page of entries of a kind; `search` is a code or a name, `on` a day on which they hold."""
    rows = client_interest.entries(ClientEntry.objects.filter(kind=kind, client__merged_into=None), viewer)
    if search:
        upper = search.upper()
        named = Q(name__icontains=search) | Q(nominee__icontains=search) | Q(nominee_licence=upper)
        rows = rows.filter(Q(code=upper) | Q(client__client_id=upper) | named)
    if on:
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)
    return page(rows.select_related("client"), ("id",), before=before, after=after)


def client(viewer: Viewer, name: str) -> Client | None:
    """One client, or None when there is none that the viewer may see; a merged id gives the surviving client."""
    rows = client_interest.clients(Client.objects.all(), viewer).select_related("merged_into")
    found = rows.filter(client_id=name.replace("\0", "?")).first()
    return found.merged_into or found if found else None


def stored(found: Client) -> Stored:
    """The record of a client that the viewer has been shown."""
    with raw_connection().cursor() as cursor:
        kept = register_store.load(cursor, found.client_id)
    if kept is None:
        raise LookupError(found.client_id)
    return kept


@dataclass(frozen=True, slots=True)
class Change:
    """A version with what it changed."""

    version: Version
    changed: Sequence[Difference]


def history(found: Client) -> list[Change]:
    """The versions of a client that the viewer has been shown, newest first, each with what was before."""
    with raw_connection().cursor() as cursor:
        known = register_store.versions(cursor, found.client_id)
    first = [Change(known[0], [])] if known else []
    changed = [Change(new, differences(old.record, new.record)) for old, new in pairwise(known)]
    return (first + changed)[::-1]


def sites(found: Client) -> list[Site]:
    """The sites of a client that the viewer has been shown, and of those merged into it."""
    owned = Site.objects.filter(Q(owner=found) | Q(owner__merged_into=found))
    return list(owned.select_related("owner").order_by("site_id")[:100])


def merged(found: Client) -> list[Client]:
    """The clients that were merged into one that the viewer has been shown."""
    return list(found.merged_from.order_by("client_id")[:100])
