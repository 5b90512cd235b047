"""What the pages of missing answers read; somebody's messages are read through `information.interest` and no other way."""

from django.db.models import Exists, OuterRef

from openics.channels.interactive.paging import Page, page
from openics.clients.models import Site
from openics.exchange.models import Message
from openics.exchange.retransmission import LOOKED_AT
from openics.information import interest
from openics.information.interest import Viewer


def sites(viewer: Viewer) -> list[str]:
    """The ids of the viewer's own sites; none for officers, who write the id."""
    if viewer.officer:
        return []
    return list(interest.sites(Site.objects.order_by("site_id"), viewer).values_list("site_id", flat=True))


def unanswered(viewer: Viewer, *, before: str = "", after: str = "") -> Page[Message]:
    """A page of the messages that the viewer's sites sent lately and nothing answers, newest first."""
    own = interest.messages(Message.objects.filter(direction="in"), viewer)
    latest = own.order_by("-id").values("id")[:LOOKED_AT]
    answers = Message.objects.filter(answers=OuterRef("pk")).exclude(name="CONTRL")
    rows = Message.objects.filter(id__in=latest).exclude(name="CONTRL").exclude(state=Message.State.INVALID)
    rows = interest.messages(rows.filter(~Exists(answers)), viewer).select_related("interchange")
    return page(rows.defer("interchange__content", "interchange__faults"), ("id",), before=before, after=after)
