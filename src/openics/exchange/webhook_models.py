"""Tables of webhooks: where programs are told of events, and what was delivered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from openics.exchange.models import Event


class Webhook(models.Model):
    """Where a client's programs are told of events."""

    class State(models.TextChoices):
        """Whether it is told."""

        ACTIVE = "active", "told of events"
        PAUSED = "paused", "paused"
        ENDED = "ended", "ended"

    client = models.ForeignKey("openics.Client", models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=500)
    codes = ArrayField(models.CharField(max_length=64), default=list)
    """Beginnings of event codes, such as `export_declaration`; empty: every event."""
    state = models.CharField(max_length=6, choices=State.choices, default=State.ACTIVE)
    reason = models.CharField(max_length=300, blank=True)
    """Why it is paused."""
    generation = models.IntegerField(default=1)
    """Which secret it has; the one before counts as well until `renewed_at` and a day."""
    renewed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    failing_since = models.DateTimeField(null=True, blank=True)
    """Since when nothing was taken; null while the last delivery was."""

    class Meta:
        app_label = "openics"
        db_table = "webhook"

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class WebhookDelivery(models.Model):
    """One event on its way to one webhook; those of one subject go one after the other."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "waits"
        TAKEN = "taken", "taken"

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=96)
    """Kind and key of the event's subject: deliveries of one subject keep their order."""
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    status = models.IntegerField(null=True, blank=True)
    """HTTP status of the last attempt; 0 when there was no answer."""
    answer = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "webhook_delivery"
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="webhook_delivery_once")]
        indexes = [
            models.Index(
                fields=["webhook", "subject", "event"],
                condition=models.Q(state="waiting"),
                name="webhook_delivery_waiting",
            ),
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="webhook_delivery_due"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
