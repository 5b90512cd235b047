"""Pauses, defaults and plain text of sites; use, suspension and revocation of their certificates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("openics", "0004_gateway_key_used")]

    operations = [
        migrations.AddField("site", "paused_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("site", "pause_reason", models.CharField(max_length=300, blank=True, db_default="")),
        migrations.AddField("site", "is_default", models.BooleanField(db_default=False)),
        migrations.AddField("site", "plain_text", models.BooleanField(db_default=False)),
        migrations.AddConstraint(
            "site",
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(is_default=True), name="site_default_once_for_a_client"
            ),
        ),
        migrations.AddField(
            "sitecertificate",
            "use",
            models.CharField(
                max_length=10,
                db_default="both",
                choices=[("both", "signing and encryption"), ("signing", "signing"), ("encryption", "encryption")],
            ),
        ),
        migrations.AddField("sitecertificate", "suspended_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("sitecertificate", "resumed_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("sitecertificate", "revoked_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("sitecertificate", "reason", models.CharField(max_length=300, blank=True, db_default="")),
    ]
