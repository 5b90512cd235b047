"""Tables of continuity: planned outages."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PlannedOutage(models.Model):
    """An outage that is known before: when, of what, and why. What was changed of it stands in its events."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    concerns = ArrayField(models.CharField(max_length=12))
    """What does not answer: `gateway`, `web`, `api`, or `everything`."""
    words = models.CharField(max_length=500)
    """What is done, and what it means for traders."""
    notice_days = ArrayField(models.SmallIntegerField())
    """How many days before its start the sites are written to."""
    announced_at = models.DateTimeField()
    sequence = models.IntegerField(db_default=0)
    """How often it was changed."""
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        app_label = "openics"
        db_table = "planned_outage"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="planned_outage_ends_after_its_start"
            )
        ]
        indexes = [models.Index(fields=["ends_at"], condition=models.Q(cancelled_at=None), name="planned_outage_ends")]

    def __str__(self) -> str:
        return f"outage {self.pk}"
