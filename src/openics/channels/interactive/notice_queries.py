"""What the pages read of notices; somebody's notices are read through `information.interest` and no other way."""

from datetime import datetime

from django.db.models import Q, QuerySet

from openics.channels.interactive.paging import Page, page
from openics.exchange.models import Notice
from openics.information import interest
from openics.information.interest import Viewer

MOST_OPEN = 3
"""Notices that need an action and are named on every page."""


def notices(viewer: Viewer, only: str, *, before: str = "", after: str = "") -> Page[Notice]:
    """A page of the viewer's notices, the latest first; with `only` `open`, those that need an action."""
    rows = interest.notices(Notice.objects.all(), viewer).select_related("outbox_item")
    return page(
        rows.filter(settled_at=None, needs_action=True) if only == "open" else rows, ("pk",), before=before, after=after
    )


def notice(viewer: Viewer, number: int) -> Notice | None:
    """One notice, or None when there is none that the viewer may see."""
    return interest.notices(Notice.objects.all(), viewer).select_related("outbox_item").filter(pk=number).first()


def still_open(owner: str, now: datetime) -> list[Notice]:
    """The notices on which a client's people still have to act, those that must be done first coming first."""
    rows: QuerySet[Notice] = Notice.objects.filter(owner=owner, needs_action=True, settled_at=None)
    return list(rows.filter(Q(act_until=None) | Q(act_until__gt=now)).order_by("at", "pk")[: MOST_OPEN + 1])
