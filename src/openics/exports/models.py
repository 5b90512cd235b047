"""Tables of exports: declarations and their versions."""

from django.db import models
from django.db.models.functions import Now


class ExportDeclaration(models.Model):
    """An export declaration as it stands now; its history is in the versions."""

    edn = models.CharField(max_length=9, primary_key=True)
    owner = models.CharField(max_length=11)
    """Client id (ABN or CCID) of the reporting party."""
    goods_owner = models.CharField(max_length=11, blank=True)
    site = models.CharField(max_length=7)
    """The EDI site that sent the latest version; unsolicited answers go there."""
    channel = models.CharField(max_length=8)
    sender_reference = models.CharField(max_length=35)
    version = models.IntegerField()
    """The latest version stored."""
    amendments = models.IntegerField(default=0)
    """How many versions followed the original."""
    status = models.CharField(max_length=16)
    conditions = models.JSONField(default=list)
    document = models.JSONField()
    """The full document in force, in the JSON form of the EXD message."""
    intended_export_date = models.DateField(null=True, blank=True)
    lodged_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "export_declaration"
        indexes = [
            models.Index(fields=["-lodged_at", "-edn"], name="export_declaration_newest"),
            models.Index(fields=["owner", "-lodged_at", "-edn"], name="export_declaration_by_owner"),
            models.Index(fields=["goods_owner", "-lodged_at", "-edn"], name="export_declaration_by_goods"),
            models.Index(fields=["status", "-lodged_at", "-edn"], name="export_declaration_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "sender_reference"], name="export_declaration_sender_reference")
        ]

    def __str__(self) -> str:
        return self.edn


class ExportDeclarationVersion(models.Model):
    """One accepted version: what was sent and what became of it. Never changed."""

    declaration = models.ForeignKey(ExportDeclaration, models.PROTECT, related_name="versions")
    version = models.IntegerField()
    function = models.CharField(max_length=2)
    message = models.BigIntegerField()
    """The message's row in the exchange log."""
    document = models.JSONField()
    status = models.CharField(max_length=16)
    findings = models.JSONField(default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "export_declaration_version"
        constraints = [
            models.UniqueConstraint(fields=["declaration", "version"], name="export_declaration_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} version {self.version}"
