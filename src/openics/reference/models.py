"""Reference data: code lists whose entries have a valid period and a recorded time."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform
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
        indexes = [
            models.Index(fields=["code_list", "code", "valid_from"], name="reference_item_lookup"),
            GinIndex(KeyTransform("aliases", "data"), name="reference_item_aliases"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code_list", "code", "valid_from"],
                condition=models.Q(superseded_at=None),
                name="reference_item_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_list} {self.code}"


class ReferenceLoad(models.Model):
    """One load of one set: which file, what it changed, who did it. Rows are only added."""

    code_list = models.CharField(max_length=12)
    file_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    """sample, main or change."""
    stamp = models.DateTimeField()
    """When the file was made, as its name says."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    entries = models.IntegerField()
    """Periods in the set after the load."""
    added = models.IntegerField()
    superseded = models.IntegerField()
    forced = models.CharField(max_length=300, blank=True, db_default="")
    """Why a guard was overruled."""
    actor = models.CharField(max_length=100, blank=True, db_default="")
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "reference_load"
        indexes = [models.Index(fields=["code_list", "-id"], name="reference_load_last")]

    def __str__(self) -> str:
        return f"{self.code_list} {self.file_name}"
