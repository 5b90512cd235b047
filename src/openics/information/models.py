"""Who looked at what: the disclosure log."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Disclosure(models.Model):
    """One look, allowed or refused, at somebody's record."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    """Who looked; null where a program did, which the actor names."""
    actor = models.CharField(max_length=254, blank=True, db_default="")
    """Address of the person or name of the program; empty on rows from before it was kept."""
    subject_kind = models.CharField(max_length=24)
    subject_key = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200, blank=True)
    allowed = models.BooleanField()
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        app_label = "openics"
        db_table = "disclosure"
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"], name="disclosure_subject"),
            models.Index(fields=["actor", "-at"], name="disclosure_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key}"
