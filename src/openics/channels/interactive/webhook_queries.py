"""What the pages of webhooks read."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from openics.channels.interactive.database import raw_connection
from openics.exchange.models import Event
from openics.exchange.webhook_care import WEBHOOK
from openics.exchange.webhook_models import Webhook, WebhookDelivery
from openics.exchange.webhooks import health
from openics.information import interest
from openics.information.interest import Viewer
from openics.pki.webhook_signature import derived

MOST_DELIVERIES = 50
MOST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A webhook and how it does: what waits, since when, what was taken."""

    row: Webhook
    health: dict[str, Any]


def webhooks(viewer: Viewer) -> list[Shown]:
    """The webhooks that the viewer may see, those that ended apart."""
    rows = list(_seen(viewer).exclude(state="ended").select_related("client").order_by("id"))
    with raw_connection().cursor() as cursor:
        found = health(cursor, [row.pk for row in rows], timezone.now())
    return [Shown(row, found[row.pk]) for row in rows]


def webhook(viewer: Viewer, number: int) -> Shown | None:
    """One of them; None when there is none, or not for the viewer."""
    row = _seen(viewer).filter(pk=number).exclude(state="ended").select_related("client").first()
    if row is None:
        return None
    with raw_connection().cursor() as cursor:
        return Shown(row, health(cursor, [row.pk], timezone.now())[row.pk])


def deliveries(row: Webhook) -> list[WebhookDelivery]:
    """Its last deliveries, the newest events first."""
    return list(row.deliveries.select_related("event").order_by("-event_id")[:MOST_DELIVERIES])


def history(row: Webhook) -> list[Event]:
    """What was changed, the newest first."""
    return list(Event.objects.filter(subject_kind=WEBHOOK, subject_key=str(row.pk)).order_by("-id")[:MOST_HISTORY])


def secret(row: Webhook) -> str:
    """The secret with which its deliveries are signed."""
    return derived(settings.SECRET_KEY.encode(), row.pk, row.generation)


def _seen(viewer: Viewer) -> Any:
    return interest.webhooks(Webhook.objects.all(), viewer)
