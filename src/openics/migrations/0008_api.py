"""Programs that use the API, their secrets and tokens, idempotency keys, and counts of requests."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("openics", "0007_client_register")]

    operations = [
        migrations.CreateModel(
            "Program",
            [
                KEY,
                ("identifier", models.CharField(max_length=24, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("scopes", django.contrib.postgres.fields.ArrayField(models.CharField(max_length=32))),
                ("made_at", models.DateTimeField(db_default=Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey("openics.client", django.db.models.deletion.PROTECT, related_name="programs"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        django.db.models.deletion.PROTECT,
                        blank=True,
                        null=True,
                        related_name="+",
                    ),
                ),
            ],
            {"db_table": "api_program"},
        ),
        migrations.CreateModel(
            "ProgramSecret",
            [
                KEY,
                ("digest", models.BinaryField(unique=True)),
                ("hint", models.CharField(max_length=4)),
                ("made_at", models.DateTimeField(db_default=Now())),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "program",
                    models.ForeignKey("openics.program", django.db.models.deletion.PROTECT, related_name="secrets"),
                ),
            ],
            {"db_table": "api_secret"},
        ),
        migrations.CreateModel(
            "AccessToken",
            [
                KEY,
                ("digest", models.BinaryField(unique=True)),
                ("scopes", django.contrib.postgres.fields.ArrayField(models.CharField(max_length=32))),
                ("issued_at", models.DateTimeField(db_default=Now())),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "secret",
                    models.ForeignKey("openics.programsecret", django.db.models.deletion.CASCADE, related_name="tokens"),
                ),
            ],
            {"db_table": "api_token"},
        ),
        migrations.CreateModel(
            "IdempotencyKey",
            [
                KEY,
                ("caller", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=255)),
                ("request", models.BinaryField()),
                ("made_at", models.DateTimeField(db_default=Now(), db_index=True)),
                (
                    "intake",
                    models.ForeignKey(
                        "openics.intake", django.db.models.deletion.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
            ],
            {
                "db_table": "api_idempotency_key",
                "constraints": [models.UniqueConstraint(fields=["caller", "key"], name="api_idempotency_key_once")],
            },
        ),
        migrations.CreateModel(
            "RequestCount",
            [
                ("caller", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("requests", models.IntegerField()),
            ],
            {"db_table": "api_request_count"},
        ),
    ]
