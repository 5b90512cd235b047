"""Reference data: code lists whose entries have a valid period and a recorded time."""

from django.db import models
from django.db.models.functions import Now


class ReferenceItem(models.Model):
    """One code of one list for one period. Rows are never changed: a newer row supersedes an older one."""

    code_list = models.CharField(max_length=12)
    """AHECC, PORT, COUNTRY, CURRENCY, ESTABMNT, PERMIT, ..."""
    code = models.CharField(max_length=35)
    name = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "reference_item"
        indexes = [models.Index(fields=["code_list", "code", "valid_from"], name="reference_item_lookup")]
        constraints = [
            models.UniqueConstraint(
                fields=["code_list", "code", "valid_from"],
                condition=models.Q(superseded_at=None),
                name="reference_item_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_list} {self.code}"
